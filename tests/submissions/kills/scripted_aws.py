"""An AWS account whose next answers a test has planned."""

from __future__ import annotations

import threading
from typing import Any

from tests.submissions.kills.fake_aws import FakeAws


class ScriptedAws(FakeAws):
    """The account. ``script`` has a step for each of the next Creates; the others are carried out.

    A step is ``act`` or nothing, then what happens to the answer: ``hang``, ``drop`` or ``cut``,
    as in ``act, cut``; or an error, such as ``400 ClientException``. One that hangs sets
    ``hanging`` and is answered after ``answer``. A ``forgetful`` account knows no token.
    """

    def __init__(self) -> None:
        super().__init__(0, faults=0)
        self.script: list[str] = []
        self.forgetful = False
        self.hanging, self.answer = threading.Event(), threading.Event()

    def create(self, body: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """Carry out a Create as the script says."""
        with self._lock:
            self.sends += 1
            step = self.script.pop(0) if self.script else "act"
            if step[:1].isdigit():
                return "", {"error": step}
            answer = self._carry_out(body) if step.startswith("act") else {}
        fault = step.removeprefix("act").removeprefix(", ")
        if fault != "hang":
            return fault, answer
        self.hanging.set()
        self.answer.wait(60)
        return "" if answer else "drop", answer

    def _remembers(self, token: str, used_at: float) -> bool:
        return not self.forgetful
