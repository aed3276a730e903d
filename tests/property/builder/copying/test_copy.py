"""Copies of a Region of any document."""

from __future__ import annotations

import copy

from hypothesis import given
from hypothesis import strategies as st

from distui.builder.copying.copy import copy_region
from distui.builder.copying.source import region_code
from distui.core.reference import regions
from tests.strategies import documents

ACCOUNT = "310987654321"


REPLICATED = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/mrk-1234abcd12ab34cd56ef1234567890ab"


@given(documents(), st.data())
def test_copying_changes_only_the_region_and_key(document, data):
    before = copy.deepcopy(document)
    items = document.setdefault("distributions", [])
    items.append({"amiDistributionConfiguration": {"kmsKeyId": REPLICATED}})
    before["distributions"] = copy.deepcopy(items)
    index = data.draw(st.integers(0, len(items) - 1))
    selected = data.draw(st.lists(st.sampled_from([*regions.names()]), max_size=5))
    made = copy_region(document, index, selected)
    assert document == before
    count = len(made["distributions"]) - len(items)
    new = made["distributions"][index + 1 : index + 1 + count]
    rest = made["distributions"][: index + 1] + made["distributions"][index + 1 + count :]
    assert rest == items
    existing = {region_code(item) for item in items}
    assert [item["region"] for item in new] == [
        region for region in dict.fromkeys(selected) if region not in existing
    ]
    for item in new:
        assert without_region_and_key(item) == without_region_and_key(items[index])


def without_region_and_key(distribution):
    """Return the distribution without its Region and its KMS key."""
    rest = {name: value for name, value in distribution.items() if name != "region"}
    if ami := rest.get("amiDistributionConfiguration"):
        ami = {name: value for name, value in ami.items() if name != "kmsKeyId"}
        rest["amiDistributionConfiguration"] = ami
    return rest
