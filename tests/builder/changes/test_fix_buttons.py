"""Buttons of fixes: what they are called, and the button that adds the build date."""

from __future__ import annotations

import re

import pytest

from distui.builder.changes.fixes import apply_fix, apply_to_all, fix_label
from distui.builder.state.errors import InvalidPointer
from distui.core import check
from distui.core.document.patch import apply_patch
from tests.builder.changes.test_fixes import AMI, DATE, alone
from tests.core.rules.mistakes import BOX, UNIT
from tests.factories import make_draft
from tests.html_forms import rendered_post


@pytest.mark.parametrize(
    ("name", "configuration", "expected"),
    [
        (None, "web server", f"web server-{DATE}"),
        (None, "", f"image-{DATE}"),
        (None, "für: <alle>", f"f-r- -alle-{DATE}"),
        (None, "-", f"image-{DATE}"),
        (None, "n" * 128, f"{'n' * 98}-{DATE}"),
        ("golden", "web", f"golden-{DATE}"),
        (f"golden {DATE}", "web", f"golden {DATE}"),
        ("x {{ imagebuilder:builddate }}", "web", f"x {DATE}"),
    ],
)
def test_the_build_date_is_added_to_a_name(name, configuration, expected):
    document = alone(**({} if name is None else {"name": name})) | {"name": configuration}
    state, where = apply_fix("build-date", f"{AMI}/name", document)
    assert where == f"{AMI}/name"
    assert state["distributions"][0]["amiDistributionConfiguration"]["name"] == expected
    errors = [f.rule for f in check(state) if f.pointer == where and f.severity == "error"]
    assert errors == []


@pytest.mark.parametrize(
    "place",
    [
        "",
        "/",
        "x",
        "/name",
        AMI,
        "/distributions/0/region",
        "/distributions/1/amiDistributionConfiguration/name",
        "/distributions/-1/amiDistributionConfiguration/name",
        "/distributions/" + "9" * 5000 + "/amiDistributionConfiguration/name",
        f"{AMI}/name/x",
        f"{AMI}/description",
        f"{BOX}/name",
    ],
)
def test_the_build_date_is_for_ami_names_only(place):
    with pytest.raises(InvalidPointer):
        apply_fix("build-date", place, alone(name="web"))


@pytest.mark.parametrize(
    ("fix", "label"),
    [
        ({"op": "remove", "path": "/x"}, "Remove"),
        (
            {"op": "move", "from": "/a/x", "path": "/a/launchTemplateId"},
            "Rename to launchTemplateId",
        ),
        ({"op": "add", "path": "/x", "value": False}, "Use false"),
        ({"op": "replace", "path": "/x", "value": "eu-west-1"}, "Use eu-west-1"),
        ({"op": "replace", "path": "/x", "value": "a\u200bb"}, "Use a⟨U+200B⟩b"),
        ({"op": "replace", "path": "/x", "value": "x" * 60}, f"Use {'x' * 60}"),
        (
            {"op": "replace", "path": "/x", "value": "a" * 40 + "b" * 40},
            f"Use {'a' * 30}…{'b' * 29}",
        ),
    ],
)
def test_a_button_says_what_the_fix_does(fix, label):
    assert fix_label((fix,)) == label


@pytest.mark.parametrize(
    ("fix", "label"),
    [
        (
            [
                {"op": "add", "path": "/a/b", "value": {}},
                {"op": "move", "from": "/c", "path": "/a/b/c"},
            ],
            "Move to b",
        ),
        (
            [
                {"op": "add", "path": "/a/organizationalUnitArns", "value": [UNIT]},
                {"op": "remove", "path": "/a/organizationArns"},
            ],
            "Move to organizationalUnitArns",
        ),
        (
            [
                {"op": "add", "path": "/distributions/0/x", "value": {}},
                {"op": "remove", "path": "/distributions/1"},
            ],
            "Merge both Regions",
        ),
        ([{"op": "move", "from": "/a/b/tags", "path": "/tags"}], "Move to the top level"),
    ],
)
def test_a_button_of_several_steps_says_what_it_does(fix, label):
    assert fix_label(fix) == label


def test_a_fix_in_all_places_removes_each_duplicate():
    accounts = ["210987654321", "310987654321", *["210987654321"] * 3]
    document = alone(name=f"web {DATE}", targetAccountIds=accounts)
    place = f"{AMI}/targetAccountIds/2"
    (found,) = [f for f in check(document) if f.pointer == place and f.fix]
    state, count = apply_to_all(f"{found.rule}:{place}", document)
    kept = state["distributions"][0]["amiDistributionConfiguration"]["targetAccountIds"]
    assert (kept, count) == (accounts[:2], 3)


@pytest.mark.parametrize(("suffix", "value"), [("", False), (".1", True)])
def test_a_finding_with_two_answers_has_two_fixes(suffix, value):
    document = alone(name=f"web {DATE}")
    row = {"launchTemplateId": "lt-0a1b2c3d4e5f67890"}
    document["distributions"][0]["launchTemplateConfigurations"] = [row]
    place = "/distributions/0/launchTemplateConfigurations/0/setDefaultVersion"
    state, _ = apply_fix("fix", f"L037{suffix}:{place}", document)
    (after,) = state["distributions"][0]["launchTemplateConfigurations"]
    assert after["setDefaultVersion"] is value


def test_a_misspelled_member_can_be_renamed():
    document = alone() | {"Tags": {"Team": "a"}}
    (found,) = [found for found in check(document) if found.rule == "L059"]
    after = apply_patch(document, found.fix)
    assert after["tags"] == {"Team": "a"}
    assert "Tags" not in after


@pytest.fixture
def draft(alice):
    return make_draft(alice, {"name": "golden", "distributions": [{"region": "EU-WEST-1"}]})


def press(client, draft, op, **changes):
    """Post the open Region as rendered, with those changes and that button."""
    page = client.get(f"/drafts/{draft.pk}/", {"open": 0}).content.decode()
    data = rendered_post(page, "workspace")
    for name, value in changes.items():
        data[name] = value
    data["op"] = op
    kind = "application/x-www-form-urlencoded"
    answer = client.post(f"/drafts/{draft.pk}/", data.urlencode(), content_type=kind)
    draft.refresh_from_db()
    return answer


def test_the_button_at_the_field_fixes_it(alice_client, draft):
    page = alice_client.get(f"/drafts/{draft.pk}/", {"open": 0}).content.decode()
    assert 'value="fix:L027:/distributions/0/region" data-action="fix"' in page
    assert 'aria-label="Use eu-west-1: region">Use eu-west-1</button>' in page
    answer = press(alice_client, draft, "fix:L027:/distributions/0/region", name="typed")
    assert answer["Location"].endswith("?open=0#id_distributions-0-region")
    assert draft.document["distributions"] == [{"region": "eu-west-1"}]
    assert draft.name == "typed"


def test_a_double_click_applies_a_fix_once(alice_client, draft):
    page = alice_client.get(f"/drafts/{draft.pk}/", {"open": 0}).content.decode()
    data = rendered_post(page, "workspace")
    data["op"] = "fix:L027:/distributions/0/region"
    first = alice_client.post(f"/drafts/{draft.pk}/", data.dict())
    draft.refresh_from_db()
    revision = draft.revision
    second = alice_client.post(f"/drafts/{draft.pk}/", data.dict())
    draft.refresh_from_db()
    assert (first.status_code, second.status_code) == (302, 302)
    assert draft.document["distributions"] == [{"region": "eu-west-1"}]
    assert draft.revision == revision


def test_a_stale_fix_loses_no_input(alice_client, draft):
    changes = {"distributions-0-region": "eu-west-2", "name": "typed"}
    answer = press(alice_client, draft, "fix:L027:/distributions/0/region", **changes)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This problem no longer exists." in page
    assert 'value="eu-west-2"' in page
    assert 'value="typed"' in page
    assert "EU-WEST-1" in draft.text


@pytest.fixture
def alike(alice):
    """Return a draft of five Regions with the same mistake and the same suggestion."""
    row = {"parameterName": "/x", "amiAccountId": "0123-4567-8901"}
    template = {"launchTemplateId": "lt-0a1b2c3d4e5f67890"}
    codes = ("eu-west-1", "us-east-1", "eu-west-2", "us-west-2", "eu-central-1")
    parts = [
        {
            "region": code,
            "ssmParameterConfigurations": [row],
            "launchTemplateConfigurations": [template],
        }
        for code in codes
    ]
    return make_draft(alice, {"name": "golden", "distributions": parts})


def listed_buttons(page):
    """Return the words and the values of the buttons in the list of findings."""
    found = re.search(r'id="findings-list".*?</ul>', page, re.DOTALL)[0]
    buttons = re.findall(r'<button[^>]* value="([^"]+)"[^>]*>([^<]+)<', found)
    return {words: value for value, words in buttons}


def test_the_list_fixes_all_places_at_once(alice_client, alike):
    page = alice_client.get(f"/drafts/{alike.pk}/").content.decode()
    button = listed_buttons(page)["Use 012345678901 in all 5 places"]
    answer = press(alice_client, alike, button, name="typed")
    assert answer["Location"].endswith("?open=0#findings-summary")
    assert alike.text.count("012345678901") == 5
    assert alike.name == "typed"
    page = alice_client.get(answer["Location"]).content.decode()
    assert "Account ID corrected in 5 places." in page
    assert "Use 012345678901 in all 5 places" not in listed_buttons(page)
    alike.undo(revision=alike.revision)
    assert alike.text.count("0123-4567-8901") == 5
    assert alike.name == "typed"


@pytest.mark.parametrize("path", ["", "review/"])
def test_dismissed_findings_are_not_fixed(alice_client, alike, path):
    found = [one for one in alike.analyze().findings.all if one.rule == "L037"]
    alike.dismiss(found[1:2], reason="", user=alike.owner)
    page = alice_client.get(f"/drafts/{alike.pk}/{path}").content.decode()
    pattern = r'value="(fix-all:L037\.1:[^"]+)"[^>]*>Use true in all 4 places<'
    (button,) = re.findall(pattern, page)
    if path:
        fields = {"op": button, "revision": alike.revision}
        alice_client.post(f"/drafts/{alike.pk}/{path}", fields)
        alike.refresh_from_db()
    else:
        press(alice_client, alike, button)
    values = [
        item["launchTemplateConfigurations"][0].get("setDefaultVersion")
        for item in alike.document["distributions"]
    ]
    assert values == [True, None, True, True, True]


def test_an_invalid_pointer_is_reported(alice_client, draft):
    assert press(alice_client, draft, f"build-date:{AMI}/name").status_code == 422
