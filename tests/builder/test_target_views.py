"""Of many targets the recently used ones are offered, and a page searches all of them."""

from __future__ import annotations

import re

import pytest

from tests.factories import document, make_draft, make_target
from tests.html_forms import rendered_post


@pytest.fixture
def targets(db):
    """Return twelve targets, t00 to t11."""
    return [make_target(f"t{number:02}", account=f"{number + 1:012}") for number in range(12)]


@pytest.fixture
def draft(alice):
    return make_draft(alice, document())


def offered(page):
    """Return the names of the offered targets in the editor or the review."""
    return re.findall(r"(?:<strong>|<option[^>]*>)(t[0-9]{2})", page)


def test_recently_used_targets_are_offered_first(alice, alice_client, draft, targets):
    for used in (targets[9], targets[10]):
        make_draft(alice).choose_target(str(used.pk), alice)
    draft.choose_target(str(targets[11].pk), alice)
    expected = ["t11", "t10", "t09", "t00", "t01", "t02", "t03", "t04"]
    for path in ("", "review/"):
        page = alice_client.get(f"/drafts/{draft.pk}/{path}").content.decode()
        assert offered(page) == expected
        assert "Search all 12 targets" in page
        assert re.search(rf'value="{targets[11].pk}"\s+(checked|selected)', page)


def test_few_targets_are_all_offered(alice_client, draft, targets):
    for target in targets[8:]:
        target.delete()
    for path in ("", "review/"):
        page = alice_client.get(f"/drafts/{draft.pk}/{path}").content.decode()
        assert offered(page) == [f"t{number:02}" for number in range(8)]
        assert "Search all" not in page


def test_a_target_is_searched_and_chosen(alice_client, draft, targets):
    make_target("hidden", everyone=False, region="us-east-1")
    make_target("virginia", region="us-east-1")
    editor = f"/drafts/{draft.pk}/"
    fields = rendered_post(alice_client.get(editor).content.decode(), "workspace").dict()
    answer = alice_client.post(editor, fields | {"op": "target", "description": "kept"})
    url = f"{editor}target/"
    assert answer.url == url
    draft.refresh_from_db()
    assert draft.state["description"] == "kept"
    found = alice_client.get(url, {"q": "us-EAST virg"}).context["targets"]
    assert [target.name for target in found] == ["virginia"]
    assert alice_client.get(url, {"q": "hidden"}).context["targets"] == []
    assert alice_client.post(url, {"target": found[0].pk}).url == editor
    draft.refresh_from_db()
    assert draft.target == found[0]
    review = alice_client.post(f"{url}?next=review", {"target": targets[3].pk}).url
    assert review == f"{editor}review/"
    assert "checked" in alice_client.get(review).content.decode()


def autosave(client, url, fields):
    """Post as while typing; return the answer's text and the fields that it replaces."""
    page = client.post(url, fields | {"op": "autosave"}, headers={"HX-Request": "true"})
    html = page.content.decode()
    return html, rendered_post(html)


def test_typing_in_another_window_keeps_the_chosen_target(alice_client, draft, targets):
    draft.target = targets[1]
    draft.save()
    url = f"/drafts/{draft.pk}/"
    one, other = (
        rendered_post(alice_client.get(url).content.decode(), "workspace").dict() for _ in range(2)
    )
    chosen, other_choice = str(targets[2].pk), str(targets[3].pk)
    html, new = autosave(alice_client, url, one | {"target": chosen, "sequence": 1})
    assert 'id="editor-target"' not in html  # the control is in use
    assert new["target_base"] == chosen
    html, shown = autosave(alice_client, url, other | {"description": "typed"})
    draft.refresh_from_db()
    assert (draft.target, draft.state["description"]) == (targets[2], "typed")
    assert (shown["target"], shown["target_base"]) == (chosen, chosen)
    other |= {"target": other_choice, "target_base": chosen}
    autosave(alice_client, url, other | {"description": "typed"})
    autosave(alice_client, url, one | {"target": chosen, "target_base": chosen, "sequence": 2})
    autosave(alice_client, url, one | {"target": chosen, "sequence": 1})  # arrives late
    draft.refresh_from_db()
    assert draft.target == targets[3]


def test_a_conflict_shown_before_brings_another_target(alice_client, draft, targets):
    url = f"/drafts/{draft.pk}/"
    fields = rendered_post(alice_client.get(url).content.decode(), "workspace").dict()
    draft.save_state(draft.state | {"description": "theirs"}, revision=draft.revision)
    fields["description"] = "mine"
    html, _ = autosave(alice_client, url, fields)
    assert 'id="conflict"' in html
    assert autosave(alice_client, url, fields)[0] == ""
    draft.target = targets[2]
    draft.save(update_fields=["target"])
    _, shown = autosave(alice_client, url, fields)
    assert shown["target"] == shown["target_base"] == str(targets[2].pk)


@pytest.mark.parametrize("choice", ["", "0", "x", "9" * 30, "hidden"])
def test_an_unavailable_target_is_refused(alice_client, draft, targets, choice):
    hidden = make_target("hidden", everyone=False)
    value = hidden.pk if choice == "hidden" else choice
    answer = alice_client.post(f"/drafts/{draft.pk}/target/", {"target": value})
    assert answer.status_code == 422
    assert "This target is not available to you." in answer.content.decode()
    draft.refresh_from_db()
    assert draft.target is None


def test_a_posted_target_stays_selected(alice_client, draft, targets):
    """The submission is refused, since the draft was changed; the target isn't an offered one."""
    fields = {"token": draft.client_token, "revision": 0, "target": targets[11].pk}
    page = alice_client.post(f"/drafts/{draft.pk}/review/", fields).content.decode()
    assert re.search(rf'value="{targets[11].pk}"\s+checked', page)
