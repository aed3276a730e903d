"""Fixes: each removes its finding, a stale one changes nothing, no pointer is a server error."""

from __future__ import annotations

import copy

import pytest
from hypothesis import HealthCheck, given, settings

from distui.builder.changes.fixes import apply_fix, apply_patch, fix_label
from distui.builder.forms.declarations import RequestForm
from distui.builder.models import Draft
from distui.builder.state.errors import FindingGone, InvalidPointer
from distui.core import check
from tests.core.rules.mistakes import EVERYTHING, MISTAKES, planted
from tests.html_forms import rendered_post
from tests.strategies import documents

AMI = "/distributions/0/amiDistributionConfiguration"
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


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_every_fix_can_be_applied(document):
    for found in check(document):
        if found.fix:
            before = copy.deepcopy(document)
            after, _ = apply_fix("fix", f"{found.rule}:{found.pointer}", document)
            assert document == before
            assert RequestForm(state=after).document() is not None
            assert fix_label(found.fix)


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
            "/distributions/0/containerDistributionConfiguration/targetRepository/repositoryName",
            "210987654321.dkr.ecr.eu-west-1.amazonaws.com/team/api",
            "team/api",
        ),
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
            {"launchPermission": {"userGroups": ["us"]}},
            "/launchPermission/userGroups/0",
            [],
        ),
    ],
)
def test_it_fixes_one_item_of_a_list(rule, ami, place, left):
    after = fixed(alone(**ami), rule, AMI + place)["distributions"][0]
    (value,) = after["amiDistributionConfiguration"].values()
    assert (value if isinstance(value, list) else value["userGroups"]) == left


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
        "/distributions/0/containerDistributionConfiguration/name",
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
            {"op": "move", "from": "/x", "path": "/a/launchTemplateId"},
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


def test_a_misspelled_member_can_be_renamed():
    document = EVERYTHING | {"Tags": {"Team": "a"}}
    (found,) = [found for found in check(document) if found.rule == "L059"]
    after = apply_patch(document, found.fix)
    assert after["tags"] == {"Team": "a"}
    assert "Tags" not in after


@pytest.fixture
def draft(alice):
    state = '{"name": "golden", "distributions": [{"region": "EU-WEST-1"}]}'
    return Draft.objects.create(owner=alice, text=state)


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


def test_an_invalid_pointer_is_reported(alice_client, draft):
    assert press(alice_client, draft, f"build-date:{AMI}/name").status_code == 422
