"""The team's file of rules holds everywhere: in the editor, the review, submitting and lint."""

from __future__ import annotations

import json
from contextlib import nullcontext
from datetime import date, timedelta
from functools import partial
from io import StringIO

import pytest
from django.core.checks import run_checks
from django.core.management import call_command

from distui.builder.changes.fixes import apply_fix, apply_to_all
from distui.builder.models import Draft
from distui.builder.state.errors import FindingGone
from distui.core.document.unresolved import marked
from distui.submissions.ledger.create import HasErrors, create_submission
from tests.factories import make_draft, make_target

DOCUMENT = {
    "name": "public",
    "distributions": [
        {"region": "eu-west-1", "amiDistributionConfiguration": {"launchPermission": {}}},
        {
            "region": "eu-west-2",
            "amiDistributionConfiguration": {"launchPermission": {"userGroups": ["all"]}},
        },
    ],
}
GROUPS = "/distributions/1/amiDistributionConfiguration/launchPermission/userGroups"
WAIVER = """
[[waivers]]
rule = "L016"
name = "{name}"
pointer = "/distributions/*"
reason = "Public on purpose"
person = "bob"
expires = {expires}
"""


@pytest.fixture
def team(settings, tmp_path):
    """Return a function that makes a text the team's file."""

    def write(text):
        path = tmp_path / f"{len([*tmp_path.iterdir()])}.toml"
        path.write_text(text)
        settings.DISTUI_RULES_FILE = str(path)

    return write


def findings(document):
    found = Draft(text=json.dumps(document)).analyze().findings.all
    return {(one.rule, one.severity.value, one.pointer) for one in found}


def test_settings_are_in_the_analysis(team):
    before = findings(DOCUMENT)
    team("[house-rules]\nnever-public = true\nregions = ['eu-west-1']\n[severities]\nL016 = 'off'")
    assert before - findings(DOCUMENT) == {("L016", "warning", GROUPS)}
    assert findings(DOCUMENT) - before == {
        ("H005", "error", f"{GROUPS}/0"),
        ("H002", "error", "/distributions/1/region"),
    }
    team("[severities]\nL016 = 'error'")
    assert ("L016", "error", GROUPS) in findings(DOCUMENT)


@pytest.mark.parametrize("off", ["", "[severities]\nL037 = 'off'", WAIVER])
def test_a_button_fixes_only_what_its_page_reports(team, off):
    rows = [{"launchTemplateId": "lt-0a1b2c3d4e5f67890"}]
    region = {"region": "eu-west-1", "launchTemplateConfigurations": rows}
    document = {"name": "web", "distributions": [region]}
    place = "L037:/distributions/0/launchTemplateConfigurations/0/setDefaultVersion"
    team(off.format(name="web", expires="2999-01-01").replace("L016", "L037"))
    for press in (apply_to_all, partial(apply_fix, "fix")):
        with pytest.raises(FindingGone) if off else nullcontext():
            press(place, document)


def test_a_required_tag_may_be_unresolved_in_a_draft(team):
    team(
        "[house-rules]\nrequired-tags = {Owner = 'x', Team = 'x'}\n"
        "required-ami-tags = {Owner = 'x'}"
    )
    ami = {"amiTags": {"Owner": marked("var.owner")}}
    document = {
        "name": "golden",
        "tags": {"Owner": marked("var.owner")},
        "distributions": [{"region": "eu-west-1", "amiDistributionConfiguration": ami}],
    }
    found = {one for one in findings(document) if one[0] in ("H006", "H007", "L110")}
    assert found == {
        ("H006", "error", "/tags"),  # Team
        ("L110", "error", "/tags/Owner"),
        ("L110", "error", "/distributions/0/amiDistributionConfiguration/amiTags/Owner"),
    }


def test_lint_finds_what_the_analysis_finds(team, tmp_path):
    team("[house-rules]\nnever-public = true\nname-pattern = 'x.*'\n[severities]\nL016 = 'info'")
    file = tmp_path / "public.json"
    file.write_text(json.dumps(DOCUMENT))
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("lint", str(file), format="json", stdout=out)
    linted = json.loads(out.getvalue())["findings"]
    assert {(f["rule"], f["severity"], f["pointer"]) for f in linted} == findings(DOCUMENT)


@pytest.mark.parametrize(
    ("name", "days", "expected"),
    [
        ("public", 0, set()),
        ("pub*", 9, set()),
        ("public", -1, {("L016", "warning", GROUPS), ("L111", "warning", GROUPS)}),
        ("other", 9, {("L016", "warning", GROUPS)}),
    ],
)
def test_a_waiver_holds_until_its_date(team, name, days, expected):
    team(WAIVER.format(name=name, expires=date.today() + timedelta(days)))
    assert {one for one in findings(DOCUMENT) if one[0] in ("L016", "L111", "L112")} == expected


@pytest.mark.parametrize(("name", "is_unused"), [("private", True), ("p*", False)])
def test_an_unused_waiver_of_one_name_is_a_finding(team, name, is_unused):
    team(WAIVER.format(name=name, expires="2999-01-01"))
    private = DOCUMENT | {"name": "private", "distributions": DOCUMENT["distributions"][:1]}
    assert (("L112", "warning", "/name") in findings(private)) is is_unused


def test_no_setting_hides_a_missing_value(team):
    team("[severities]\nL110 = 'off'")
    assert ("L110", "error", "/name") in findings(DOCUMENT | {"name": "<unresolved: var.x>"})


@pytest.mark.django_db(transaction=True)
def test_a_house_rule_bars_submitting(team, alice, alice_client):
    team("[house-rules]\nnever-public = true")
    draft = make_draft(alice, DOCUMENT)
    with pytest.raises(HasErrors) as refused:
        create_submission(draft=draft, target=make_target(), user=alice, token=draft.client_token)
    assert "H005" in {found.rule for found in refused.value.findings}
    for page in ("?open=1", "review/"):
        text = alice_client.get(f"/drafts/{draft.pk}/{page}").content.decode()
        assert "AMIs must not be public." in text
        assert 'href="/rules/#H005"' in text
    response = json.dumps({"distributionConfiguration": DOCUMENT})
    imported = alice_client.post("/drafts/import/", {"document": response}).content.decode()
    assert "Findings in the draft: 1 error" in imported


def test_the_pages_say_what_is_in_force(team, alice_client, admin_client):
    text = "[house-rules]\nregions = ['eu-west-1']\nrequired-tags = {Cost = '[0-9]+'}\n"
    text += "[severities]\nL056 = 'off'\n" + WAIVER.format(name="a", expires="2999-01-01")
    team(text + WAIVER.format(name="b", expires="2020-01-01"))
    for page in (alice_client.get("/rules/"), admin_client.get("/admin/")):
        shown = page.content.decode()
        assert "Allowed Regions: <code>eu-west-1</code>" in shown
        assert "Required tags: <code>Cost = [0-9]+</code>" in shown
        assert shown.count("“Public on purpose”, bob, until") == 2
        assert "Expired" in shown
    assert ">Off<" in alice_client.get("/rules/").content.decode()


def test_a_broken_file_is_one_sentence(team):
    team("[house-rules]\nnever-publik = true")
    (error,) = run_checks(tags=["rules"])
    assert error.is_serious()
    assert error.msg.endswith(".toml: house-rules.never-publik isn't a known setting.")
    team(WAIVER.format(name="a", expires="2020-01-01"))
    (warning,) = run_checks(tags=["rules"])
    assert warning.msg == "The waiver for L016 by bob expired on 2020-01-01."
