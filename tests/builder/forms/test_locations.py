"""Labels of places in the document."""

from __future__ import annotations

import pytest

from distui.builder.forms.locations import item_label_for, location

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
def test_a_location_has_the_region_and_the_label(pointer, name):
    assert location(ITEMS, pointer) == name


@pytest.mark.parametrize(
    ("pointer", "label"),
    [
        ("/tags/0", "Tag"),
        (f"/distributions/0/{AMI}/amiTags/2", "Tag"),
        ("/distributions/1", "Region"),
        ("/distributions/0/launchTemplateConfigurations/0", "Launch template"),
    ],
)
def test_a_row_has_a_label_in_the_singular(pointer, label):
    assert item_label_for(pointer) == label
