"""L062: a client token is random."""

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
    "Random client token",
    scope="document",
    why="The service treats requests with the same token as the same request.",
    evidence=(
        "Service model, CreateDistributionConfiguration: clientToken; the examples in AWS's "
        "documentation."
    ),
)
def random_client_token(document: Json, context: Context) -> Iterator[Problem]:
    """Report tokens that are not UUIDs; distui generates its own when it submits."""
    token = document.get("clientToken", "")
    if token and not _UUID.fullmatch(token):
        yield Problem(
            "/clientToken",
            f"{quoted(token)} isn't a UUID. Each new request needs its own token; distui generates"
            " one when it submits.",
        )
