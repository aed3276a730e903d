"""Rules that a team adds as data: a name, and what is allowed or required."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from distui.core.findings import Finding, Severity
from distui.core.pointers import items_at, pointer, value_at
from distui.core.reference.accounts import is_shared, iter_account_ids
from distui.core.reference.arns import organization_in
from distui.core.reference.resource_names import is_aws_managed_key
from distui.core.rule_settings import fields
from distui.core.schema import shapes
from distui.core.text.characters import quoted
from distui.core.text.pluralize import pluralize

Json = dict[str, Any]
Problems = Iterator[tuple[str, str] | tuple[str, str, str]]  # pointer, message, a missing key
Check = Callable[[Json, Any], Problems]

_AMI = "/amiDistributionConfiguration"
_TARGETS = f"{_AMI}/targetAccountIds"
_ORGANIZATION_LISTS = (
    f"{_AMI}/launchPermission/organizationArns",
    f"{_AMI}/launchPermission/organizationalUnitArns",
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A house rule that can be switched on: its ID, how its value is read, and its check.

    ``demand`` says what it demands, and is followed by the value.
    """

    id: str
    read: fields.Reader
    check: Check
    demand: str


@dataclass(frozen=True, slots=True)
class HouseRule:
    """A house rule with its value."""

    id: str
    name: str
    value: Any
    check: Check
    demand: str

    @property
    def values(self) -> tuple[str, ...]:
        """Return the parts of the value as texts, none if it is only true."""
        match self.value:
            case True:
                return ()
            case Mapping():
                return tuple(f"{name} = {item.pattern}" for name, item in self.value.items())
            case tuple():
                return self.value
            case re.Pattern():
                return (self.value.pattern,)
        return (str(self.value),)

    def findings(self, document: Any) -> Iterator[Finding]:
        """Yield what a document, which may be any JSON value, has against the rule."""
        typed = shapes.well_typed(document, shapes.shape()) if isinstance(document, dict) else {}
        for place, message, *missing_key in self.check(typed, self.value):
            yield Finding(
                self.id,
                Severity.ERROR,
                place,
                message,
                source=f"house rule {self.name}",
                missing=value_at(typed, place, None) is None,
                missing_key="".join(missing_key),
            )


def read_house_rules(table: Any, place: str) -> tuple[HouseRule, ...]:
    """Return the rules that a table switches on. Raises ``SettingsError``."""
    readers = {name: kind.read for name, kind in HOUSE_RULES.items()}
    found = fields.read_fields(table, place, readers)
    return tuple(
        HouseRule(kind.id, name, value, kind.check, kind.demand)
        for name, value in found.items()
        for kind in [HOUSE_RULES[name]]
        if value is not False
    )


def _regions(document: Json) -> Iterator[tuple[str, Json]]:
    return items_at(document, "/distributions")


def _customer_key(document: Json, value: bool) -> Problems:
    for place, region in _regions(document):
        key = value_at(region, f"{_AMI}/kmsKeyId")
        if is_shared(region) and (not key or is_aws_managed_key(key)):
            yield f"{place}{_AMI}/kmsKeyId", "A shared AMI must use a customer managed key."


def _allowed_regions(document: Json, allowed: tuple[str, ...]) -> Problems:
    for place, region in _regions(document):
        if (code := region.get("region", "")) and code not in allowed:
            yield f"{place}/region", f"{quoted(code)} isn't one of {', '.join(allowed)}."


def _allowed_accounts(document: Json, allowed: tuple[str, ...]) -> Problems:
    for place, region in _regions(document):
        for item, account in iter_account_ids(region):
            if account not in allowed:
                yield place + item, f"{quoted(account)} isn't one of the allowed accounts."


def _allowed_organizations(document: Json, allowed: tuple[str, ...]) -> Problems:
    for place, region in _regions(document):
        for arns in _ORGANIZATION_LISTS:
            for item, arn in items_at(region, arns):
                if organization_in(arn) not in allowed:
                    yield place + item, f"{quoted(arn)} isn't in {', '.join(allowed)}."


def _never_public(document: Json, value: bool) -> Problems:
    for place, region in _regions(document):
        for item, group in items_at(region, f"{_AMI}/launchPermission/userGroups"):
            if group == "all":
                yield place + item, "AMIs must not be public."


def _required_tags(document: Json, tags: Mapping[str, re.Pattern[str]]) -> Problems:
    yield from _missing_tags(document.get("tags", {}), "/tags", tags)


def _required_ami_tags(document: Json, tags: Mapping[str, re.Pattern[str]]) -> Problems:
    for place, region in _regions(document):
        if "amiDistributionConfiguration" in region:
            found = value_at(region, f"{_AMI}/amiTags", {})
            yield from _missing_tags(found, f"{place}{_AMI}/amiTags", tags)


def _missing_tags(found: Json, place: str, tags: Mapping[str, re.Pattern[str]]) -> Problems:
    for key, expression in tags.items():
        if key not in found:
            yield place, f"The tag {quoted(key)} is required.", pointer((key,))
        elif not expression.fullmatch(found[key]):
            yield place + pointer((key,)), f"The value must match {expression.pattern}."


def _name_pattern(document: Json, expression: re.Pattern[str]) -> Problems:
    if not expression.fullmatch(document.get("name", "")):
        yield "/name", f"The name must match {expression.pattern}."


def _ami_name_pattern(document: Json, expression: re.Pattern[str]) -> Problems:
    for place, region in _regions(document):
        name = value_at(region, f"{_AMI}/name")
        if name and not expression.fullmatch(name):
            yield f"{place}{_AMI}/name", f"The AMI name must match {expression.pattern}."


def _parameter_prefix(document: Json, prefix: str) -> Problems:
    for place, region in _regions(document):
        for item, parameter in items_at(region, "/ssmParameterConfigurations"):
            if not parameter.get("parameterName", "").startswith(prefix):
                yield f"{place}{item}/parameterName", f"The name must start with {prefix}."


def _max_targets(document: Json, limit: int) -> Problems:
    for place, region in _regions(document):
        count = len(value_at(region, _TARGETS, ()))
        if count > limit:
            text = f"{pluralize(count, 'target account')} exceed the maximum of {limit}."
            yield place + _TARGETS, text


_CUSTOMER_KEY = "Shared AMIs must use a customer managed key"
HOUSE_RULES: dict[str, Kind] = {
    "customer-key-when-shared": Kind("H001", fields.flag, _customer_key, _CUSTOMER_KEY),
    "regions": Kind("H002", fields.names, _allowed_regions, "Allowed Regions"),
    "accounts": Kind("H003", fields.names, _allowed_accounts, "Allowed accounts"),
    "organizations": Kind("H004", fields.names, _allowed_organizations, "Allowed organizations"),
    "never-public": Kind("H005", fields.flag, _never_public, "No public AMIs"),
    "required-tags": Kind("H006", fields.patterns, _required_tags, "Required tags"),
    "required-ami-tags": Kind("H007", fields.patterns, _required_ami_tags, "Required AMI tags"),
    "name-pattern": Kind("H008", fields.pattern, _name_pattern, "Name pattern"),
    "ami-name-pattern": Kind("H009", fields.pattern, _ami_name_pattern, "AMI name pattern"),
    "parameter-prefix": Kind("H010", fields.text, _parameter_prefix, "SSM parameter name prefix"),
    "max-target-accounts": Kind(
        "H011", fields.number, _max_targets, "Maximum target accounts per Region"
    ),
}
