"""Duplicate, archive, restore and delete drafts from their list."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from tests.factories import document, make_draft


@pytest.fixture
def drafts(alice):
    """Return three drafts of alice."""
    return [make_draft(alice, document(name)) for name in ("web", "mail", "base")]


def change(client, op, drafts):
    """Press the button of the list with these drafts selected."""
    selected = [draft.pk for draft in drafts]
    return client.post("/drafts/selected/", {"op": op, "selected": selected}, follow=True)


def names(client, query=""):
    """Return the names that the list shows, in its order."""
    rows = client.get(f"/{query}").context["drafts"]
    return [row.draft.name for row in rows]


def test_a_duplicate_has_the_content_and_another_name(alice, alice_client, drafts):
    response = alice_client.post(f"/drafts/{drafts[0].pk}/duplicate/")
    copy = alice.drafts.get(name="web-copy")
    assert response.url == f"/drafts/{copy.pk}/"
    assert copy.document == drafts[0].document | {"name": "web-copy"}
    assert copy.client_token != drafts[0].client_token


def test_a_duplicates_name_is_not_too_long(alice):
    copy = make_draft(alice, document("n" * 126)).duplicate(alice)
    assert len(copy.name) == 126
    assert copy.name.endswith("-copy")


def test_archived_drafts_are_listed_apart_and_restored(alice_client, drafts):
    page = change(alice_client, "archive", drafts[:2])
    assert "Archived 2 drafts." in page.content.decode()
    assert names(alice_client) == ["base"]
    assert names(alice_client, "?archived=1") == ["mail", "web"]
    change(alice_client, "restore", drafts[:1])
    assert names(alice_client) == ["base", "web"]


def test_several_drafts_are_deleted_after_confirmation(alice, alice_client, drafts):
    page = change(alice_client, "delete", drafts[:2]).content.decode()
    assert "Delete 2 drafts?" in page
    assert alice.drafts.count() == 3
    change(alice_client, "delete-selected", drafts[:2])
    assert names(alice_client) == ["base"]


def test_only_own_drafts_are_changed(alice, charlie_client, drafts):
    page = change(charlie_client, "delete-selected", drafts)
    assert "Select at least one draft." in page.content.decode()
    assert alice.drafts.count() == 3


def test_odd_ids_and_buttons_change_nothing(alice, alice_client, drafts):
    odd = {"op": "archive", "selected": ["x", "9" * 40, "-1"]}
    assert alice_client.post("/drafts/selected/", odd).status_code == 302
    assert change(alice_client, "destroy", drafts).status_code == 404
    assert alice.drafts.filter(archived=False).count() == 3


def test_the_list_is_searched_and_sorted(alice, alice_client, drafts):
    make_draft(alice, document("tokyo", regions=("ap-northeast-1",)))
    assert names(alice_client, "?q=ap-northeast+TOK") == ["tokyo"]
    assert names(alice_client, "?sort=name") == ["base", "mail", "tokyo", "web"]
    assert names(alice_client, "?q=nothing") == []
    make_draft(alice, document("hosts") | {"description": r'Zürich "north" C:\images'})
    for word in ("Zürich", "ZÜRICH", "zürich", '"north"', r"c:\images"):
        assert names(alice_client, f"?{urlencode({'q': word})}") == ["hosts"], word
    assert "No matching drafts" in alice_client.get("/?q=nothing").content.decode()


def test_sorted_pages_lead_on_and_back(alice, alice_client):
    for number in range(45):
        make_draft(alice, document(f"draft {number:02}"))
    first = alice_client.get("/?sort=name").context["page"]
    second = alice_client.get(f"/{first.following}").context["page"]
    third = alice_client.get(f"/{second.following}").context["page"]
    assert [page.rows[0].name for page in (first, second, third)] == [
        "draft 00",
        "draft 20",
        "draft 40",
    ]
    back = alice_client.get(f"/{third.previous}").context["page"]
    assert [row.pk for row in back.rows] == [row.pk for row in second.rows]
