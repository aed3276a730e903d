"""The largest draft: ten times the API's limits are refused at once."""

from __future__ import annotations

import time

import pytest

from distui.core.document.bounds import first_excess
from tests.bench.large_documents import (
    DIMENSIONS,
    accounts,
    codes,
    document,
    legal_maximum,
    region,
    tags,
)

POINTERS = {
    "tags": "/tags",
    "AMI tags": "/distributions/0/amiDistributionConfiguration/amiTags",
    "accounts": "/distributions/0/amiDistributionConfiguration/targetAccountIds",
    "permissions": "/distributions/0/amiDistributionConfiguration/targetAccountIds",
    "bad accounts": "/distributions/0/amiDistributionConfiguration/targetAccountIds",
    "fast launch": "/distributions/0/fastLaunchConfigurations",
    "templates": "/distributions/0/launchTemplateConfigurations",
    "Regions": "/distributions",
    "same Region": "/distributions",
    "misspelled": "/distributions",
    "unknown members": "",
    "description": "/description",
}


def test_everything_that_the_api_allows_fits() -> None:
    assert first_excess(legal_maximum()) is None


@pytest.mark.parametrize("name", DIMENSIONS)
def test_a_hundred_times_the_limit_is_refused_at_once(name: str) -> None:
    assert first_excess(DIMENSIONS[name](1)) is None
    value, start = DIMENSIONS[name](100), time.process_time()
    excess = first_excess(value)
    assert excess is not None
    assert excess[0] == POINTERS[name]
    assert "exceed a draft's maximum" in excess[1]
    assert time.process_time() - start < 0.1


@pytest.mark.parametrize(
    "members",
    [
        {"name": "x" * 20_000},
        {"tags": {"k": "v" * 30_000}},
        {"tags": [["k" * 30_000, ""]]},
        {"tags": [["k", "v"]] * 600},
        {"unknown": [0] * 200_000},
        {"description": {"wrong": ["type"] * 50_000}},
    ],
)
def test_every_part_is_bounded(members: dict) -> None:
    assert first_excess(document(region(), tags=tags(1)) | members) is not None


def test_the_whole_is_bounded() -> None:
    many = [region(code, ami={"targetAccountIds": accounts(1536)}) for code in codes(34)]
    assert first_excess(document(*many)) is None
    excess = first_excess(document(*(many * 3)))
    assert excess == ("", "157,287 values exceed a draft's maximum of 120,000.")
