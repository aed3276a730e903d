"""The right value for a member that the schema rejects, where the text says what was meant."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from distui.core.findings import Finding, Patch
from distui.core.numbers import parse_number
from distui.core.pointers import resolve, value_at
from distui.core.reference import parameter_names
from distui.core.reference.ami_tokens import repaired_name
from distui.core.reference.regions import find_region, partition_of
from distui.core.rules.rule import Context, Json, set_value
from distui.core.schema import shapes
from distui.core.text.characters import strip_invisible

_PERMISSION = "/amiDistributionConfiguration/launchPermission"
_ORGANIZATIONS, _UNITS = "organizationArns", "organizationalUnitArns"
_ARN_ACCOUNT = re.compile(r"arn:[^:]*:[^:]*:[^:]*:(?P<account>[0-9]{12}):.*", re.ASCII)
_TEMPLATE_ID = re.compile(r"lt-[0-9a-f]{17}(?![0-9a-f])", re.ASCII | re.IGNORECASE)
_MAX_NUMBER = 10**15
_LICENSE_ID = re.compile(r"lic-[a-z0-9-_]{32}", re.ASCII)


def suggested_fix(finding: Finding, document: Json, context: Context) -> Patch:
    """Return a fix for a value that the schema rejects, or ``()``."""
    shape = shapes.shape_at(finding.pointer)
    value = value_at(document, finding.pointer, None)
    if shape is None:
        return ()
    if not shapes.has_type(value, shape.kind):
        converted = _converted(value, shape, finding.pointer)
        return () if converted is None else set_value(finding.pointer, converted)
    if not isinstance(value, str):
        return ()
    if shape.name in ("OrganizationArn", "OrganizationalUnitArn"):
        return _move_to_other_list(finding.pointer, document)
    if shape.name not in _SUGGESTED:
        return ()
    region = find_region(_region_text(document, finding.pointer), context.extra_regions)
    suggested = _SUGGESTED[shape.name](strip_invisible(value), region, context)
    is_better = suggested != value and shapes.accepts(shape, suggested)
    return set_value(finding.pointer, suggested) if is_better else ()


def _converted(value: Any, shape: shapes.Shape, pointer: str) -> Any:
    """Return a value of another type as one of the shape's, where it is certain, else None."""
    is_number = shapes.has_type(value, "integer") and abs(value) < _MAX_NUMBER
    text = str(value) if is_number or isinstance(value, str) else ""
    match shape:
        case shapes.Shape(kind="boolean"):
            return {"true": True, "false": False}.get(text.lower())
        case shapes.Shape(kind="integer"):
            number = parse_number(text) or 0
            least = 6 if pointer.endswith("/maxParallelLaunches") else 1  # L041
            return number if least <= number <= 10_000 else None
        case shapes.Shape(kind="array", item=shapes.Shape(name="AccountId") as account):
            accounts = text.replace(",", " ").split()
            are_valid = accounts and all(shapes.accepts(account, one) for one in accounts)
            return accounts if are_valid else None
        case shapes.Shape(name="AccountId" | "TagValue") if shapes.accepts(shape, text):
            is_item = pointer.rpartition("/")[2].isdigit() or shape.name == "TagValue"
            return (text or None) if is_item else None
    return (text or None) if pointer.endswith("/launchTemplateVersion") else None


def _region_text(document: Json, pointer: str) -> str:
    return str(value_at(document, "/".join(pointer.split("/")[:3]) + "/region"))


def _config_name(text: str, region: str, context: Context) -> str:
    """Return the name in an ARN, or the name with hyphens for what names can't have."""
    name = text.rpartition("distribution-configuration/")[2]
    return re.sub(r"[^-_A-Za-z0-9 ]+", "-", name).strip(" ")[:128].strip(" ")


def _account(text: str, region: str, context: Context) -> str:
    found = _ARN_ACCOUNT.fullmatch(text)
    return found["account"] if found else re.sub(r"[-_. ]", "", text)


def _template(text: str, region: str, context: Context) -> str:
    found = _TEMPLATE_ID.search(text)
    return found[0].lower() if found else ""


def _license(text: str, region: str, context: Context) -> str:
    partition, account = partition_of(region), context.own_account
    if not (_LICENSE_ID.fullmatch(text) and partition and account):
        return ""
    return f"arn:{partition}:license-manager:{region}:{account}:license-configuration:{text}"


_SUGGESTED: dict[str, Callable[[str, str, Context], str]] = {
    "ResourceName": _config_name,
    "AmiNameString": lambda text, region, context: repaired_name(text),
    "AccountId": _account,
    "LaunchTemplateId": _template,
    "LicenseConfigurationArn": _license,
    "SsmParameterName": lambda text, region, context: parameter_names.intended_name(text, region),
}


def _move_to_other_list(pointer: str, document: Json) -> Patch:
    """Return the fix of an organization among the OUs, or of an OU among the organizations."""
    permission, own, _ = pointer.rsplit("/", 2)
    other = _UNITS if own == _ORGANIZATIONS else _ORGANIZATIONS
    value: Any = resolve(document, pointer)
    item = shapes.shape_at(f"{permission}/{other}/0")
    there = value_at(document, f"{permission}/{other}", [])
    if item is None or not isinstance(there, list) or not shapes.accepts(item, value):
        return ()
    moved = there if value in there else [*there, value]
    step = {"op": "add", "path": f"{permission}/{other}", "value": moved}
    return (step, {"op": "remove", "path": pointer})
