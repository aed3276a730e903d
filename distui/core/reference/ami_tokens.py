"""The tokens that Image Builder replaces in names, such as ``{{ imagebuilder:buildDate }}``."""

from __future__ import annotations

import re

TOKEN = re.compile(r"\{\{ *([A-Za-z0-9_.:-]+) *\}\}", re.ASCII)
BUILD_DATE = re.compile(r"\{\{ *imagebuilder:buildDate *\}\}")
_BUILD_DATE = "{{ imagebuilder:buildDate }}"
_NOT_IN_AMI_NAMES = re.compile(r"[^-_A-Za-z0-9 ]+", re.ASCII)
_MAX_PREFIX = 98  # an AMI name's 127 characters without the token (28) and a hyphen


def with_build_date(name: str, config_name: str = "") -> str:
    """Return the AMI name with the build date token.

    A misspelled token is corrected; otherwise the token is appended. If the name is empty, the
    configuration's name is the prefix, with hyphens for characters that AMI names can't have.
    """
    if BUILD_DATE.search(name):
        return name
    fixed = TOKEN.sub(lambda found: _BUILD_DATE if _is_misspelled(found[1]) else found[0], name)
    if fixed != name:
        return fixed
    usable = _NOT_IN_AMI_NAMES.sub("-", config_name).strip("- ")[:_MAX_PREFIX]
    prefix = name or usable or "image"
    return prefix + ("" if prefix.endswith(("-", "_", ".", " ")) else "-") + _BUILD_DATE


def _is_misspelled(token: str) -> bool:
    """Return True for spellings of the build date such as ``imagebuilder:build-date``."""
    return re.sub(r"[^a-z]", "", token.lower()).endswith("builddate")
