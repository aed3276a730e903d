"""``lint --fix``: the fixes of errors, written into the files."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from distui.cli.files import STANDARD_INPUT
from distui.core import Finding, Severity
from distui.core.document.parse_error import ParseError
from distui.core.document.strict_json import decode
from distui.core.findings import Patch
from distui.core.formats.reader import read_all
from distui.core.formats.readers.api_json import frame_of
from distui.core.formats.reading import Reading
from distui.core.formats.syntax.json_editing import CannotEdit, edited

Check = Callable[[Reading], list[Finding]]
_MAX_ROUNDS = 100  # fixes of one file


@dataclass(frozen=True, slots=True)
class Fixed:
    """The text after the fixes, and a sentence for each and for those that aren't possible."""

    text: str
    notices: tuple[str, ...]


def fix(file: str, content: bytes, check: Check) -> Fixed:
    """Return the content with the only fix of each error applied; layout stays as it is.

    Only JSON of requests and responses is edited. Raises ``ParseError``.
    """
    text, notices = decode(content), list[str]()
    failed: set[tuple[str, str]] = set()
    for _ in range(_MAX_ROUNDS):
        readings = read_all(text, any_text=True)
        found = [one for one in check(readings[0]) if _is_fixable(one)]
        left = [one for one in found if (one.rule, one.pointer) not in failed]
        if not left:
            break
        first = left[0]
        changed = _apply(file, text, readings, first, check)
        if changed is None:
            failed.add((first.rule, first.pointer))
            notices.append(f"Can't fix {first.rule} at {first.pointer} in this file.")
        else:
            text = changed
            notices.append(f"Fixed {first.rule} at {first.pointer}.")
    return Fixed(text, tuple(notices))


def _is_fixable(found: Finding) -> bool:
    return found.severity is Severity.ERROR and len(found.fixes) == 1


def _apply(
    file: str, text: str, readings: list[Reading], found: Finding, check: Check
) -> str | None:
    """Return the text after a fix, None if it can't be edited or the finding stays."""
    is_request = readings[0].kind in ("api", "get") and readings[0].places()
    if file == STANDARD_INPUT or not is_request:
        return None
    frame = frame_of(json.loads(text))
    try:
        changed = edited(text, _placed(found.fix, *frame)) if frame else text
        after = check(read_all(changed, any_text=True)[0])
    except (CannotEdit, ParseError):
        return None
    is_left = any((one.rule, one.pointer) == (found.rule, found.pointer) for one in after)
    return None if is_left else changed


def _placed(patch: Patch, start: str, prefix: str) -> list[dict[str, Any]]:
    """Return the patch with its pointers as the text has them, which can have a frame."""
    return [
        {
            key: start + item.removeprefix(prefix) if key in ("path", "from") else item
            for key, item in step.items()
        }
        for step in patch
    ]
