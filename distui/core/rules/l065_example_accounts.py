"""L065: account ids out of examples."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.reference.accounts import iter_account_ids
from distui.core.rules.rule import Context, Json, Problem, rule

_EXAMPLES = {
    "000000000000",
    "012345678910",
    "111111111111",
    "111122223333",
    "123456789012",
    "444455556666",
    "777788889999",
    "999999999999",
}


@rule(
    "L065",
    Severity.WARNING,
    "Account ids that AWS's documents use as examples",
    scope="distribution",
    why="They are seldom meant: the AMI would go to a stranger's account, or nowhere.",
    evidence="The examples of AWS's documentation.",
)
def example_accounts(distribution: Json, context: Context) -> Iterator[Problem]:
    """Such an id wherever an account stands."""
    for place, account in iter_account_ids(distribution):
        if account in _EXAMPLES:
            yield Problem(place, f"{account} is an example of AWS's documents. Is it meant?")
