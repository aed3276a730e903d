"""ListDistributionConfigurations: pages, filters and summaries."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.sandbox.calls import create

# A Region that no other test uses.
REGION = "sa-east-1"


@pytest.fixture(scope="module")
def names(connect: Any) -> list[str]:
    """Create 30 configurations; return their names in order of creation."""
    client = connect("imagebuilder", region=REGION)
    names = [f"Listed {number:02}" for number in range(30)]
    for name in names:
        output = {"amiDistributionConfiguration": {"description": name}}
        distributions = [{"region": region} | output for region in ("eu-west-1", "us-east-1")]
        document = {"name": name, "distributions": distributions, "tags": {"for": "listing"}}
        create(client, document | {"clientToken": str(uuid.uuid4())})
    return names


@pytest.fixture
def list_page(connect: Any, names: list[str]) -> Any:
    client = connect("imagebuilder", region=REGION)

    def call(**parameters: Any) -> tuple[list[dict[str, Any]], str | None]:
        response = client.list_distribution_configurations(**parameters)
        return response["distributionConfigurationSummaryList"], response.get("nextToken")

    return call


def name_filter(*values: str) -> dict[str, Any]:
    return {"filters": [{"name": "name", "values": list(values)}]}


def test_the_default_page_size_is_25(list_page, names):
    first, token = list_page()
    second, end = list_page(nextToken=token)
    assert [one["name"] for one in first + second] == names
    assert (len(first), end) == (25, None)


def test_boto3s_paginator_finds_all(connect, names):
    client = connect("imagebuilder", region=REGION)
    pages = client.get_paginator("list_distribution_configurations").paginate(
        PaginationConfig={"PageSize": 7}
    )
    sizes = [len(page["distributionConfigurationSummaryList"]) for page in pages]
    assert sizes == [7, 7, 7, 7, 2]


def test_the_maximum_page_size_is_100(list_page, names):
    assert len(list_page(maxResults=100)[0]) == 30
    with pytest.raises(ClientError, match=r"InvalidParameterValueException.*'maxResults'"):
        list_page(maxResults=101)


def test_a_summary_has_regions_but_no_distributions(list_page):
    summary = list_page(maxResults=1)[0][0]
    assert summary["regions"] == ["eu-west-1", "us-east-1"]
    assert summary["tags"] == {"for": "listing"}
    assert summary.keys() == {"arn", "name", "dateCreated", "dateUpdated", "tags", "regions"}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["Listed 07"], ["Listed 07"]),
        (["listed 07"], []),
        (["Listed-07"], []),
        (["Listed 07", "Listed 09"], ["Listed 07", "Listed 09"]),
        (["Listed 2*"], [f"Listed 2{n}" for n in range(10)]),
        (["*sted 13*"], ["Listed 13"]),
        (["sted*"], []),
    ],
)
def test_the_name_filter_is_exact_except_wildcards(list_page, values, expected):
    assert [one["name"] for one in list_page(**name_filter(*values))[0]] == expected


def test_other_filters_are_rejected(list_page):
    with pytest.raises(ClientError, match=r"InvalidParameterValueException.*'filters\[0\].name'"):
        list_page(filters=[{"name": "owner", "values": ["x"]}])


@pytest.mark.parametrize("token", ["made up", "bm90IGpzb24=", "WzEsMl0=", "e30="])
def test_an_invalid_token_is_rejected(list_page, token):
    with pytest.raises(ClientError, match=r"InvalidPaginationTokenException"):
        list_page(nextToken=token)
