"""L065: an account ID is not an example."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.reference.accounts import iter_account_ids
from distui.core.rules.rule import Context, Json, Problem, rule

# In the descriptions and examples of the SDK's service models, such as those of FSx, ECS, IAM, S3,
# DataSync, Device Farm and CloudWatch Logs.
_IN_THE_SDK = {
    "012345678901",
    "012345678910",
    "012345678912",
    "111122223333",
    "111222333444",
    "112233445566",
    "123456789012",
    "123456789101",
    "222233334444",
    "444455556666",
    "555566667777",
    "987654321098",
}
# Of the same forms, for the other accounts of an example.
_OF_THEIR_FORMS = {
    "333344445555",
    "666677778888",
    "777788889999",
    "888899990000",
    "999988887777",
    *(str(digit) * 12 for digit in range(10)),
}
_EXAMPLES = _IN_THE_SDK | _OF_THEIR_FORMS


@rule(
    "L065",
    Severity.WARNING,
    "Example account IDs",
    scope="distribution",
    why="An AMI shared with an example account goes to a stranger, or distribution fails.",
    evidence="The examples in AWS's documentation, as in the SDK's service models.",
)
def example_accounts(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report account IDs that AWS's documentation uses as examples."""
    for pointer, account in iter_account_ids(distribution):
        if account in _EXAMPLES:
            message = f"{account} is an example from AWS's documentation. Use a real account ID."
            yield Problem(pointer, message)
