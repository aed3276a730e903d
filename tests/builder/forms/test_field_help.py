"""Help at a control: AWS's own words, an AMI's name written out, what absence means."""

from __future__ import annotations

import re

import pytest
from django.template.loader import render_to_string
from django.utils.html import escape

from distui.builder.forms.declarations import RequestForm
from distui.core import check
from distui.core.schema import shapes

PLACE = "id_distributions-0-amiDistributionConfiguration-name"


def page(*, name=None, **members):
    """The form of a document of one Region that has the AMI's name and those members."""
    ami = {} if name is None else {"name": name}
    region = {"region": "eu-west-1", "amiDistributionConfiguration": ami} | members
    state = {"name": "web", "distributions": [region]}
    form = RequestForm(state=state, findings=check(state))
    return render_to_string("builder/forms/_shape.html", {"parts": form.parts, "where": ""})


def below(html):
    """What stands below the AMI's name."""
    return re.search(rf'<div class="resolved" id="{PLACE}_resolved">(.*?)</div>', html, re.DOTALL)[
        1
    ]


def test_each_control_has_the_models_own_words_and_its_edition():
    html = page(s3ExportConfiguration={}, fastLaunchConfigurations=[{"enabled": True}])
    docs = re.findall(r'<details class="model-doc"><summary>AWS on (\w+)</summary>(.*?)<', html)
    assert len(docs) >= len(re.findall(r"<label ", html))
    assert html.count(
        f"<small>Service model of botocore {shapes.botocore_version()}</small>"
    ) == len(docs)
    for name, prose in docs:
        told = {escape(m.prose) for m in members() if m.name == name}
        assert prose in told, name


def members():
    """Every member of the API."""
    return [
        member
        for name, found in shapes.schema()["$defs"].items()
        if "properties" in found
        for member in shapes.shape(name).members.values()
    ]


def test_the_prose_leaves_out_only_what_leads_elsewhere():
    for member in members():
        assert member.prose
        assert "For more information" not in member.prose
        if member.prose != member.description:
            assert member.prose in member.description


@pytest.mark.parametrize("name", ["golden", "golden-{{buildDate}}", "", None])
def test_a_name_without_the_build_date_gets_a_button_for_it(name):
    assert 'data-action="build-date"' in below(page(name=name))


def test_the_name_is_written_out_for_a_sample_date():
    shown = below(page(name="golden-{{ imagebuilder:buildDate }}"))
    assert "build-date" not in shown
    assert "<code>golden-2026-11-24T20-30-05.912619Z</code>, 34 of at most 128" in shown


def test_a_name_is_text_when_it_is_written_out():
    shown = below(page(name="<i>{{ imagebuilder:buildDate }}"))
    assert "&lt;i&gt;2026" in shown
    assert "<i>" not in shown


@pytest.mark.parametrize(
    ("member", "said"),
    [
        ("setDefaultVersion", "Not set: AWS takes true, the new version becomes the default"),
        ("dataType", "Not set: SSM takes text, and checks nothing"),
        ("userGroups", "Not set: the AMI is not public"),
    ],
)
def test_absence_is_shown_as_what_it_means(member, said):
    html = page(launchTemplateConfigurations=[{}], ssmParameterConfigurations=[{}])
    permission = RequestForm(
        state={"distributions": [{"amiDistributionConfiguration": {"launchPermission": {}}}]}
    )
    html += render_to_string("builder/forms/_shape.html", {"parts": permission.parts, "where": ""})
    select = re.search(rf"<select[^>]*-{member}.*?</select>", html, re.DOTALL)[0]
    assert f'<option value="" selected>{said}</option>' in select


def test_copy_and_share_are_explained_where_both_stand():
    html = page(name="x")
    assert html.count("Copy or share?") == 1
    assert "EC2ImageBuilderDistributionCrossAccountRole" in html
    assert "<strong>Copy</strong> to these accounts" in html
    assert "<strong>Share</strong> the one AMI" in html
