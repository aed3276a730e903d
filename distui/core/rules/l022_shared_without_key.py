"""L022: a shared AMI has a customer managed key."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.reference.accounts import is_shared
from distui.core.rules.rule import Context, Json, Problem, rule

_AMI = "/amiDistributionConfiguration"


@rule(
    "L022",
    Severity.WARNING,
    "Shared AMI without a KMS key",
    scope="document",
    why="Other accounts can use an encrypted image only with a key they have permission to use.",
    evidence="Image Builder user guide, Limits for cross-account distribution.",
)
def shared_without_key(document: Json, context: Context) -> Iterator[Problem]:
    """Report target accounts or launch permissions, except public ones, without a key."""
    distributions = document.get("distributions", [])
    has_key = ["kmsKeyId" in part.get(_AMI[1:], {}) for part in distributions]
    with_key = sum(has_key)
    for index, part in enumerate(distributions):
        if has_key[index] or not is_shared(part, context.own_account, public=False):
            continue
        message = (
            "Without a customer managed key this works only for unencrypted images: snapshots"
            " encrypted with aws/ebs can't be shared."
        )
        if 0 < with_key == len(distributions) - 1:
            message += " All other Regions have a key."
        yield Problem(f"/distributions/{index}{_AMI}/kmsKeyId", message)
