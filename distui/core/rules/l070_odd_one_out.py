"""L070: Regions have the same key, accounts, tags and launch templates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from distui.core.findings import Severity
from distui.core.pointers import value_at
from distui.core.reference.accounts import is_shared
from distui.core.rules.rule import Context, Json, Problem, region_of, rule

_AMI = "/amiDistributionConfiguration"
_LISTS = {
    f"{_AMI}/kmsKeyId": "a KMS key",
    f"{_AMI}/targetAccountIds": "the target account {}",
    f"{_AMI}/launchPermission/userIds": "launch permission for {}",
    f"{_AMI}/amiTags": "the AMI tag {}",
    "/launchTemplateConfigurations": "a launch template",
}
_MIN_REGIONS = 3  # of two that differ, neither is the odd one


@rule(
    "L070",
    Severity.WARNING,
    "Setting that only one Region lacks",
    scope="document",
    why="A setting that all other Regions have was often forgotten in this one.",
    evidence="hashicorp/packer#4249, #6778 (keys); terraform-provider-aws#16904 (accounts).",
)
def odd_one_out(document: Json, context: Context) -> Iterator[Problem]:
    """Report what exactly one Region with AMI settings lacks."""
    parts = [(i, p) for i, p in enumerate(document.get("distributions", ())) if _AMI[1:] in p]
    for pointer, label in _LISTS.items() if len(parts) >= _MIN_REGIONS else ():
        values = [value_at(part, pointer, ()) for _, part in parts]
        if values.count(values[0]) == len(values):
            continue
        found = [_items(value, pointer) for value in values]
        counts = Counter(item for items in found for item in items)
        usual = {item for item, count in counts.items() if count == len(parts) - 1}
        for (index, part), items in zip(parts, found, strict=True):
            missing = sorted(usual - items)
            if missing and not _has_other_finding(part, pointer, context):
                more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
                message = f"All other Regions have {label.format(missing[0])}{more}."
                yield Problem(f"/distributions/{index}{pointer}", message)


def _items(value: Any, pointer: str) -> set[str]:
    is_whole = pointer.endswith(("kmsKeyId", "Configurations"))
    return ({"*"} if value else set()) if is_whole else set(value)


def _has_other_finding(part: Json, pointer: str, context: Context) -> bool:
    """Return True for a key that L022 asks for, or that has no effect in the build Region."""
    at_home = context.home_region and region_of(part, context) == context.home_region
    shared = at_home or is_shared(part, context.own_account, public=False)
    return bool(shared) and pointer.endswith("kmsKeyId")
