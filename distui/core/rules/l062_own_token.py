"""L062: the token that makes a request one of its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule
from distui.core.text.characters import quoted

_UUID = re.compile(r"[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}")


@rule(
    "L062",
    Severity.WARNING,
    "A client token that is written by hand",
    scope="document",
    why="The service takes a request with a token that it has seen for the same request.",
    evidence=(
        "Service model, CreateDistributionConfiguration: clientToken; the examples of AWS's "
        "documents."
    ),
)
def own_token(document: Json, context: Context) -> Iterator[Problem]:
    """Tokens that are not as random as a UUID; distui makes its own when submitting."""
    token = document.get("clientToken", "")
    if token and not _UUID.fullmatch(token):
        yield Problem(
            "/clientToken",
            f"{quoted(token)} looks written by hand. Each new request needs a token of its own;"
            " distui makes one when it submits.",
        )
