"""The AMI name that a build produces: its tokens, resolved for one moment."""

from __future__ import annotations

from datetime import UTC, datetime

from distui.core.reference.ami_tokens import TOKEN

# The last part of the first build's ARN: image/<name>/<version>/1.
FIRST_BUILD = "1"


def format_build_date(moment: datetime) -> str:
    """Format an aware datetime as Image Builder does: 2022-10-26T22-30-05.912619Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H-%M-%S.%fZ")


def resolve_tokens(name: str, moment: datetime) -> str:
    """Return the name that a first build at that moment gives; unknown tokens stay as they are."""
    values = {
        "imagebuilder:buildDate": format_build_date(moment),
        "imagebuilder:buildVersion": FIRST_BUILD,
    }
    return TOKEN.sub(lambda found: values.get(found[1], found[0]), name)
