"""Help at a control: AWS's description, the resolved AMI name, labels of empty choices."""

from __future__ import annotations

import re

import pytest
from django.template.loader import render_to_string
from django.utils.html import escape

from distui.builder.finding_groups import LocatedFinding, group_findings
from distui.builder.forms.declarations import RequestForm
from distui.builder.templatetags.field_help import fix_all_buttons
from distui.core import Finding, Severity, check
from distui.core.schema import shapes

PLACE = "id_distributions-0-amiDistributionConfiguration-name"


def page(*, name=None, **members):
    """Render the form of a document with one Region, the AMI name and those members."""
    ami = {} if name is None else {"name": name}
    region = {"region": "eu-west-1", "amiDistributionConfiguration": ami} | members
    state = {"name": "web", "distributions": [region]}
    form = RequestForm(state=state, findings=check(state))
    return render_to_string("builder/forms/_shape.html", {"parts": form.parts, "where": ""})


def below(html):
    """Return what is below the AMI name."""
    return re.search(rf'<div class="resolved" id="{PLACE}_resolved">(.*?)</div>', html, re.DOTALL)[
        1
    ]


def test_each_control_has_the_service_models_description():
    html = page(s3ExportConfiguration={}, fastLaunchConfigurations=[{"enabled": True}])
    docs = re.findall(
        r'<details class="model-doc"><summary title="Help[^"]*" aria-label=".*?: (\w+)"></summary>'
        r"(.*?)<",
        html,
    )
    assert len(docs) >= len(re.findall(r"<label ", html))
    assert html.count(
        f'title="Help from the AWS SDK model, botocore {shapes.botocore_version()}"'
    ) == len(docs)
    for name, prose in docs:
        expected = {escape(m.prose) for m in members() if m.name == name}
        assert prose in expected, name


def members():
    """Return every member of the API."""
    return [
        member
        for name, found in shapes.schema()["$defs"].items()
        if "properties" in found
        for member in shapes.shape(name).members.values()
    ]


def test_the_prose_omits_only_links():
    for member in members():
        assert member.prose
        assert "For more information" not in member.prose
        if member.prose != member.description:
            assert member.prose in member.description


@pytest.mark.parametrize("name", ["golden", "golden-{{buildDate}}", "", None])
def test_a_name_without_build_date_has_a_button(name):
    assert 'data-action="build-date"' in below(page(name=name))


def test_the_name_is_resolved_for_a_sample_date():
    shown = below(page(name="golden-{{ imagebuilder:buildDate }}"))
    assert "build-date" not in shown
    assert "<code>golden-2026-11-24T20-30-05.912619Z</code> · 34/128 characters" in shown


def test_the_resolved_name_is_escaped():
    shown = below(page(name="<i>{{ imagebuilder:buildDate }}"))
    assert "&lt;i&gt;2026" in shown
    assert "<i>" not in shown


@pytest.mark.parametrize(
    ("member", "label"),
    [
        ("setDefaultVersion", "Default (true): new version becomes default"),
        ("dataType", "Default (text, no validation)"),
        ("userGroups", "Private"),
    ],
)
def test_the_empty_choice_explains_absence(member, label):
    html = page(launchTemplateConfigurations=[{}], ssmParameterConfigurations=[{}])
    permission = RequestForm(
        state={"distributions": [{"amiDistributionConfiguration": {"launchPermission": {}}}]}
    )
    html += render_to_string("builder/forms/_shape.html", {"parts": permission.parts, "where": ""})
    select = re.search(rf"<select[^>]*-{member}.*?</select>", html, re.DOTALL)[0]
    assert f'<option value="" selected>{label}</option>' in select


def test_copy_and_share_are_explained_once():
    html = page(name="x")
    assert html.count("Copy or share?") == 1
    assert "EC2ImageBuilderDistributionCrossAccountRole" in html
    assert "<strong>Copy</strong> to these accounts" in html
    assert "<strong>Share</strong> the AMI" in html


def test_the_ami_name_has_one_button_for_the_date():
    html = page(name="golden")
    assert "L006" in html
    assert html.count('data-action="build-date"') == 1
    assert "fix:L006" not in html


@pytest.mark.parametrize(("last", "count"), [("a", 1), ("b", 0), ("", 0)])
def test_one_button_fixes_only_what_has_the_same_fix(last, count):
    """Also places that the list doesn't show are compared."""
    fixes = [({"op": "replace", "path": "/x", "value": value},) for value in "aaaa"]
    fixes.append(({"op": "replace", "path": "/x", "value": last},) if last else ())
    found = [
        Finding("L011", Severity.ERROR, f"/distributions/{index}/region", "Wrong.", fix=fix)
        for index, fix in enumerate(fixes)
    ]
    (group,) = group_findings(found, lambda one: LocatedFinding(one, "", "", ""), most=3)
    (shown,) = group.shown
    assert fix_all_buttons(shown).count(">Use a in all 5 places</button>") == count
    assert fix_all_buttons(shown).count("<button") == count
