"""Account ids as people paste them: taken apart as typed, counted, and tidied when asked to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from distui.core.reference.accounts import is_account_id
from distui.core.text.characters import describe_odd_character, strip_invisible
from distui.core.text.tabular import is_heading, split_items

_DASHES = "\u2010-\u2015\u2212-"  # as word processors set them, and the plain one
_FOURS = re.compile(
    rf"(?<![0-9{_DASHES}])([0-9]{{4}})[\s{_DASHES}]([0-9]{{4}})[\s{_DASHES}]([0-9]{{4}})"
    rf"(?![0-9{_DASHES}])"
)
_SPACED = re.compile(r"[0-9]{4}\s[0-9]{4}\s[0-9]{4}")
_SHORT = re.compile(r"[0-9]{9,11}", re.ASCII)
_RULE = " \t|:+=_-"  # what stands below a table's heading
_ROUNDED = re.compile(r"[0-9][.,][0-9]+E\+?[0-9]{1,2}", re.ASCII | re.IGNORECASE)


def split_ids(text: str) -> list[str]:
    """The ids in a pasted text, each as it was typed, with whatever separators between them.

    A line that isn't ids alone, as one of a table or ``1234 5678 9012``, stays one item, so that
    nothing of it is lost before somebody tidies up.
    """
    found: list[str] = []
    for line in text.splitlines():
        parts = split_items(line)
        if len(parts) > 1 and _is_whole(line, parts):
            found.append(line.strip())
        else:
            found += parts
    return found


def looks_like_account_id(text: str) -> bool:
    """Whether the text was probably meant as an account id, right or not."""
    digits = sum(map(str.isdigit, text))
    return (digits >= 9 and len(text) - digits <= 3) or bool(_ROUNDED.fullmatch(text))


def clean_ids(items: Sequence[str], *, zeros: bool = False) -> list[str]:
    """The ids without dashes, headings and what else stood in their lines, each once, in order.

    Leading zeros stay; with ``zeros`` those are put back that a spreadsheet took from ids of 9 to
    11 digits. What can't be tidied stays as it was typed.
    """
    rows = [item for item in items if item.strip(_RULE) or len(item) < 2] or items
    once = dict.fromkeys(rows[1:] if len(rows) > 1 and is_heading(rows[0]) else rows)
    return list(dict.fromkeys(id for item in once for id in _mended(item, zeros)))


@dataclass(frozen=True, slots=True)
class IdSummary:
    """What a list of account ids comes to.

    ``total`` and ``distinct`` count the ids, right or not, and leave out the ``strangers``: items
    that nobody can have meant as one. ``duplicates`` are the ids that stand there more than once,
    however they are written; ``malformed`` the items that are no account id, each with the reason
    in words; ``restorable`` the ids of 9 to 11 digits, which would be right with leading zeros.
    """

    total: int
    distinct: int
    duplicates: list[str]
    malformed: list[tuple[str, str]]
    restorable: list[str]
    strangers: list[str]


def summarize_ids(items: Sequence[str]) -> IdSummary:
    """Count the items, each taken as an account id."""
    counted: Counter[str] = Counter()
    faults = {}
    for item, count in Counter(items).items():
        faults[item] = describe_problem(item)
        if not _is_stranger(item):
            counted.update(dict.fromkeys(_mended(item, zeros=False), count))
    return IdSummary(
        total=counted.total(),
        distinct=len(counted),
        duplicates=[id for id, count in counted.items() if count > 1],
        malformed=[(item, faults[item]) for item in items if faults[item]],
        restorable=[id for id in counted if _SHORT.fullmatch(id)],
        strangers=[item for item in items if _is_stranger(item)],
    )


def describe_problem(item: str) -> str:
    """Why the item is no account id, in words that follow it; ``""`` for one that is."""
    if is_account_id(item):
        return ""
    if item.isascii() and item.isdigit():
        return f"has {len(item)} digit{'' if len(item) == 1 else 's'}"
    if _ROUNDED.fullmatch(item):
        return "was rounded by a spreadsheet: its last digits are lost"
    if _FOURS.fullmatch(item):
        return "is written with dashes or spaces"
    if _mended(item, zeros=True) != [item]:
        return describe_odd_character(item) or "has other text beside it"
    return describe_odd_character(item) or "is no account id"


def _is_stranger(item: str) -> bool:
    digits = item.isascii() and item.isdigit()
    return (
        not digits
        and not looks_like_account_id(strip_invisible(item))
        and _mended(item, zeros=True) == [item]
    )


def _mended(item: str, zeros: bool) -> list[str]:
    """The ids that the item stands for, or the item as it is."""
    if is_account_id(item):
        return [item]
    parts = [strip_invisible(piece) for piece in split_items(_joined(item))]
    meant = [part for part in parts if looks_like_account_id(part)]
    if len(meant) == 1 or (meant and len(meant) == len(parts)):
        ids = [part.zfill(12) if zeros and _SHORT.fullmatch(part) else part for part in meant]
        if all(is_account_id(id) or (not zeros and _SHORT.fullmatch(id)) for id in ids):
            return ids
    return [item]


def _joined(text: str) -> str:
    """The text with ids in groups of four written in one."""
    return _FOURS.sub(r"\1\2\3", text)


def _is_whole(line: str, parts: list[str]) -> bool:
    """Whether the line's parts belong together: groups of four, or one id among other words."""
    if _SPACED.search(line):
        return True
    meant = [
        part for part in parts if looks_like_account_id(part) or (part.isdigit() and len(part) > 4)
    ]
    if not meant:
        return not any(map(str.isdigit, parts))
    return len(meant) == 1 and looks_like_account_id(meant[0])
