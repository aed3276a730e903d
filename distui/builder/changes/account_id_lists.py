"""Changes to whole lists: clean up account IDs, insert a named group; and summaries of lists."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from distui.builder.forms.element_ids import element_id
from distui.builder.state.draft_state import DraftState
from distui.builder.state.errors import InvalidPointer, WrongKind
from distui.core.findings import Severity
from distui.core.pointers import resolve, value_at
from distui.core.text import account_ids
from distui.core.text.account_ids import clean_ids
from distui.core.text.pluralize import pluralize

VERBS = ("tidy", "zeros", "insert")
REGIONS = "/distributions"
_LABELS = {"targetAccountIds": "target accounts", "userIds": "launch permission accounts"}
_ACCOUNT_LIST = re.compile(
    r"(/distributions/(?:0|[1-9][0-9]{0,17})/amiDistributionConfiguration"
    r"(?:/launchPermission(?=/userIds)|(?=/targetAccountIds)))/(targetAccountIds|userIds)",
    re.ASCII,
)


class NamedList(Protocol):
    """A named list of account IDs or Regions: ``kind`` is ``accounts`` or ``regions``."""

    @property
    def name(self) -> str:
        """Return the name that its owner gave it."""

    @property
    def kind(self) -> str:
        """Return the kind of its items."""

    @property
    def noun(self) -> str:
        """Return the word for its items."""

    @property
    def items(self) -> list[str]:
        """Return its items."""


class ListChange(NamedTuple):
    """The state after a change, the HTML id that should get the focus, and a message.

    The message is a warning if it names something that a person has to look at.
    """

    state: DraftState
    focus: str
    message: str
    severity: Severity = Severity.INFO


@dataclass(frozen=True, slots=True)
class AccountListSummary:
    """The line below a list of account IDs: what is in it, and what its buttons can do.

    ``label`` names the list in the accessible names of the buttons.
    """

    pointer: str
    label: str
    items: list[str]

    @property
    def text(self) -> str:
        """Return what is in the list."""
        return account_ids.describe(self.items)

    @property
    def can_clean_up(self) -> bool:
        """Return True if cleaning up changes the list."""
        return clean_ids(self.items) != self.items

    @property
    def can_restore_zeros(self) -> bool:
        """Return True if IDs would be valid with leading zeros."""
        return bool(account_ids.summarize_ids(self.items).restorable)

    @property
    def id(self) -> str:
        """Return the line's HTML id."""
        return f"{element_id(self.pointer)}_summary"


def summary_at(pointer: str, value: Any) -> AccountListSummary | None:
    """Return the summary of the account list at the pointer; None for any other pointer."""
    found = _ACCOUNT_LIST.fullmatch(pointer)
    if not found:
        return None
    items = list(map(str, value)) if isinstance(value, list) else []
    return AccountListSummary(pointer, _LABELS[found[2]], items)


def summaries_in(state: DraftState, index: int) -> list[AccountListSummary]:
    """Return the summaries of the account lists that the Region's form shows."""
    pointer = f"/distributions/{index}/amiDistributionConfiguration"
    return [
        summary
        for place, name in (
            (pointer, "targetAccountIds"),
            (f"{pointer}/launchPermission", "userIds"),
        )
        if isinstance(parent := value_at(state, place, None), dict)
        and (summary := summary_at(f"{place}/{name}", parent.get(name)))
    ]


def clean_up(state: DraftState, pointer: str, *, zeros: bool = False) -> ListChange:
    """Clean up the account list at the pointer; with ``zeros``, also restore leading zeros.

    Restoring zeros is a guess that only a person may make: an ID of 11 digits may have lost any
    digit. The given state does not change. Raises ``InvalidPointer``.
    """
    edited = copy.deepcopy(state)
    container, name = _find_list(edited, pointer)
    before = _texts(container.get(name, []))
    after = clean_ids(before, zeros=zeros)
    if after:
        container[name] = after
    return ListChange(edited, element_id(pointer), _clean_up_message(before, after, zeros=zeros))


def _clean_up_message(before: list[str], after: list[str], *, zeros: bool) -> str:
    if before == after:
        return "Nothing to clean up."
    old, new = account_ids.summarize_ids(before), account_ids.summarize_ids(after)
    sentences = [f"Cleaned up: {pluralize(len(after) - len(new.malformed), 'account')}."]
    if old.duplicates:
        sentences.append(f"Removed {pluralize(len(old.duplicates), 'duplicate')}.")
    if zeros and old.restorable:
        examples = _zero_filled_examples(old.restorable)
        sentences.append(f"Restored zeros in {len(old.restorable):,} (check: {examples}).")
    if count := len(new.malformed):
        verb, noun = ("isn't", "an account ID") if count == 1 else ("aren't", "account IDs")
        sentences.append(f"{pluralize(count, 'entry', 'entries')} still {verb} {noun}.")
    return " ".join(sentences)


def _zero_filled_examples(short_ids: list[str]) -> str:
    ids = [id.zfill(12) for id in short_ids]
    return ", ".join(ids[:3]) + (f" and {len(ids) - 3:,} more" if len(ids) > 3 else "")


def insert_group(state: DraftState, pointer: str, group: NamedList) -> ListChange:
    """Append the members of the group that are missing: to an account list, or to the Regions.

    A new Region is blank. The given state does not change. Raises ``InvalidPointer`` or
    ``WrongKind``.
    """
    edited = copy.deepcopy(state)
    if pointer == REGIONS:
        _check_kind(group, "regions")
        return _insert_regions(edited, group)
    container, name = _find_list(edited, pointer)
    _check_kind(group, "accounts")
    items = _texts(container.get(name, []))
    new = _missing(group.items, clean_ids(items, zeros=False))
    container[name] = [*items, *new]
    return ListChange(edited, element_id(pointer), _insert_message(group, len(new)))


def _insert_regions(edited: DraftState, group: NamedList) -> ListChange:
    items = edited.setdefault("distributions", [])
    new = _missing(group.items, [str(item.get("region", "")).strip().lower() for item in items])
    focus = f"distributions-{len(items)}" if new else "distributions"
    items += [{"region": region} for region in new]
    return ListChange(edited, focus, _insert_message(group, len(new)))


def _texts(value: Any) -> list[str]:
    """Return the items of the list as texts; a value of another type is its only item."""
    return [*map(str, value)] if isinstance(value, list) else [str(value)]


def _missing(members: Sequence[str], existing: Sequence[str]) -> list[str]:
    known = set(existing)
    return [member for member in members if member not in known]


def _insert_message(group: NamedList, added: int) -> str:
    existing = len(group.items) - added
    if not added:
        return f"{group.name}: {pluralize(existing, group.noun)} already in the list."
    rest = f" ({existing:,} already in the list)" if existing else ""
    return f"Added {pluralize(added, group.noun)} from {group.name}{rest}."


def _find_list(state: DraftState, pointer: str) -> tuple[dict[str, Any], str]:
    """Return the structure that may have the account list at the pointer, and the list's name."""
    found = _ACCOUNT_LIST.fullmatch(pointer)
    try:
        container = resolve(state, found[1]) if found else None
    except LookupError:
        container = None
    if not found or not isinstance(container, dict):
        raise InvalidPointer(pointer)
    return container, found[2]


def _check_kind(group: NamedList, kind: str) -> None:
    if group.kind != kind:
        raise WrongKind(group.name)
