"""The tokens, ``{{ imagebuilder:buildDate }}``, that Image Builder replaces in names."""

from __future__ import annotations

import re

TOKEN = re.compile(r"\{\{ *([A-Za-z0-9_.:-]+) *\}\}", re.ASCII)
BUILD_DATE = re.compile(r"\{\{ *imagebuilder:buildDate *\}\}")
_DATE = "{{ imagebuilder:buildDate }}"
_UNFIT = re.compile(r"[^-_A-Za-z0-9 ]+", re.ASCII)
_LONGEST = 98  # the API takes 127 characters, 28 of which the token is, and a hyphen


def with_build_date(name: str, otherwise: str = "") -> str:
    """The AMI name with the build date: its misspelt token mended, else one more at the end.

    An empty name begins as the configuration's, ``otherwise``, does, as far as an AMI's can.
    """
    if BUILD_DATE.search(name):
        return name
    mended = TOKEN.sub(lambda found: _DATE if _is_meant(found[1]) else found[0], name)
    if mended != name:
        return mended
    begun = name or _UNFIT.sub("-", otherwise).strip("- ")[:_LONGEST] or "image"
    return begun + ("" if begun.endswith(("-", "_", ".", " ")) else "-") + _DATE


def _is_meant(token: str) -> bool:
    """Whether the token was to be the build date: ``buildDate``, ``imagebuilder:build-date``."""
    return re.sub(r"[^a-z]", "", token.lower()).endswith("builddate")
