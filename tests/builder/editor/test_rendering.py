"""The controls as HTML, section by section: the same as rendering the whole form."""

from __future__ import annotations

import re

import pytest

from distui.builder.editor import rendering
from distui.builder.editor.rendering import render, sections
from distui.builder.forms.declarations import DistributionForm
from distui.core.caching import clear_caches
from tests.bench.documents import document
from tests.factories import make_draft


@pytest.fixture
def empty_caches():
    clear_caches()
    yield
    clear_caches()


def test_a_section_that_says_the_same_is_rendered_once(monkeypatch, empty_caches):
    rendered = []
    monkeypatch.setattr(rendering, "render_to_string", lambda *found: rendered.append(found) or "")
    for index, description in enumerate(("one", "two")):
        state = {"region": "eu-west-1", "licenseConfigurationArns": [description]}
        render(sections(index, state, ()))
    assert len(rendered) == len(DistributionForm.Meta.fields) + 1


SHARED = {
    "region": "eu-west-1",
    "amiDistributionConfiguration": {
        "name": "{{ imagebuilder:buildDate }}",
        "amiTags": {"a": "b"},
        "targetAccountIds": ["123456789013"],
        "launchPermission": {"userIds": ["123456789013"]},
    },
    "launchTemplateConfigurations": [{"launchTemplateId": "lt-0123456789abcdef0"}],
}
BROKEN = {
    "region": "nowhere",
    "amiDistributionConfiguration": {
        "name": "no date",
        "targetAccountIds": ["1"],
        "amiTags": {"aws:a": ""},
    },
    "licenseConfigurationArns": ["arn"],
    "launchTemplateConfigurations": [{"launchTemplateId": "lt-1"}, {"accountId": "1"}],
    "s3ExportConfiguration": {
        "roleName": "arn:aws:iam::123456789012:role/x",
        "s3Bucket": "s3://a/b",
    },
    "unknown": {"a": 1},
}


@pytest.mark.parametrize("index", [0, 9, 33])
@pytest.mark.parametrize("item", [document(2)["distributions"][1], SHARED, BROKEN, {}])
def test_a_section_is_numbered_as_if_rendered_with_its_number(alice, item, index):
    items = document(34)["distributions"]
    items[index] = item
    analysis = make_draft(alice, {"name": "images", "distributions": items}).analyze()
    state, findings = analysis.state["distributions"][index], analysis.findings.by_region[index]
    found = sections(index, state, findings)
    assert item is not BROKEN or sum(bool(section.findings) for section in found) > 3
    assert item is not BROKEN or any(finding.fix for finding in findings)
    for section in found:
        assert section.html() == section.rendered()


def test_the_page_grows_by_few_elements_a_region(alice, alice_client):
    """`make bench` allows 1.3 from 10 to 34 Regions; a finding with a text of its own adds some."""
    pages = [
        alice_client.get(f"/drafts/{make_draft(alice, document(count)).pk}/?open=0")
        for count in (10, 34)
    ]
    ten, all_regions = (len(re.findall("<[a-z]", page.content.decode())) for page in pages)
    assert all_regions / ten < 1.28
