from __future__ import annotations

import pytest

from distui.core.reference import regions


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("eu-wst-2", "eu-west-2"),
        ("eu_west_1", "eu-west-1"),
        ("eu-west-9", "eu-west-1"),
        ("us-central-1", "us-east-1"),
        ("ca-east-1", "ca-central-1"),
        ("sa-west-1", "sa-east-1"),
        ("af-south-2", "af-south-1"),
        ("me-north-1", "me-south-1"),
        ("ap-southest-2", "ap-southeast-2"),
        ("europe-west1", "eu-west-1"),
        ("us-gov-east-2", "us-gov-east-1"),
        ("Ireland", "eu-west-1"),
        ("europe (frankfurt)", "eu-central-1"),
        ("Virginia", "us-east-1"),
        ("Ohio", "us-east-2"),
        ("local", ""),
        ("narnia-1", ""),
        ("", ""),
    ],
)
def test_it_suggests_the_nearest_code_or_name(text, region):
    assert regions.nearest_region(text) == region


@pytest.mark.parametrize(
    ("region", "place"),
    [("eu-west-1", "Ireland"), ("us-iso-east-1", "US ISO East"), ("xx-new-1", "")],
)
def test_it_returns_the_place_of_a_region(region, place):
    assert regions.place_of(region) == place
