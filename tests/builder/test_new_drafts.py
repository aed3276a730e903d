"""A draft that was only opened isn't listed; everything that is typed or chosen in it is kept."""

from __future__ import annotations

import pytest

from distui.builder.models import Draft, draft_queries
from tests.factories import make_draft, make_target
from tests.html_forms import rendered_post

STARTER = {"starter": "golden-ami"}


@pytest.fixture
def page(alice_client):
    """Choose a starter; return a function that posts its editor with other values, or a button."""
    url = alice_client.post("/drafts/new/", STARTER).url.partition("?")[0]
    fields = rendered_post(alice_client.get(url).content.decode(), "workspace").dict()

    def post(**changes):
        return alice_client.post(url, fields | changes)

    return post


def listed(client):
    """Return the names of the drafts on the home page."""
    return [row.draft.name for row in client.get("/").context["drafts"]]


def test_an_opened_starter_is_not_listed(alice_client, page):
    assert page(op="autosave").status_code == 302  # a field was left
    assert listed(alice_client) == []
    assert "Where should your images go?" in alice_client.get("/").content.decode()


@pytest.mark.parametrize(
    "post",
    [
        {"op": "autosave", "name": "typed"},
        {"op": "save"},
        {"op": "review"},
        {"op": "edit:/distributions/0"},
    ],
)
def test_it_is_listed_once_something_is_typed_or_chosen(alice, alice_client, page, post):
    page(**post)
    page(**post)
    assert len(listed(alice_client)) == 1
    assert alice.drafts.get().name == post.get("name", alice.drafts.get().name)


def test_choosing_a_target_lists_it(alice_client, page):
    targets = [make_target(name) for name in ("one", "two")]
    page(op="autosave", target=targets[1].pk)
    assert len(listed(alice_client)) == 1


def test_the_editor_says_that_nothing_is_saved_yet(alice_client, page):
    url = f"/drafts/{Draft.objects.get().pk}/"
    assert "Nothing to save yet" in alice_client.get(url).content.decode()
    page(op="autosave", name="typed")
    assert "Nothing to save yet" not in alice_client.get(url).content.decode()


def test_only_the_newest_unused_ones_are_kept(alice, alice_client, charlie, monkeypatch):
    monkeypatch.setattr(draft_queries, "NEW_KEPT", 3)
    used, other = make_draft(alice), Draft.objects.open_new(charlie)
    opened = [alice_client.post("/drafts/new/", STARTER).url for _ in range(5)]
    kept = {f"/drafts/{pk}/" for pk in alice.drafts.values_list("pk", flat=True)}
    assert kept == {url.partition("?")[0] for url in opened[2:]} | {f"/drafts/{used.pk}/"}
    assert Draft.objects.filter(pk=other.pk).exists()
