"""Fixes: each removes its finding, a stale one changes nothing, no pointer is a server error."""

from __future__ import annotations

import pytest

from distui.builder.changes.fixes import apply_fix
from distui.builder.state.errors import FindingGone
from distui.core import check
from distui.core.document.patch import apply_patch
from tests.core.rules.mistakes import BOX, KEY, MISTAKES, UNIT, planted

AMI = "/distributions/0/amiDistributionConfiguration"
FAST_LAUNCH = "/distributions/0/fastLaunchConfigurations/0"
DATE = "{{ imagebuilder:buildDate }}"


def alone(**ami):
    return {
        "name": "web",
        "distributions": [{"region": "eu-west-1", "amiDistributionConfiguration": ami}],
    }


def fixed(document, rule, pointer):
    """Return the document after the fix, and check that the finding is gone."""
    state, where = apply_fix("fix", f"{rule}:{pointer}", document)
    assert where == pointer
    assert (rule, pointer) not in [(found.rule, found.pointer) for found in check(state)]
    return state


@pytest.mark.parametrize("row", MISTAKES, ids=lambda row: row[0])
def test_a_fix_removes_its_finding(row):
    document = planted(row)
    for found in check(document):
        if found.fix:
            after = apply_patch(document, found.fix)
            remaining = [(f.rule, f.pointer, f.message) for f in check(after)]
            assert (found.rule, found.pointer, found.message) not in remaining


@pytest.mark.parametrize(
    ("rule", "path", "value", "expected"),
    [
        ("L006", f"{AMI}/name", "golden", f"golden-{DATE}"),
        ("L006", f"{AMI}/name", "golden_", f"golden_{DATE}"),
        ("L006", f"{AMI}/name", "golden {{buildDate}}", f"golden {DATE}"),
        ("L041", "/distributions/0/fastLaunchConfigurations/0/maxParallelLaunches", 2, 6),
        ("L103", "/distributions/0/s3ExportConfiguration/diskImageFormat", "vmdk", "VMDK"),
        (
            "L046",
            "/distributions/0/s3ExportConfiguration/roleName",
            "arn:aws:iam::210987654321:role/service/vmimport",
            "vmimport",
        ),
        ("L046", "/distributions/0/s3ExportConfiguration/s3Bucket", "s3://images/a", "images"),
        (
            "L046",
            "/distributions/0/s3ExportConfiguration/s3Bucket",
            "arn:aws:s3:::images",
            "images",
        ),
        ("L046", "/distributions/0/s3ExportConfiguration/s3Prefix", "/golden", "golden"),
        (
            "L031",
            "/distributions/0/ssmParameterConfigurations/0/parameterName",
            "images/golden",
            "/images/golden",
        ),
        (
            "L048",
            f"{BOX}/targetRepository/repositoryName",
            "210987654321.dkr.ecr.eu-west-1.amazonaws.com/team/api",
            "team/api",
        ),
        ("L001", "/name", "golden.image", "golden-image"),
        ("L006", f"{AMI}/name", "a" * 120, f"{'a' * 98}-{DATE}"),
        ("L006", f"{AMI}/name", "{{ imagebuilder:builddate }}", DATE),
        ("L006", f"{AMI}/name", "golden: {imagebuilder:buildDate}", f"golden- {DATE}"),
        ("L007", f"{AMI}/name", f"Centos 7 + x {DATE}", f"Centos 7 - x {DATE}"),
        ("L008", f"{AMI}/name", f"golden:{DATE}", f"golden-{DATE}"),
        ("L011", f"{AMI}/targetAccountIds/0", "4109-8765-4322", "410987654322"),
        ("L011", f"{AMI}/targetAccountIds/0", "arn:aws:iam::410987654322:root", "410987654322"),
        (
            "L031",
            "/distributions/0/ssmParameterConfigurations/0/parameterName",
            "arn:aws:ssm:eu-west-1:210987654321:parameter/imagebuilder/a",
            "/imagebuilder/a",
        ),
        (
            "L031",
            "/distributions/0/ssmParameterConfigurations/0/parameterName",
            "arn:aws:ssm:eu-west-1:210987654321:parameter/golden",
            "golden",
        ),
        (
            "L036",
            "/distributions/0/launchTemplateConfigurations/0/launchTemplateId",
            "lt-0A1B2C3D4E5F67890",
            "lt-0a1b2c3d4e5f67890",
        ),
        (
            "L042",
            "/distributions/0/fastLaunchConfigurations/0/launchTemplate/launchTemplateVersion",
            "latest",
            "$Latest",
        ),
        (
            "L048",
            f"{BOX}/targetRepository/repositoryName",
            "210987654321.dkr.ecr.eu-west-1.amazonaws.com/team/api:latest",
            "team/api",
        ),
        (
            "L048",
            f"{BOX}/containerTags/0",
            "a b",
            "a-b",
        ),
        (
            "L048",
            f"{BOX}/targetRepository/repositoryName",
            "arn:aws:ecr:eu-west-1:210987654321:repository/team/api",
            "team/api",
        ),
        ("L101", f"{AMI}/targetAccountIds/0", 410987654322, "410987654322"),
        ("L101", f"{AMI}/targetAccountIds", 410987654322, ["410987654322"]),
        (
            "L101",
            f"{AMI}/targetAccountIds",
            "410987654322, 310987654322",
            ["410987654322", "310987654322"],
        ),
        ("L101", f"{FAST_LAUNCH}/enabled", "True", True),
        ("L101", f"{FAST_LAUNCH}/maxParallelLaunches", "6", 6),
        ("L101", f"{FAST_LAUNCH}/launchTemplate/launchTemplateVersion", 2, "2"),
        ("L067", f"{AMI}/kmsKeyId", f"{KEY} ", KEY),
        (
            "L067",
            f"{AMI}/kmsKeyId",
            "\u200b1234abcd-12ab-34cd-56ef-1234567890ab",
            "1234abcd-12ab-34cd-56ef-1234567890ab",
        ),
        ("L067", f"{AMI}/kmsKeyId", "alias/images ", "alias/images"),
        ("L067", "/distributions/0/s3ExportConfiguration/roleName", "vmimport\u200b", "vmimport"),
        ("L068", f"{AMI}/description", "a\r\nb", "a\nb"),
    ],
)
def test_it_sets_the_intended_value(rule, path, value, expected):
    document = planted(("", path, value, rule))
    assert fixed(document, rule, path) == planted(("", path, expected, rule))


@pytest.mark.parametrize(
    ("rule", "ami", "place", "left"),
    [
        ("L013", {"targetAccountIds": ["1", "2", "1"]}, "/targetAccountIds/2", ["1", "2"]),
        (
            "L015",
            {"launchPermission": {"userGroups": ["ALL"]}},
            "/launchPermission/userGroups/0",
            ["all"],
        ),
        (
            "L015",
            {"launchPermission": {"userGroups": ["us", "all"]}},
            "/launchPermission/userGroups/0",
            ["all"],
        ),
    ],
)
def test_it_fixes_one_item_of_a_list(rule, ami, place, left):
    after = fixed(alone(**ami), rule, AMI + place)["distributions"][0]
    (value,) = after["amiDistributionConfiguration"].values()
    assert (value if isinstance(value, list) else value["userGroups"]) == left


@pytest.mark.parametrize(
    ("rule", "pointer", "value"),
    [
        ("L060", "/distributions/1/region", ""),
        ("L102", "/name", ""),
        (
            "L048",
            f"{BOX}/targetRepository/repositoryName",
            "public.ecr.aws/a1b2c3d4/myrepo",
        ),
        ("L048", f"{BOX}/targetRepository/repositoryName", "quay.io/team/api:v1"),
        ("L101", f"{FAST_LAUNCH}/maxParallelLaunches", "3"),
        ("L101", f"{FAST_LAUNCH}/accountId", 12345),
        ("L101", f"{AMI}/targetAccountIds", 10**4000),
        ("L059", "/distributions/0/launchTemplateConfigurations/0/launchTemplateName", "web"),
    ],
)
def test_it_offers_no_fix_that_does_not_mend(rule, pointer, value):
    found = [f for f in check(planted(("", pointer, value, rule))) if f.pointer.startswith(pointer)]
    assert found
    assert not any(f.fix for f in found if f.severity == "error")


def test_a_removal_takes_empty_parents_along():
    document = alone(name=f"web {DATE}", launchPermission={"userIds": []})
    (found,) = [found for found in check(document) if found.rule == "L060"]
    assert apply_patch(document, found.fix) == alone(name=f"web {DATE}")


def test_empty_ami_settings_stay():
    document = alone(launchPermission={"userGroups": ["us"]})
    after = fixed(document, "L015", f"{AMI}/launchPermission/userGroups/0")
    assert after == alone()


def test_an_ou_among_the_organizations_is_moved():
    document = alone(name=f"web {DATE}", launchPermission={"organizationArns": [UNIT]})
    after = fixed(document, "L014", f"{AMI}/launchPermission/organizationArns/0")
    permission = {"organizationalUnitArns": [UNIT]}
    assert after == alone(name=f"web {DATE}", launchPermission=permission)


def test_two_entries_of_a_region_are_merged():
    one = alone(name=f"web {DATE}", targetAccountIds=["210987654322"])
    other = alone(name=f"web {DATE}", targetAccountIds=["310987654322"], description="Web")
    document = one | {"distributions": [*one["distributions"], *other["distributions"]]}
    after = fixed(document, "L004", "/distributions/1/region")
    accounts = ["210987654322", "310987654322"]
    assert after == alone(name=f"web {DATE}", targetAccountIds=accounts, description="Web")


def test_entries_that_contradict_each_other_are_not_merged():
    one, other = alone(name=f"web {DATE}"), alone(name=f"api {DATE}")
    document = one | {"distributions": [*one["distributions"], *other["distributions"]]}
    (found,) = [found for found in check(document) if found.rule == "L004"]
    assert not found.fix


def test_it_fixes_only_the_finding_at_the_pointer():
    document = {"name": "web", "distributions": [{"region": "EU-WEST-1"}, {"region": "eu-west-2a"}]}
    after = fixed(document, "L027", "/distributions/1/region")
    assert [one["region"] for one in after["distributions"]] == ["EU-WEST-1", "eu-west-2"]


def test_it_fixes_only_the_finding_of_the_rule():
    document = {"name": "web", "distributions": [{"region": "EU-WEST-1"}]}
    with pytest.raises(FindingGone):
        apply_fix("fix", "L004:/distributions/0/region", document)


def test_it_removes_a_row_of_a_map():
    rows = [["CreatedBy", "me"], ["Team", "a"], ["Team", "b"]]
    after = fixed(alone(amiTags=rows), "L053", f"{AMI}/amiTags/CreatedBy")
    ami = after["distributions"][0]["amiDistributionConfiguration"]
    assert ami["amiTags"] == rows[1:]


@pytest.mark.parametrize(
    "place",
    [
        "",
        ":",
        "L006",
        f"L006:{AMI}",
        f"L999:{AMI}/name",
        "L006:/distributions/9/x",
        "L013:~2",
        "x:y",
    ],
)
def test_an_unknown_finding_is_gone(place):
    with pytest.raises(FindingGone):
        apply_fix("fix", place, alone(name=f"web {DATE}"))


def test_a_path_is_a_bucket_and_a_prefix():
    export = "/distributions/0/s3ExportConfiguration"
    document = planted(("", f"{export}/s3Bucket", "images/golden", "L046"))
    document["distributions"][0]["s3ExportConfiguration"].pop("s3Prefix", None)
    after = fixed(document, "L046", f"{export}/s3Bucket")["distributions"][0]
    assert after["s3ExportConfiguration"]["s3Bucket"] == "images"
    assert after["s3ExportConfiguration"]["s3Prefix"] == "golden"


def test_a_number_as_a_tag_becomes_text():
    after = fixed(alone() | {"tags": {"Stage": 1}}, "L101", "/tags/Stage")
    assert after["tags"] == {"Stage": "1"}
