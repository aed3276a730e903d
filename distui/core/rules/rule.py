"""The type of a rule, the problems that it yields, and what several rules share."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

from distui.core.document.configurations import Configuration
from distui.core.findings import Finding, Patch, Severity
from distui.core.reference.accounts import accounts_without_ami
from distui.core.reference.regions import find_region
from distui.core.schema.shapes import Rules

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Context:
    """The rules' input besides the document.

    ``own_account`` and ``home_region`` are those of the selected target,
    ``names_being_submitted`` the normalized names of its open submissions, and ``created_names``
    those of its created ones. All four are empty if no target is selected.
    ``extra_regions`` are valid Regions that the installed SDK does not list. ``rules`` says what
    a constraint is that the API reference has and the newer SDK model does not: a warning
    (``current``), an error (``reference``) or nothing (``sdk``). ``configurations`` exist in our
    own account; only rules of the whole document see them. ``ownership_tag`` is the key of the tag
    that is added to requests, or "".
    """

    rules: Rules = "current"
    own_account: str = ""
    home_region: str = ""
    names_being_submitted: frozenset[str] = frozenset()
    created_names: frozenset[str] = frozenset()
    extra_regions: frozenset[str] = frozenset()
    configurations: tuple[Configuration, ...] = ()
    ownership_tag: str = ""

    @property
    def of_distributions(self) -> Context:
        """Return the context of the rules that see one distribution."""
        none = frozenset[str]()
        return replace(self, names_being_submitted=none, created_names=none, configurations=())


class Problem(NamedTuple):
    """A problem that a rule found; its severity is the rule's unless it has one.

    ``missing`` marks what is not there yet, which is not reported while a person is typing.
    """

    pointer: str
    message: str
    severity: Severity | None = None
    missing: bool = False
    fix: Patch = ()
    more_fixes: tuple[Patch, ...] = ()


def set_value(pointer: str, value: Any) -> Patch:
    """Return the fix that sets the value, or no fix for an empty string.

    In JSON Patch, ``add`` replaces a member but inserts an item; items need ``replace``.
    """
    op = "replace" if pointer.rpartition("/")[2].isdigit() else "add"
    return ({"op": op, "path": pointer, "value": value},) if value != "" else ()


def remove(pointer: str) -> Patch:
    """Return the fix that removes the value; ``check`` adds the parents that it leaves empty."""
    return ({"op": "remove", "path": pointer},)


def region_of(distribution: Json, context: Context) -> str:
    """Return the distribution's Region in lower case, or ``""`` if it is unknown."""
    return find_region(distribution.get("region", ""), context.extra_regions)


def duplicates(keys: Iterable[Hashable]) -> Iterator[tuple[int, int]]:
    """Yield the index of each repeated key and of its first occurrence; None is not a key."""
    first: dict[Hashable, int] = {}
    for index, key in enumerate(keys):
        if key is not None and first.setdefault(key, index) != index:
            yield index, first[key]


def without_ami(
    distribution: Json, rows: str, context: Context, consequence: str, *, launching: bool
) -> Iterator[Problem]:
    """Yield a problem for each account in the rows that has no AMI to use in this Region.

    With ``launching``, an account with launch permission has one. It is a suggestion if our own
    account is unknown, since the account may be that one.
    """
    own = context.own_account
    severity = None if own else Severity.INFO
    hint = "" if own else " Ignore this if it is your own account."
    ways = "isn't a target account of this Region"
    ways += " and has no launch permission" if launching else ""
    found = accounts_without_ami(distribution, rows, own, launching=launching)
    for pointer, account in found:
        yield Problem(pointer, f"{account} {ways}, {consequence}.{hint}", severity)


Scope = Literal["distribution", "part", "document"]
Check = Callable[[Json, Context], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, as docs/rules.md lists it.

    ``scope`` says what ``check`` receives: ``distribution`` each distribution, with pointers
    relative to it; ``document`` the whole document; ``part`` each distribution, and the document
    without them. All are well-typed (``shapes.well_typed``), but strings may be empty.
    """

    id: str
    severity: Severity
    title: str
    why: str
    evidence: str
    scope: Scope
    check: Check = field(compare=False)

    def findings(self, part: Json, context: Context) -> Iterator[Finding]:
        """Return the rule's findings in the part of the document that its scope names."""
        return map(self._finding, self.check(part, context))

    def _finding(self, problem: Problem) -> Finding:
        return Finding(
            rule=self.id,
            severity=problem.severity or self.severity,
            pointer=problem.pointer,
            message=problem.message,
            why=self.why,
            source=self.evidence,
            missing=problem.missing,
            fix=problem.fix,
            more_fixes=problem.more_fixes,
        )


def rule(
    id: str,
    severity: Severity,
    title: str,
    *,
    scope: Scope,
    why: str,
    evidence: str,
) -> Callable[[Check], Rule]:
    """Turn a check into a rule: ``@rule("L004", Severity.ERROR, "Unique Regions", …)``."""

    def decorator(check: Check) -> Rule:
        return Rule(id, severity, title, why, evidence, scope, check)

    return decorator
