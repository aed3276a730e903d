"""Starters: valid as far as they go, editable in the forms, and created only by a post."""

from __future__ import annotations

import json
import re

import pytest
from django.template.loader import render_to_string
from heroicons.templatetags.heroicons import heroicon_outline

from distui.builder.forms.declarations import RequestForm
from distui.builder.models import Draft
from distui.builder.state.draft_state import load_state, to_document
from distui.builder.state.starters import load_starters
from distui.core import Severity, check
from distui.core.document import printing
from distui.core.schema import shapes
from tests.html_forms import rendered_post

IDS = (
    "golden-ami",
    "organization",
    "cross-account-encrypted",
    "container",
    "windows-fast-launch",
    "vm-export",
    "ssm-published",
)
EACH = pytest.mark.parametrize("id", IDS)


def test_the_starters_have_these_ids():
    assert tuple(load_starters()) == IDS


@EACH
def test_only_missing_values_are_findings(id):
    found = check(load_starters()[id].document)
    assert [f for f in found if not f.missing] == [
        f for f in found if (f.rule, f.severity) == ("L033", Severity.INFO)
    ]
    assert "/name" in [f.pointer for f in found]


@EACH
def test_it_has_no_account_ids(id):
    assert not re.search(r"\d{12}|arn:", load_starters()[id].text)


@EACH
def test_the_forms_can_edit_all_of_it(id):
    starter = load_starters()[id]
    form = RequestForm(state=starter.document)
    post = rendered_post(render_to_string("builder/forms/_shape.html", {"parts": form.parts}))
    assert RequestForm(post).document() == starter.document == to_document(starter.document)
    assert json.dumps(load_state(starter.text)) == json.dumps(
        printing.in_api_order(starter.document, shapes.shape())
    )


@EACH
def test_the_picture_fits_its_frame(id):
    picture = load_starters()[id].picture
    for icon, x, y in picture.glyphs:
        assert "<path" in heroicon_outline(icon)
        assert 0 <= x <= 168 - 16
        assert 0 <= y <= 72 - 16
    assert len(picture.lines) >= picture.regions


@EACH
def test_it_creates_a_draft_with_a_hint(id, alice, alice_client):
    answer = alice_client.post("/drafts/new/", {"starter": id}, follow=True)
    draft = Draft.objects.get()
    starter = load_starters()[id]
    assert (draft.owner, draft.document) == (alice, starter.document)
    assert answer.redirect_chain[0][0].startswith(f"/drafts/{draft.pk}/")
    page = answer.content.decode()
    assert page.count(starter.next) == 1
    assert ('data-pointer="/distributions/0/region"' in page) == (starter.open == 0)


@pytest.mark.parametrize(
    "chosen",
    [
        "nothing",
        "golden-ami ",
        "GOLDEN-AMI",
        "../starters",
        "%00",
        "\0",
        "<script>",
        "é" * 9,
        "x" * 9**5,
    ],
)
def test_an_unknown_starter_creates_nothing(chosen, alice_client):
    assert alice_client.post("/drafts/new/", {"starter": chosen}).status_code in (400, 404, 422)
    assert not Draft.objects.exists()


def test_a_get_creates_nothing(alice_client):
    assert alice_client.get("/drafts/new/", {"starter": "golden-ami"}).status_code == 200
    assert not Draft.objects.exists()


@pytest.mark.parametrize("address", ["/drafts/new/", "/"])
def test_the_blank_draft_is_offered_first(address, alice_client):
    page = alice_client.get(address).content.decode()
    buttons = re.findall(r'<button[^>]*data-action="create"[^>]*>', page)
    assert "data-starter" not in buttons[0]
    assert [re.search('data-starter="([^"]+)"', button)[1] for button in buttons[1:]] == list(IDS)
    assert all(starter.sentence in page for starter in load_starters().values())
