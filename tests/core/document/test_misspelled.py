"""Findings below misspelled members: all at once, with fixes that apply where they are."""

from __future__ import annotations

from typing import Any

from distui.core import check

CLOUDFORMATION: dict[str, Any] = {
    "Name": "golden",
    "Distributions": [
        {
            "Region": "eu-west-9",
            "AmiDistributionConfiguration": {
                "Name": "golden",
                "LaunchPermissionConfiguration": {"UserIds": ["12"]},
            },
            "launch_template_configuration": [{"launch_template_id": "lt-1", "default": True}],
        }
    ],
}
REGION = "/Distributions/0"
AMI = f"{REGION}/AmiDistributionConfiguration"


def test_every_level_is_checked() -> None:
    found = {(finding.rule, finding.pointer) for finding in check(CLOUDFORMATION)}
    assert found >= {
        ("L059", "/Name"),
        ("L059", "/Distributions"),
        ("L059", f"{REGION}/Region"),
        ("L027", f"{REGION}/Region"),
        ("L059", AMI),
        ("L006", f"{AMI}/Name"),
        ("L059", f"{AMI}/LaunchPermissionConfiguration"),
        ("L011", f"{AMI}/LaunchPermissionConfiguration/UserIds/0"),
        ("L036", f"{REGION}/launch_template_configuration/0/launch_template_id"),
        ("L059", f"{REGION}/launch_template_configuration/0/default"),
    }


def test_fixes_move_members_where_they_are() -> None:
    moves = {
        (step["from"], step["path"])
        for finding in check(CLOUDFORMATION)
        for step in finding.fix
        if step["op"] == "move"
    }
    permission = f"{AMI}/LaunchPermissionConfiguration"
    template = f"{REGION}/launch_template_configuration/0"
    assert moves >= {
        ("/Distributions", "/distributions"),
        (permission, f"{AMI}/launchPermission"),
        (f"{permission}/UserIds", f"{permission}/userIds"),
        (f"{template}/default", f"{template}/setDefaultVersion"),
    }


def test_a_member_is_not_moved_into_a_moved_text() -> None:
    region = {"amiDistributionConfigu": "x", "targetAccountIds": ["1"]}
    found = check({"name": "golden", "distributions": [{"region": "eu-west-1", **region}]})
    assert {(one.rule, one.pointer) for one in found} == {
        ("L059", "/distributions/0/amiDistributionConfigu"),
        ("L101", "/distributions/0/amiDistributionConfigu"),
        ("L059", "/distributions/0/targetAccountIds"),
    }


def test_a_member_never_takes_the_place_of_another_one() -> None:
    document = {"name": "golden", "Name": "x" * 200, "distributions": []}
    found = [(finding.rule, finding.pointer) for finding in check(document)]
    assert ("L059", "/Name") in found
    assert ("L001", "/Name") not in found


def test_the_document_stays_as_it_is() -> None:
    before = repr(CLOUDFORMATION)
    check(CLOUDFORMATION)
    assert repr(CLOUDFORMATION) == before


def test_a_member_moves_to_its_only_free_home() -> None:
    region = {"region": "eu-west-1", "name": "golden-{{ imagebuilder:buildDate }}"}
    (fix,) = (
        found.fix
        for found in check({"name": "golden", "distributions": [region]})
        if found.pointer == "/distributions/0/name"
    )
    assert [step["path"] for step in fix] == [
        "/distributions/0/amiDistributionConfiguration",
        "/distributions/0/amiDistributionConfiguration/name",
    ]
    (found,) = (f for f in check({"distributions": [region]}) if f.rule == "L059")
    assert not found.fix  # it may be the name of the configuration


def test_a_key_moves_to_the_ami_unless_it_has_one() -> None:
    key = "arn:aws:kms:eu-west-1:210987654321:alias/images"
    for ami in ({"name": "golden-{{ imagebuilder:buildDate }}"}, {"kmsKeyId": key}):
        region = {"region": "eu-west-1", "kmsKeyId": key, "amiDistributionConfiguration": ami}
        document = {"name": "golden", "distributions": [region]}
        (found,) = (f for f in check(document) if f.rule == "L059")
        move = {
            "op": "move",
            "from": "/distributions/0/kmsKeyId",
            "path": "/distributions/0/amiDistributionConfiguration/kmsKeyId",
        }
        assert [*found.fix] == ([] if "kmsKeyId" in ami else [move])
