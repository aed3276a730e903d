from __future__ import annotations

import pytest

from distui.core.text.region_codes import check_region_code


@pytest.mark.parametrize(
    ("text", "message", "suggestion"),
    [
        ("eu-west-1", "", ""),
        ("xx-new-1", "", ""),
        (
            "us-east-1a",
            "us-east-1a is an Availability Zone. Use its Region, us-east-1.",
            "us-east-1",
        ),
        ("EU-WEST-1 ", "“EU-WEST-1 ” must be written as eu-west-1.", "eu-west-1"),
        ("Ireland", "Unknown Region “Ireland”. Did you mean eu-west-1 (Ireland)?", "eu-west-1"),
        ("xx-new-2", "Unknown Region “xx-new-2”. Did you mean xx-new-1?", "xx-new-1"),
        ("local", "Unknown Region “local”.", ""),
    ],
)
def test_it_explains_what_is_wrong_and_suggests_a_code(text, message, suggestion):
    assert check_region_code(text, ["xx-new-1"]) == (message, suggestion)
