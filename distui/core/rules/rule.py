"""What a rule is: one judgement about a document, with its reason and its evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from distui.core.findings import Finding, Severity
from distui.core.schema.shapes import Rules

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Context:
    """What the rules may know besides the document.

    ``own_account`` and ``home_region`` are those of the selected target, ``existing_names`` the
    normalized names that exist there. All three are empty if no target is selected.
    ``extra_regions`` are valid Regions that the installed SDK does not list.
    """

    rules: Rules = "reference"
    own_account: str = ""
    home_region: str = ""
    existing_names: frozenset[str] = frozenset()
    extra_regions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule found: where, and what to say. Its severity is the rule's unless stated.

    ``missing`` says that something is not there yet, which nobody is told of while they type.
    """

    pointer: str
    message: str
    severity: Severity | None = None
    missing: bool = False
    fix: tuple[Json, ...] = ()


def set_value(place: str, value: Any) -> tuple[Json, ...]:
    """The fix that puts the value there, whatever stands there; none without a value to put.

    JSON Patch adds a member in place of what it was, and an item of a list in front of it.
    """
    op = "replace" if place.rpartition("/")[2].isdigit() else "add"
    return ({"op": op, "path": place, "value": value},) if value != "" else ()


def remove(place: str) -> tuple[Json, ...]:
    """The fix that takes out what stands there."""
    return ({"op": "remove", "path": place},)


Scope = Literal["distribution", "part", "document"]
Check = Callable[[Json, Context], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule and its page in docs/rules.md.

    One of scope ``distribution`` is given each distribution alone, with pointers relative to it;
    one of scope ``document`` the whole; one of scope ``part`` each distribution and the document
    without them. All are given well-typed values (``spec.well_typed``), where a text may be empty.
    """

    id: str
    severity: Severity
    title: str
    why: str
    evidence: str
    scope: Scope
    check: Check = field(compare=False)

    def findings(self, part: Json, context: Context) -> Iterator[Finding]:
        """Every finding of this rule in the part that its scope names."""
        for problem in self.check(part, context):
            yield Finding(
                rule=self.id,
                severity=problem.severity or self.severity,
                pointer=problem.pointer,
                message=problem.message,
                why=self.why,
                source=self.evidence,
                missing=problem.missing,
                fix=problem.fix,
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
    """Make a check a rule: ``@rule("L004", Severity.ERROR, "A Region stands once", …)``."""

    def made(check: Check) -> Rule:
        return Rule(id, severity, title, why, evidence, scope, check)

    return made
