"""The settings of ``distui.toml``, or of ``[tool.distui]`` in ``pyproject.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, get_args

from distui.core.findings import Severity
from distui.core.rule_settings.fields import SettingsError, dates, names, one_of, read_fields, text
from distui.core.rule_settings.house_rules import HOUSE_RULES, HouseRule, read_house_rules
from distui.core.rule_settings.waivers import Waiver
from distui.core.rules.registry import RULES
from distui.core.schema.keyword_rules import DUPLICATE, EXPIRED, SCHEMA_RULES, UNRESOLVED, UNUSED
from distui.core.schema.shapes import Rules

OFF = "off"
_SUBJECT = ("file", "name")  # what a waiver is for: at least one of both


@dataclass(frozen=True, slots=True)
class NamedTarget:
    """An account and a home Region that configurations are checked for, as in ``--target prod``."""

    account: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class RuleSettings:
    """The settings; empty ones leave everything to the command and to the rules.

    Caches have them as a key: settings are equal to themselves only.
    """

    account: str = ""
    region: str = ""
    fail_on: str = ""
    rules: str = ""
    extra_regions: frozenset[str] = frozenset()
    targets: Mapping[str, NamedTarget] = field(default_factory=lambda: MappingProxyType({}))
    severities: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    house_rules: tuple[HouseRule, ...] = ()
    waivers: tuple[Waiver, ...] = ()


def read_settings(table: Mapping[str, Any]) -> RuleSettings:
    """Return the settings in a table of TOML. Raises ``SettingsError`` for what isn't one."""
    found = read_fields(
        table,
        "",
        {
            "account": text,
            "region": text,
            "fail-on": one_of(*Severity),
            "rules": one_of(*get_args(Rules)),
            "extra-regions": names,
            "targets": _targets,
            "severities": _severities,
            "house-rules": read_house_rules,
            "waivers": _waivers,
        },
    )
    return RuleSettings(
        account=found.get("account", ""),
        region=found.get("region", ""),
        fail_on=found.get("fail-on", ""),
        rules=found.get("rules", ""),
        extra_regions=frozenset(found.get("extra-regions", ())),
        targets=MappingProxyType(found.get("targets", {})),
        severities=MappingProxyType(found.get("severities", {})),
        house_rules=found.get("house-rules", ()),
        waivers=found.get("waivers", ()),
    )


def _targets(value: Any, place: str) -> dict[str, NamedTarget]:
    def target(table: Any, place: str) -> NamedTarget:
        return NamedTarget(**read_fields(table, place, {"account": text, "region": text}))

    names_of_targets = value if isinstance(value, Mapping) else ()
    return read_fields(value, place, dict.fromkeys(names_of_targets, target))


def _severities(value: Any, place: str) -> dict[str, str]:
    known = {rule.id for rule in RULES} | {kind.id for kind in HOUSE_RULES.values()}
    known |= {rule.id for rule in (*SCHEMA_RULES, DUPLICATE, UNRESOLVED, EXPIRED, UNUSED)}
    return read_fields(value, place, dict.fromkeys(known, one_of(*Severity, OFF)))


def _waivers(value: Any, place: str) -> tuple[Waiver, ...]:
    if not isinstance(value, list):
        raise SettingsError(f"{place} must be an array of tables.")
    readers = {
        "rule": text,
        "file": text,
        "name": text,
        "pointer": text,
        "reason": text,
        "person": text,
        "expires": dates,
    }
    rows = []
    for index, item in enumerate(value):
        found = read_fields(item, f"{place}[{index}]", readers)
        if missing := [name for name in readers if name not in _SUBJECT and not found.get(name)]:
            raise SettingsError(f"{place}[{index}] needs {', '.join(missing)}.")
        if not any(found.get(name) for name in _SUBJECT):
            raise SettingsError(f"{place}[{index}] needs file or name.")
        rows.append(Waiver(**found))
    return tuple(rows)
