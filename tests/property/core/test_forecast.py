"""Forecasts of any document, and of any JSON."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from distui.core.forecast import forecast
from tests.strategies import any_json, documents

MOMENT = datetime(2022, 10, 26, 22, 30, 5, 912619, tzinfo=UTC)


AMI, CONTAINER = "amiDistributionConfiguration", "containerDistributionConfiguration"


@given(documents())
def test_each_region_and_target_account_has_an_ami(document):
    found = forecast(document, MOMENT)
    assert len(found.regions) == len(document["distributions"])
    expected = 0
    for part, region in zip(document["distributions"], found.regions, strict=True):
        only_container = CONTAINER in part and AMI not in part
        settings = set(part) - {"region", CONTAINER}
        targets = part.get(AMI, {}).get("targetAccountIds", [])
        amis = 1 + len(set(targets)) if settings and not only_container else 0
        assert len(list(region.amis)) == amis
        expected += amis
    assert found.totals.amis == expected


@given(any_json | st.fixed_dictionaries({"distributions": st.lists(any_json)}))
def test_it_accepts_any_json(value):
    forecast(value, MOMENT).totals  # noqa: B018
