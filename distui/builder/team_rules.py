"""The team's file of rules, which ``DISTUI_RULES_FILE`` names: read once by each process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.core import checks

from distui.cli.config import Config, ConfigError, load_config
from distui.core.rule_settings.house_rules import HouseRule
from distui.core.rule_settings.settings import RuleSettings
from distui.core.rule_settings.waivers import Waiver
from distui.deployment.checks import RULES


def team_rules() -> RuleSettings:
    """Return the severities, house rules and waivers. Raises ``ConfigError``."""
    return team_config().settings


def team_config() -> Config:
    """Return the file's content, an empty one if no file is named. Raises ``ConfigError``."""
    return _read(settings.DISTUI_RULES_FILE)


@dataclass(frozen=True, slots=True)
class RulesInForce:
    """The team's decisions, for pages; ``expired`` are waivers without effect."""

    file: str
    severities: Mapping[str, str]
    house_rules: Sequence[HouseRule]
    waivers: Sequence[Waiver]
    expired: Sequence[Waiver]


def rules_in_force() -> RulesInForce:
    """Return the team's decisions as they are today."""
    config, today = team_config(), date.today()
    found = config.settings
    return RulesInForce(
        config.path.name if config.text else "",
        found.severities,
        found.house_rules,
        [waiver for waiver in found.waivers if waiver.expires >= today],
        [waiver for waiver in found.waivers if waiver.expires < today],
    )


@cache
def _read(path: str) -> Config:
    return load_config(path) if path else Config()


@checks.register(RULES)
def check_rules_file(**_: Any) -> list[checks.CheckMessage]:
    """Return an error if the file can't be used, and a warning for each expired waiver."""
    try:
        found = team_config()
    except ConfigError as error:
        return [checks.Error(f"DISTUI_RULES_FILE can't be used: {error}", id="distui.E001")]
    return [
        checks.Warning(waiver.expiry("").message, hint=f"See {found.path}.", id="distui.W002")
        for waiver in found.settings.waivers
        if waiver.expires < date.today()
    ]
