"""Versions: listed, compared, restored, and unsaved changes among them."""

from __future__ import annotations

import pytest

from distui.builder.versions.versions import LIMIT
from tests.factories import make_draft
from tests.html_forms import rendered_post

NOTICE = "are stored separately"


@pytest.fixture
def draft(alice):
    regions = [{"region": "eu-west-1"}, {"region": "us-east-1"}]
    return make_draft(alice, {"name": "golden", "distributions": regions})


@pytest.fixture
def url(draft):
    return f"/drafts/{draft.pk}/versions/"


@pytest.fixture
def conflict(alice_client, draft):
    """Two pages edited the name; what the second one typed is not saved."""
    editor = f"/drafts/{draft.pk}/"
    first, second = (
        rendered_post(alice_client.get(editor).content.decode(), "workspace").dict()
        for _ in range(2)
    )
    theirs = {"op": "close", "name": "theirs", "description": "theirs"}
    alice_client.post(editor, first | theirs)
    alice_client.post(editor, second | {"op": "autosave", "name": "mine"})
    draft.refresh_from_db()
    return draft.sessions.exclude(pending="").get()


def test_a_version_is_listed_and_restored(alice_client, draft, url):
    draft.save_state(draft.state | {"distributions": []}, revision=1)
    assert "us-east-1" in alice_client.get(url).content.decode()
    key = f"r{draft.revisions.get().pk}"
    assert alice_client.post(url, {"version": key})["Location"] == f"/drafts/{draft.pk}/"
    draft.refresh_from_db()
    assert len(draft.document["distributions"]) == 2


def test_unsaved_changes_are_listed_and_saved(alice_client, draft, url, conflict):
    assert "Unsaved changes" in alice_client.get(url).content.decode()
    alice_client.post(url, {"version": f"u{conflict.pk}"})
    draft.refresh_from_db()
    assert (draft.name, draft.state["description"]) == ("mine", "theirs")
    assert not draft.sessions.exclude(pending="").exists()
    draft.undo(revision=draft.revision)
    assert draft.name == "theirs"


def test_unsaved_changes_are_shown_until_chosen(alice_client, draft, url, conflict):
    editor = f"/drafts/{draft.pk}/"
    assert NOTICE in alice_client.get(editor).content.decode()
    alice_client.post(url, {"version": f"u{conflict.pk}", "discard": ""})
    assert NOTICE not in alice_client.get(editor).content.decode()
    assert "mine" in alice_client.get(url).content.decode()


@pytest.mark.parametrize("key", ["", "r0", "u1", "r99999999999999999999", "x"])
def test_an_unknown_version_is_not_found(alice_client, url, key):
    assert alice_client.post(url, {"version": key}).status_code == 404


def test_versions_are_shown_to_their_owner_only(url, charlie_client, client, alice_client):
    assert charlie_client.get(url).status_code == 404
    assert charlie_client.post(url, {"version": "r1"}).status_code == 404
    assert client.get(url)["Location"].startswith("/accounts/login/")
    assert alice_client.put(url).status_code == 405


def test_versions_say_who_changed_what(alice, alice_client, charlie, draft, url):
    draft.save_state(draft.state | {"name": "silver"}, revision=1, user=charlie)
    draft.save_state(draft.state | {"description": "x"}, revision=2, user=alice)
    saved = alice_client.get(url).context["saved"]
    assert [(version.number, version.by, version.summary) for version in saved] == [
        (3, alice, "Description set to x"),
        (2, charlie, "Name set to silver"),
        (1, None, "Created"),
    ]
    assert "Version 2 by charlie" in alice_client.get(url).content.decode()


def test_only_the_last_version_listed_is_the_oldest(alice_client, draft, url):
    draft.save_state(draft.state | {"name": "silver"}, revision=1)
    draft.undo(revision=2)
    draft.save_state(draft.state | {"name": "last"}, revision=3)
    summaries = [version.summary for version in alice_client.get(url).context["saved"]]
    assert summaries == ["Name set to last", "No changes", "Name set to silver"]
    for revision in range(4, 4 + LIMIT):
        draft.save_state(draft.state | {"name": f"n{revision}"}, revision=revision)
    summaries = [version.summary for version in alice_client.get(url).context["saved"]]
    assert summaries[-1] == "Oldest version shown"
    assert summaries.count("Oldest version shown") == 1


def test_undone_versions_are_folded(alice_client, draft, url):
    draft.save_state(draft.state | {"name": "kept"}, revision=1)
    draft.save_state(draft.state | {"name": "undone"}, revision=2)
    draft.undo(revision=3)
    draft.save_state(draft.state | {"description": "last"}, revision=4)
    saved = alice_client.get(url).context["saved"]
    assert [(version.number, version.undone) for version in saved] == [
        *((5, False), (4, False), (3, True), (1, False))
    ]
    assert "1 undone version" in alice_client.get(url).content.decode()
    key = saved[2].key
    alice_client.post(url, {"version": key})
    draft.refresh_from_db()
    assert draft.name == "undone"


def test_any_two_versions_are_compared(alice_client, draft, url):
    for revision, name in enumerate(("one", "two", "three"), 1):
        draft.save_state(draft.state | {"name": name}, revision=revision)
    keys = {version.number: version.key for version in alice_client.get(url).context["saved"]}
    response = alice_client.get(url, {"from": keys[1], "to": keys[3]})
    found = response.context["differences"]
    assert [(item.before, item.after) for item in found] == [("golden", "two")]
    same = alice_client.get(url, {"from": keys[2], "to": keys[2]}).content.decode()
    assert "Versions 2 and 2 are the same." in same
    assert not alice_client.get(url, {"from": "r0", "to": "x"}).context.get("compared")


def test_unsaved_changes_say_whose_they_are(alice_client, url, conflict):
    assert "Changes by alice" in alice_client.get(url).content.decode()
