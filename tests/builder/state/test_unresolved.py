"""Expressions without a value: a draft keeps them, and its document doesn't."""

from __future__ import annotations

import json
from typing import Any

import pytest

from distui.builder.changes.fixes import apply_fix
from distui.builder.forms.image_declarations import AmiForm
from distui.builder.models import Draft
from tests.documents.imported import read_document

AMI = "/distributions/0/amiDistributionConfiguration"
TEMPLATE = """
Resources:
  X:
    Type: AWS::ImageBuilder::DistributionConfiguration
    Properties:
      Name: golden
      Tags: !Ref Tags
      Distributions:
        - Region: !Ref AWS::Region
          AmiDistributionConfiguration:
            KmsKeyId: !GetAtt Key.Arn
            AmiTags: {Team: images, Stage: !Ref Stage}
            LaunchPermissionConfiguration:
              UserIds: ['012345678901', !Ref Account]
              UserGroups: [!Ref Group]
          S3ExportConfiguration: {RoleName: !Ref Role}
"""
PLACES = {
    "/tags": "Tags",
    "/distributions/0/region": "AWS::Region",
    f"{AMI}/kmsKeyId": "Key.Arn",
    f"{AMI}/amiTags/Stage": "Stage",
    f"{AMI}/launchPermission/userIds/1": "Account",
    f"{AMI}/launchPermission/userGroups/0": "Group",
    "/distributions/0/s3ExportConfiguration/roleName": "Role",
}


@pytest.fixture
def draft() -> Draft:
    return Draft(text=read_document(TEMPLATE).text)


def unresolved(draft: Draft) -> dict[str, str]:
    """Return the messages of the findings of unresolved expressions by their places."""
    return {f.pointer: f.message for f in draft.analyze().findings.errors if f.rule == "L110"}


def test_each_is_the_only_finding_at_its_place(draft: Draft) -> None:
    found = unresolved(draft)
    assert {place: text.partition(" has no value")[0] for place, text in found.items()} == PLACES
    others = [f for f in draft.analyze().findings.all if f.pointer in PLACES and f.rule != "L110"]
    assert others == []


def test_the_document_does_not_have_them(draft: Draft) -> None:
    ami = {"amiTags": {"Team": "images"}, "launchPermission": {"userIds": ["012345678901"]}}
    assert draft.document == {
        "name": "golden",
        "distributions": [
            {
                "region": "",
                "amiDistributionConfiguration": ami,
                "s3ExportConfiguration": {"roleName": ""},
            }
        ],
    }
    assert "unresolved" not in draft.body()


def test_a_transform_is_a_finding_of_the_draft() -> None:
    include = "Fn::Transform: {Name: AWS::Include}"
    text = TEMPLATE.replace("Name: golden", f"Name: golden\n      {include}")
    changed = Draft(text=read_document(text.replace("Team: images", include)).text)
    places = {"/Fn::Transform", f"{AMI}/amiTags/Fn::Transform"}
    assert unresolved(changed).keys() == PLACES.keys() | places
    assert "Fn::Transform" not in changed.body()
    for place in places:
        changed = Draft(text=json.dumps(apply_fix("fix", f"L110:{place}", changed.state)[0]))
    assert unresolved(changed).keys() == PLACES.keys()


@pytest.mark.parametrize(
    "place", [place for place in PLACES if not place.endswith(("region", "roleName"))]
)
def test_a_button_removes_one(draft: Draft, place: str) -> None:
    state, _ = apply_fix("fix", f"L110:{place}", draft.state)
    changed = Draft(text=json.dumps(state))
    assert unresolved(changed).keys() == PLACES.keys() - {place}


def test_a_finding_behind_one_is_fixed_at_its_place() -> None:
    users = "[!Ref Account, '012345678901', '012345678901']"
    text = read_document(TEMPLATE.replace("['012345678901', !Ref Account]", users)).text
    place = f"{AMI}/launchPermission/userIds/2"
    findings = Draft(text=text).analyze().findings.all
    ((found),) = [one for one in findings if one.pointer == place and one.fix]
    state: Any = apply_fix("fix", f"{found.rule}:{place}", Draft(text=text).state)[0]
    ami = state["distributions"][0]["amiDistributionConfiguration"]
    assert ami["launchPermission"]["userIds"] == ["<unresolved: Account>", "012345678901"]


def test_a_required_one_has_no_such_button(draft: Draft) -> None:
    found = {f.pointer: f for f in draft.analyze().findings.errors}["/distributions/0/region"]
    assert found.fixes == ()
    assert found.message == "AWS::Region has no value here. Enter one."


def test_its_control_shows_and_keeps_it(draft: Draft) -> None:
    state: Any = draft.state["distributions"][0]["amiDistributionConfiguration"]
    posted = {"name": "", "kmsKeyId": "<unresolved: Key.Arn>"}
    assert AmiForm(posted, state=state).document()["kmsKeyId"] == "<unresolved: Key.Arn>"
    assert AmiForm({"kmsKeyId": "arn:x"}, state=state).document()["kmsKeyId"] == "arn:x"
    assert "kmsKeyId" not in AmiForm({"kmsKeyId": ""}, state=state).document()


FAST_LAUNCH = """
variable "a" {}
resource "aws_imagebuilder_distribution_configuration" "x" {
  distribution {
    region = "eu-west-1"
    fast_launch_configuration {
      account_id = var.a
      enabled    = var.a
    }
    fast_launch_configuration {
      account_id = "012345678901"
      enabled    = true
    }
  }
}
"""


def test_a_block_of_expressions_leaves_the_next_one_alone() -> None:
    (region,) = Draft(text=read_document(FAST_LAUNCH).text).state["distributions"]
    assert region["fastLaunchConfigurations"] == [
        {"accountId": "<unresolved: var.a>", "enabled": "<unresolved: var.a>"},
        {"accountId": "012345678901", "enabled": True},
    ]


@pytest.mark.parametrize("region", ["", "Region: eu-west-1, "])
def test_a_member_below_an_unresolved_item_is_kept(region: str) -> None:
    users = "LaunchPermissionConfiguration: {UserIds: [!Ref X, !Ref Y, '012345678901']}"
    item = f"{{{region}AmiDistributionConfiguration: {{KmsKeyId: !Ref K, {users}}}}}"
    text = f"Name: a\nDistributions: [!If [C, !Ref A, !Ref B], !Ref D, {item}]\n"
    state: Any = Draft(text=read_document(text).text).state["distributions"]
    assert state[1] == {"region": "<unresolved: D>"}
    ami = state[2]["amiDistributionConfiguration"]
    assert ami["kmsKeyId"] == "<unresolved: K>"
    expected = ["<unresolved: X>", "<unresolved: Y>", "012345678901"]
    assert ami["launchPermission"]["userIds"] == expected


def test_a_name_without_value_shows_its_expression(alice: Any) -> None:
    text = read_document(TEMPLATE.replace("golden", "!Ref Name")).text
    draft = Draft.objects.create(owner=alice, text=text)
    copy = draft.duplicate(alice)
    assert (draft.name, copy.name, copy.text) == ("Name", "Name", draft.text)


def test_a_map_with_only_numbers_as_keys_stays_a_map() -> None:
    numbers = "{'0': !Ref A, '1': !Ref B}"
    text = TEMPLATE.replace("Tags: !Ref Tags", f"Tags: {numbers}")
    text = text.replace("{Team: images, Stage: !Ref Stage}", numbers)
    state: Any = Draft(text=read_document(text).text).state
    expected = {"0": "<unresolved: A>", "1": "<unresolved: B>"}
    assert state["tags"] == expected
    assert state["distributions"][0]["amiDistributionConfiguration"]["amiTags"] == expected


@pytest.mark.parametrize(
    ("regions", "kept"),
    [
        ("!Ref All", ["All"]),
        ("[{Region: eu-west-1}, !Ref More]", ["", "More"]),
        ("[eu-west-1, !Ref More]", ["", "More"]),
    ],
)
def test_regions_may_be_unresolved(regions, kept):
    template = TEMPLATE.partition("      Distributions:")[0] + f"      Distributions: {regions}\n"
    imported = read_document(template)
    assert "<unresolved" not in " ".join(imported.notices)
    found = [f for f in Draft(text=imported.text).analyze().findings.errors if f.rule == "L110"]
    messages = {f.pointer: f.message.partition(" has no value")[0] for f in found}
    places = {f"/distributions/{n}/region": one for n, one in enumerate(kept) if one}
    assert messages == places | {"/tags": "Tags"}
