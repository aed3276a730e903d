"""What a place in the document is called wherever it is not seen beside its control."""

from __future__ import annotations

import pytest

from distui.builder.forms.labels import location

ITEMS = [{"region": "eu-west-1"}, {}]
AMI = "amiDistributionConfiguration"


@pytest.mark.parametrize(
    ("pointer", "name"),
    [
        ("", ""),
        ("/name", "Name"),
        ("/tags/team", "Tags"),
        ("/tags/name", "Tags"),
        ("/unknown/name", ""),
        ("/distributions", "Regions"),
        ("/distributions/0", "eu-west-1"),
        ("/distributions/0/region", "eu-west-1, Region"),
        (f"/distributions/0/{AMI}/launchPermission/userIds/3", "eu-west-1, Accounts"),
        ("/distributions/0/unknown/name", "eu-west-1"),
        ("/distributions/1/s3ExportConfiguration/roleName", "Region 2, Role name"),
        ("/distributions/2/region", "Region"),
    ],
)
def test_a_place_is_called_by_its_region_and_by_the_label_of_its_control(pointer, name):
    assert location(ITEMS, pointer) == name
