"""Changes to lists as wholes: account ids tidied up, groups inserted, and what a list comes to."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from distui.builder.changes.edits import InvalidPointer
from distui.builder.forms.element_ids import ANY, element_id
from distui.builder.state.draft_state import DraftState
from distui.core.pointers import resolve
from distui.core.text import account_ids
from distui.core.text.account_ids import clean_ids
from distui.core.text.pluralize import pluralize

VERBS = ("tidy", "zeros", "insert")
REGIONS = "/distributions"
_ABOUT = {"targetAccountIds": "accounts to copy to", "userIds": "accounts that may launch"}
_ACCOUNTS = re.compile(
    rf"(/distributions/(?:0|[1-9][0-9]{{0,4}}|{ANY})/amiDistributionConfiguration"
    r"(?:/launchPermission(?=/userIds)|(?=/targetAccountIds)))/(targetAccountIds|userIds)",
    re.ASCII,
)


class NamedList(Protocol):
    """A named list of account IDs or Regions: ``kind`` is ``accounts`` or ``regions``."""

    @property
    def name(self) -> str: ...

    @property
    def kind(self) -> str: ...

    @property
    def noun(self) -> str: ...

    @property
    def items(self) -> list[str]: ...


class WrongKind(InvalidPointer):
    """The list holds accounts where Regions are needed, or the other way round."""

    said = "That group holds something else. Nothing was inserted."


class ListChange(NamedTuple):
    """The state after a change, the HTML id where a person goes on, and what was done, in words."""

    state: DraftState
    focus: str
    said: str


@dataclass(frozen=True, slots=True)
class AccountListSummary:
    """What the line below a list of account ids says, and what can be done about it.

    An ``untidy`` list can be tidied up; to ``short`` ids leading zeros can be put back.
    """

    pointer: str
    about: str
    text: str
    untidy: bool
    short: bool

    @property
    def id(self) -> str:
        """The line's HTML id, the same as long as its control is there."""
        return f"{element_id(self.pointer)}_tally"


def summary_at(pointer: str, value: Any) -> AccountListSummary | None:
    """The line for the list of accounts at the pointer; None for any other place."""
    place = _ACCOUNTS.fullmatch(pointer)
    if not place:
        return None
    items = list(map(str, value)) if isinstance(value, list) else []
    untidy, short = clean_ids(items) != items, bool(account_ids.summarize_ids(items).restorable)
    return AccountListSummary(pointer, _ABOUT[place[2]], account_ids.describe(items), untidy, short)


def summaries_in(state: DraftState, index: int | None) -> list[AccountListSummary]:
    """The lines of that Region's lists, whether its controls are on the page or not."""
    items = state.get("distributions", [])
    if index is None or index >= len(items):
        return []
    ami = items[index].get("amiDistributionConfiguration", {})
    place = f"/distributions/{index}/amiDistributionConfiguration"
    lines = [
        summary_at(f"{place}/targetAccountIds", ami.get("targetAccountIds")),
        summary_at(
            f"{place}/launchPermission/userIds", ami.get("launchPermission", {}).get("userIds")
        ),
    ]
    return [line for line in lines if line]


def clean_up(state: DraftState, place: str, *, zeros: bool = False) -> ListChange:
    """Tidy up the list of accounts there, with ``zeros`` putting lost leading ones back too.

    That is a guess, which nobody but a person may make: an id of 11 digits may have lost any digit.
    The given state stays. Raises ``InvalidPointer``.
    """
    edited = copy.deepcopy(state)
    container, name = _accounts(edited, place)
    before: list[str] = container.get(name, [])
    after = clean_ids(before, zeros=zeros)
    if after:
        container[name] = after
    return ListChange(edited, element_id(place), _tidied(before, after, zeros=zeros))


def _tidied(before: list[str], after: list[str], *, zeros: bool) -> str:
    if before == after:
        return "There is nothing to tidy up."
    was, now = account_ids.summarize_ids(before), account_ids.summarize_ids(after)
    said = [f"Tidied up: {pluralize(now.total, 'account')}."]
    if count := len(was.duplicates):
        said.append(f"{count:,} listed twice {_is(count)} there once now.")
    if zeros and was.restorable:
        said.append(f"Check what got leading zeros back: {_named(was.restorable)}.")
    if count := len(now.malformed):
        said.append(f"{count:,} {_is(count)} still no account id{'' if count == 1 else 's'}.")
    return " ".join(said)


def _named(short: list[str]) -> str:
    """The first of the ids with their leading zeros, and how many more there are."""
    ids = [id.zfill(12) for id in short]
    return ", ".join(ids[:3]) + (f" and {len(ids) - 3:,} more" if len(ids) > 3 else "")


def insert_group(state: DraftState, place: str, group: NamedList) -> ListChange:
    """Append those members of the group that are not there yet: to a list of accounts, or to the
    Regions, each as a blank card. The given state stays. Raises ``InvalidPointer``.
    """
    edited = copy.deepcopy(state)
    if place == REGIONS:
        _expect(group, "regions")
        return _insert_regions(edited, group)
    container, name = _accounts(edited, place)
    _expect(group, "accounts")
    items = container.get(name, [])
    new = _missing(group.items, clean_ids(items, zeros=False))
    container[name] = [*items, *new]
    return ListChange(edited, element_id(place), _inserted(group, len(new)))


def _insert_regions(edited: DraftState, group: NamedList) -> ListChange:
    cards = edited.setdefault("distributions", [])
    new = _missing(group.items, [card.get("region", "").strip().lower() for card in cards])
    focus = f"distributions-{len(cards)}" if new else "distributions"
    cards += [{"region": region} for region in new]
    return ListChange(edited, focus, _inserted(group, len(new)))


def _missing(members: Sequence[str], there: Sequence[str]) -> list[str]:
    known = set(there)
    return [member for member in members if member not in known]


def _inserted(group: NamedList, added: int) -> str:
    there = len(group.items) - added
    if not added:
        return f"All of {group.name} was there already: {pluralize(there, group.noun)}."
    more = f", {there:,} {'was' if there == 1 else 'were'} there already" if there else ""
    return f"Added {pluralize(added, group.noun)} of {group.name}{more}."


def _accounts(state: DraftState, place: str) -> tuple[dict[str, Any], str]:
    """The structure that has, or may have, the list of accounts there, and the list's name."""
    found = _ACCOUNTS.fullmatch(place)
    try:
        container = resolve(state, found[1]) if found else None
    except LookupError:
        container = None
    if not found or not isinstance(container, dict):
        raise InvalidPointer(place)
    return container, found[2]


def _expect(group: NamedList, kind: str) -> None:
    if group.kind != kind:
        raise WrongKind(group.name)


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
