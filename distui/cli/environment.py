"""The rules' context, from the environment variables that the server's settings read too."""

from __future__ import annotations

import os
from typing import cast, get_args

from distui.core import Context
from distui.core.schema.shapes import Rules


class EnvironmentProblem(Exception):
    """A variable has a value that it can't have; the message says which it may have."""


def context_of_environment() -> Context:
    """Return the context. Raises ``EnvironmentProblem``."""
    choices = get_args(Rules)
    rules = os.environ.get("DISTUI_RULES") or choices[0]
    if rules not in choices:
        raise EnvironmentProblem(f"DISTUI_RULES must be {' or '.join(choices)}, not {rules!r}.")
    regions = (os.environ.get("DISTUI_EXTRA_REGIONS") or "").split(",")
    extra = frozenset(name.strip() for name in regions if name.strip())
    return Context(rules=cast("Rules", rules), extra_regions=extra)
