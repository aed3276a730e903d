"""Fixes: each mends what it promises, a stale one does nothing, and no place is an error page."""

from __future__ import annotations

import copy

import pytest
from hypothesis import HealthCheck, given, settings

from distui.builder.changes.edits import InvalidPointer
from distui.builder.changes.fixes import FindingGone, apply_fix, apply_patch, fix_label
from distui.builder.forms.declarations import RequestForm
from distui.builder.models import Draft
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


def mended(document, rule, pointer):
    """The document after the fix, which leaves nothing of the finding."""
    state, where = apply_fix("fix", f"{rule}:{pointer}", document)
    assert where == pointer
    assert (rule, pointer) not in [(found.rule, found.pointer) for found in check(state)]
    return state


@pytest.mark.parametrize("row", MISTAKES, ids=lambda row: row[0])
def test_a_fix_leaves_nothing_of_its_finding(row):
    document = planted(row)
    for found in check(document):
        if found.fix:
            after = apply_patch(document, found.fix)
            told = [(f.rule, f.pointer, f.message) for f in check(after)]
            assert (found.rule, found.pointer, found.message) not in told


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_every_fix_of_a_draft_can_be_pressed(document):
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
def test_it_puts_what_was_meant(rule, path, value, expected):
    document = planted(("", path, value, rule))
    assert mended(document, rule, path) == planted(("", path, expected, rule))


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
def test_it_mends_one_item_of_a_list(rule, ami, place, left):
    after = mended(alone(**ami), rule, AMI + place)["distributions"][0]
    (value,) = after["amiDistributionConfiguration"].values()
    assert (value if isinstance(value, list) else value["userGroups"]) == left


def test_of_two_findings_of_a_rule_it_mends_the_one_that_was_meant():
    document = {"name": "web", "distributions": [{"region": "EU-WEST-1"}, {"region": "eu-west-2a"}]}
    after = mended(document, "L027", "/distributions/1/region")
    assert [one["region"] for one in after["distributions"]] == ["EU-WEST-1", "eu-west-2"]


def test_of_two_rules_at_a_place_it_takes_the_one_that_was_meant():
    document = {"name": "web", "distributions": [{"region": "EU-WEST-1"}]}
    with pytest.raises(FindingGone):
        apply_fix("fix", "L004:/distributions/0/region", document)


def test_of_a_map_that_is_held_as_rows_it_takes_the_row():
    rows = [["CreatedBy", "me"], ["Team", "a"], ["Team", "b"]]
    after = mended(alone(amiTags=rows), "L053", f"{AMI}/amiTags/CreatedBy")
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
def test_a_finding_that_there_is_not_is_gone(place):
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
def test_the_build_date_goes_nowhere_else(place):
    with pytest.raises(InvalidPointer):
        apply_fix("build-date", place, alone(name="web"))


@pytest.mark.parametrize(
    ("fix", "said"),
    [
        ({"op": "remove", "path": "/x"}, "Remove it"),
        (
            {"op": "move", "from": "/x", "path": "/a/launchTemplateId"},
            "Rename it to launchTemplateId",
        ),
        ({"op": "add", "path": "/x", "value": False}, "Use false"),
        ({"op": "replace", "path": "/x", "value": "eu-west-1"}, "Use eu-west-1"),
        ({"op": "replace", "path": "/x", "value": "a\u200bb"}, "Use a⟨U+200B⟩b"),
        ({"op": "replace", "path": "/x", "value": "x" * 41}, "Correct it"),
    ],
)
def test_a_button_says_what_it_does(fix, said):
    assert fix_label((fix,)) == said


def test_a_misspelt_member_can_be_moved():
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
    """Post the open Region as it is rendered, changed, with that button."""
    page = client.get(f"/drafts/{draft.pk}/", {"open": 0}).content.decode()
    data = rendered_post(page, "workspace")
    for name, value in changes.items():
        data[name] = value
    data["op"] = op
    kind = "application/x-www-form-urlencoded"
    answer = client.post(f"/drafts/{draft.pk}/", data.urlencode(), content_type=kind)
    draft.refresh_from_db()
    return answer


def test_the_button_at_the_field_mends_it(alice_client, draft):
    page = alice_client.get(f"/drafts/{draft.pk}/", {"open": 0}).content.decode()
    assert 'value="fix:L027:/distributions/0/region" data-action="fix"' in page
    assert 'aria-label="Use eu-west-1: region">Use eu-west-1</button>' in page
    answer = press(alice_client, draft, "fix:L027:/distributions/0/region", name="typed")
    assert answer["Location"].endswith("?open=0#id_distributions-0-region")
    assert draft.document["distributions"] == [{"region": "eu-west-1"}]
    assert draft.name == "typed"


def test_a_fix_that_is_pressed_twice_is_applied_once(alice_client, draft):
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


def test_a_fix_that_comes_too_late_loses_nothing(alice_client, draft):
    changes = {"distributions-0-region": "eu-west-2", "name": "typed"}
    answer = press(alice_client, draft, "fix:L027:/distributions/0/region", **changes)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "is not there any more" in page
    assert 'value="eu-west-2"' in page
    assert 'value="typed"' in page
    assert "EU-WEST-1" in draft.text


def test_a_place_that_there_is_not_is_told(alice_client, draft):
    assert press(alice_client, draft, f"build-date:{AMI}/name").status_code == 422
