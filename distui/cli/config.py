"""The file with a team's settings: ``distui.toml``, or ``[tool.distui]`` in ``pyproject.toml``."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from distui.cli.findings import Located
from distui.core.rule_settings.apply import with_severities
from distui.core.rule_settings.settings import RuleSettings, read_settings
from distui.core.rule_settings.waivers import Subject, waiver_findings

NAMES = ("distui.toml", "pyproject.toml")
_WAIVER = re.compile(r"^\s*\[\[\s*(?:tool\.distui\.)?waivers\s*\]\]", re.MULTILINE)


class ConfigError(Exception):
    """The file can't be read; the message names it and says why."""


@dataclass(frozen=True, slots=True)
class Config:
    """The settings, and the file and the text that they are from."""

    settings: RuleSettings = field(default_factory=RuleSettings)
    path: Path = Path(NAMES[0])
    text: str = ""

    def name_of(self, file: str) -> str:
        """Return a file's name as waivers have it: relative to the folder of the settings."""
        if not self.settings.waivers:
            return file
        path = Path(file).resolve()
        folder = self.path.resolve().parent
        return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else file

    def waiver_findings(
        self, used: set[int], checked: Sequence[Subject], today: date
    ) -> Iterator[Located]:
        """Yield the findings of waivers that have expired or cover nothing."""
        if not self.settings.waivers:
            return
        lines = [self.text.count("\n", 0, m.end()) + 1 for m in _WAIVER.finditer(self.text)]
        for index, found in waiver_findings(self.settings.waivers, used, checked, today):
            line = lines[index] if index < len(lines) else 1
            for one in with_severities([found], self.settings):
                yield Located(str(self.path), line, 1, one)


def load_config(given: str | None) -> Config:
    """Return the config of a file, or of the nearest one from the working folder upward.

    ``DISTUI_RULES_FILE`` names a file too. Without one, the settings are empty. Raises
    ``ConfigError``.
    """
    if given := given or os.environ.get("DISTUI_RULES_FILE"):
        return _config(Path(given)) or Config()
    folder = Path.cwd()
    for parent in (folder, *folder.parents):
        for name in NAMES:
            path = parent / name
            if path.is_file() and (found := _config(path)):
                return found
    return Config()


def _config(path: Path) -> Config | None:
    """Return the config in a file; None if it is a pyproject.toml without one."""
    try:
        text = path.read_text(encoding="utf-8")
        table = tomllib.loads(text)
        if path.name == "pyproject.toml":
            table = table.get("tool", {}).get("distui")
            if table is None:
                return None
        return Config(read_settings(table), path, text)
    except (OSError, ValueError) as error:
        message = error.strerror if isinstance(error, OSError) else str(error)
        raise ConfigError(f"{path}: {message}") from error
