"""Where on the page stands what was found of a member."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from distui.core import Finding


class Slot(NamedTuple):
    """A place for findings: the HTML id of what it belongs to, its pointer, and what is there."""

    id: str
    pointer: str
    findings: Sequence[Finding] = ()
