"""Pages of a draft: access and responses."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from distui.builder.models import Draft
from tests.factories import make_draft


@pytest.fixture
def draft(alice):
    return make_draft(alice, {"name": "golden", "distributions": []})


def addresses(draft) -> list[str]:
    return [reverse(f"builder:{name}", args=[draft.pk]) for name in ("edit-draft", "draft-json")]


def test_it_creates_and_opens_a_blank_draft(alice_client, alice):
    answer = alice_client.post("/drafts/new/")
    draft = Draft.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/drafts/{draft.pk}/")
    assert draft.owner == alice


def test_it_shows_the_editor(alice_client, draft):
    page = alice_client.get(f"/drafts/{draft.pk}/").content.decode()
    assert "data-preview" in page
    assert 'data-pointer="/name"' in page


def test_the_json_is_the_exact_body(alice_client, draft):
    answer = alice_client.get(f"/drafts/{draft.pk}.json")
    assert answer.content.decode() == draft.body()
    assert json.loads(answer.content)["clientToken"] == draft.client_token
    assert answer["Content-Type"] == "application/json"


def test_anonymous_users_are_redirected_to_sign_in(client, draft):
    for url in addresses(draft):
        assert client.get(url)["Location"].startswith("/accounts/login/")


def test_it_hides_other_peoples_drafts(charlie_client, bob_client, draft):
    for url in addresses(draft):
        assert charlie_client.get(url).status_code == 404
        assert bob_client.get(url).status_code == 404
    assert charlie_client.post(addresses(draft)[0], {"name": "mine"}).status_code == 404


@pytest.mark.parametrize("number", ["0", "-1", "9" * 20, "9" * 5000, "%00", "x", "1%27"])
def test_unknown_numbers_are_not_found(alice_client, number):
    assert alice_client.get(f"/drafts/{number}/").status_code == 404
    assert alice_client.get(f"/drafts/{number}.json").status_code == 404


def test_other_methods_are_rejected(alice_client, draft):
    assert alice_client.put(f"/drafts/{draft.pk}/").status_code == 405
    assert alice_client.post(f"/drafts/{draft.pk}.json").status_code == 405


@pytest.mark.parametrize("opened", ["99", "-1", "x", "٣", "9" * 5000, ""])
def test_an_unknown_region_is_not_opened(alice_client, draft, opened):
    assert alice_client.get(f"/drafts/{draft.pk}/", {"open": opened}).status_code == 200


def test_too_many_rows_are_rejected(alice_client, draft):
    rows = {
        f"distributions-0-ssmParameterConfigurations-{number}-parameterName": "/a"
        for number in range(9_000)
    }
    answer = alice_client.post(f"/drafts/{draft.pk}/", {"op": "save", "revision": "1", **rows})
    assert answer.status_code == 413
    assert b"Nothing was saved" in answer.content


def test_the_rules_have_reasons_and_findings_link_to_them(alice, alice_client):
    page = alice_client.get("/rules/").content.decode()
    assert 'id="L009"' in page
    assert "EC2 allows 128 characters" in page
    assert "<code>CreateDistributionConfigurationRequest.name</code> (API reference)" in page
    assert ">Error</span>" in page
    draft = Draft.objects.create(owner=alice, text='{"name": "a/b", "distributions": []}')
    for url in (f"/drafts/{draft.pk}/", f"/drafts/{draft.pk}/review/"):
        assert 'href="/rules/#L001"' in alice_client.get(url).content.decode()
