"""The AMI name that a build produces."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from distui.core.reference.ami_names import format_build_date, resolve_tokens

# The service model's example of a build date.
MOMENT = datetime(2022, 10, 26, 22, 30, 5, 912619, tzinfo=UTC)
DATE = "2022-10-26T22-30-05.912619Z"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("golden {{ imagebuilder:buildDate }}", f"golden {DATE}"),
        ("golden-{{imagebuilder:buildDate}}-x", f"golden-{DATE}-x"),
        ("{{   imagebuilder:buildDate }}{{imagebuilder:buildDate  }}", DATE + DATE),
        (
            "v{{ imagebuilder:buildVersion }} {{imagebuilder:buildDate}}",
            f"v1 {DATE}",
        ),
        ("{{ imagebuilder:buildNumber }}", "{{ imagebuilder:buildNumber }}"),
        ("{{ imagebuilder:builddate }}", "{{ imagebuilder:builddate }}"),
        ("{ imagebuilder:buildDate }", "{ imagebuilder:buildDate }"),
        ("{{{ imagebuilder:buildDate }}}", "{" + DATE + "}"),
        ("no token", "no token"),
        ("", ""),
    ],
)
def test_it_resolves_known_tokens(name, expected):
    assert resolve_tokens(name, MOMENT) == expected


def test_the_build_date_is_in_utc():
    assert format_build_date(MOMENT.astimezone(timezone(timedelta(hours=-7)))) == DATE


def test_the_build_date_has_six_decimals():
    assert format_build_date(MOMENT.replace(microsecond=0)) == "2022-10-26T22-30-05.000000Z"
