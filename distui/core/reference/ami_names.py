"""What Image Builder makes of an AMI's name: its tokens, written out for one moment."""

from __future__ import annotations

from datetime import UTC, datetime

from distui.core.reference.ami_tokens import TOKEN

# The number at the end of a build's ARN, image/<name>/1.0.0/1: that of a version's first build.
FIRST_BUILD = "1"


def format_build_date(moment: datetime) -> str:
    """The moment, which knows its zone, as the service writes it: 2022-10-26T22-30-05.912619Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H-%M-%S.%fZ")


def resolve_tokens(name: str, moment: datetime) -> str:
    """The name that a first build at that moment gives; unknown tokens stay as they are."""
    values = {
        "imagebuilder:buildDate": format_build_date(moment),
        "imagebuilder:buildVersion": FIRST_BUILD,
    }
    return TOKEN.sub(lambda found: values.get(found[1], found[0]), name)
