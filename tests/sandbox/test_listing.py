"""Listing distribution configurations: pages, filters and what a summary says."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.sandbox.calls import created

# A home Region that no other test uses.
REGION = "sa-east-1"


@pytest.fixture(scope="module")
def names(connect: Any) -> list[str]:
    """The names of 30 configurations, in the order in which they were created."""
    client = connect("imagebuilder", region=REGION)
    names = [f"Listed {number:02}" for number in range(30)]
    for name in names:
        output = {"amiDistributionConfiguration": {"description": name}}
        distributions = [{"region": region} | output for region in ("eu-west-1", "us-east-1")]
        document = {"name": name, "distributions": distributions, "tags": {"for": "listing"}}
        created(client, document | {"clientToken": str(uuid.uuid4())})
    return names


@pytest.fixture
def listed(connect: Any, names: list[str]) -> Any:
    client = connect("imagebuilder", region=REGION)

    def listed_(**parameters: Any) -> tuple[list[dict[str, Any]], str | None]:
        answer = client.list_distribution_configurations(**parameters)
        return answer["distributionConfigurationSummaryList"], answer.get("nextToken")

    return listed_


def named(*values: str) -> dict[str, Any]:
    return {"filters": [{"name": "name", "values": list(values)}]}


def test_a_page_has_25_where_nobody_asks_for_another_size(listed, names):
    first, token = listed()
    second, end = listed(nextToken=token)
    assert [one["name"] for one in first + second] == names
    assert (len(first), end) == (25, None)


def test_the_paginator_of_boto3_finds_all(connect, names):
    client = connect("imagebuilder", region=REGION)
    pages = client.get_paginator("list_distribution_configurations").paginate(
        PaginationConfig={"PageSize": 7}
    )
    sizes = [len(page["distributionConfigurationSummaryList"]) for page in pages]
    assert sizes == [7, 7, 7, 7, 2]


def test_a_page_of_100_is_the_largest(listed, names):
    assert len(listed(maxResults=100)[0]) == 30
    with pytest.raises(ClientError, match=r"InvalidParameterValueException.*'maxResults'"):
        listed(maxResults=101)


def test_a_summary_says_regions_and_tags_but_no_distributions(listed):
    summary = listed(maxResults=1)[0][0]
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
def test_the_name_filter_is_exact_but_for_its_wildcards(listed, values, expected):
    assert [one["name"] for one in listed(**named(*values))[0]] == expected


def test_other_filters_are_refused(listed):
    with pytest.raises(ClientError, match=r"InvalidParameterValueException.*'filters\[0\].name'"):
        listed(filters=[{"name": "owner", "values": ["x"]}])


@pytest.mark.parametrize("token", ["made up", "bm90IGpzb24=", "WzEsMl0=", "e30="])
def test_a_token_that_no_page_gave_is_refused(listed, token):
    with pytest.raises(ClientError, match=r"InvalidPaginationTokenException"):
        listed(nextToken=token)
