"""The public cases: inputs as people have them, each with what should come of it.

A folder below ``cases/`` has inputs and an ``expected.json``. Its members speak of all inputs, or
with a suffix of the one of that name: ``findings_slash`` of ``slash.json``. ``document`` is what an
import makes of it, after the fixes of misspelled members if ``findings`` has some; ``errors`` are
all errors, ``findings`` some of the findings. ``peers/`` has documents of other projects, and an
index that says what each of them is.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class PublicCase:
    """An input, and what is expected of it."""

    id: str
    path: Path
    expected: dict[str, Any]

    def __str__(self) -> str:
        return self.id

    @property
    def format(self) -> str:
        """Return the format of the input, "" if nothing is expected of it."""
        return str(self.expected.get("format", ""))


def public_cases() -> list[PublicCase]:
    """Return a case for each input."""
    return [
        PublicCase(f"{folder.name}/{path.name}", path, _of_file(expected, path))
        for folder in sorted(CASES.glob("[0-9]*"))
        for expected in [json.loads((folder / "expected.json").read_text(encoding="utf-8"))]
        for path in sorted(folder.iterdir())
        if path.name != "expected.json"
    ]


def _of_file(expected: dict[str, Any], path: Path) -> dict[str, Any]:
    suffix = f"_{path.stem.replace('-', '_')}"
    own = {
        name.removesuffix(suffix): value
        for name, value in expected.items()
        if name.endswith(suffix)
    }
    general = {"kind", "format"} if own else {*expected}
    return {name: expected[name] for name in general if name in expected} | own
