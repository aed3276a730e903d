"""A draft opens whichever repairs are undone, and its untouched form changes nothing."""

from __future__ import annotations

import json
from contextlib import suppress

from distui.builder.models import Draft
from distui.builder.state.importer import read_documents
from distui.core.document.parse_error import ParseError
from distui.core.pointers import value_at
from tests.documents.public_cases import public_cases
from tests.html_forms import rendered_post

MANY_REPAIRS = """\
Name: 12
description: ~
tags: [{Key: a, Value: 1}]
distributions:
  - region: eu-west-1
    ami_distribution_configuration:
      target_account_ids: 012345678901
      launchPermission: {userIds: [~, 012345678901, ~], user_groups: all}
      amiTags: [{Key: a, Value: ~}]
    fast_launch_configurations: {enabled: "yes", maxParallelLaunches: "6"}
  - ~
"""
REGION_AS_TEXT = "name: x\nDistributions: eu-west-1\n"
COMMENTS = '{"_note": "", "name": "", "distributions": [{"region": "x", "//": null}], "tags": []}'


def with_undone_repairs():
    """Return each configuration of the cases that has repairs, with all of them undone."""
    texts = [MANY_REPAIRS, REGION_AS_TEXT, COMMENTS]
    for content in [*(case.path.read_bytes() for case in public_cases()), *texts]:
        with suppress(ParseError):
            found = read_documents(content)
            keys = [f"{i}.{c.key}" for i, one in enumerate(found) for c in one.changes if c.key]
            yield from read_documents(content, keys) if keys else ()


def test_drafts_with_all_repairs_undone_open_and_keep_their_text(alice, alice_client):
    imports = [*with_undone_repairs()]
    assert len(imports) > 6
    for imported in imports:
        draft = Draft.objects.create(owner=alice, text=imported.text)
        url = f"/drafts/{draft.pk}/?open=0"
        post = rendered_post(alice_client.get(url).content.decode(), "workspace")
        post["op"] = "autosave"
        assert alice_client.post(url, post).status_code < 400
        draft.refresh_from_db()
        assert json.loads(draft.text) == {"distributions": []} | json.loads(imported.text)


def test_a_repair_behind_an_expression_keeps_its_place():
    ami = {"TargetAccountIds": [{"Ref": "X"}, 12]}
    properties = {"Name": "a", "Distributions": [{"AmiDistributionConfiguration": ami}]}
    text = json.dumps(properties)
    ((change,),) = [one.changes for one in read_documents(text)]
    (undone,) = read_documents(text, [f"0.{change.key}"])
    (region,) = undone.state["distributions"]
    accounts = region["amiDistributionConfiguration"]["targetAccountIds"]
    assert accounts == ["<unresolved: X>", 12]


def test_the_other_value_of_a_duplicate_key_can_be_taken():
    text = '{"name": "a", "name": "b", "distributions": [{"region": "x", "region": "y"}]}'
    (imported,) = read_documents(text)
    assert imported.state == {"name": "b", "distributions": [{"region": "y"}]}
    (undone,) = read_documents(text, [f"0.{change.key}" for change in imported.changes])
    assert undone.state == {"name": "a", "distributions": [{"region": "x"}]}


def test_undone_repairs_have_the_values_of_the_text():
    keys = [f"0.{change.key}" for change in read_documents(MANY_REPAIRS)[0].changes]
    (imported,) = read_documents(MANY_REPAIRS, keys)
    assert imported.state == {
        "Name": "12",
        "tags": [{"Key": "a", "Value": "1"}],
        "distributions": [
            {
                "region": "eu-west-1",
                "ami_distribution_configuration": {
                    "target_account_ids": "012345678901",
                    "launchPermission": {
                        "userIds": ["012345678901"],
                        "user_groups": "all",
                    },
                    "amiTags": [{"Key": "a", "Value": None}],
                },
                "fast_launch_configurations": {"enabled": "yes", "maxParallelLaunches": "6"},
            }
        ],
    }


def test_one_undone_repair_leaves_the_others():
    changes = read_documents(MANY_REPAIRS)[0].changes
    key = next(change.key for change in changes if "user_groups" in change.message)
    (imported,) = read_documents(MANY_REPAIRS, [f"0.{key}"])
    permission = value_at(imported.state, "/distributions/0/amiDistributionConfiguration")
    assert permission["launchPermission"] == {"userIds": ["012345678901"], "user_groups": ["all"]}
