"""Share a draft with a colleague, hand it over, and what each may do then."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from distui.builder.models import Draft
from distui.submissions.models import Submission
from tests.conftest import signed_in
from tests.factories import document, make_draft, make_target
from tests.html_forms import rendered_post


@pytest.fixture
def draft(alice):
    return make_draft(alice, document("golden"))


@pytest.fixture
def shared(draft, charlie):
    """Return alice's draft, shared with charlie."""
    draft.editors.add(charlie)
    return draft


def share(client, draft, **fields):
    """Post the form of the page; return the page that follows."""
    return client.post(f"/drafts/{draft.pk}/share/", fields, follow=True).content.decode()


def test_a_colleague_finds_the_draft_and_edits_it(alice_client, charlie, charlie_client, draft):
    assert "Shared with charlie." in share(alice_client, draft, username="CHARLIE")
    home = charlie_client.get("/").content.decode()
    assert "golden" in home
    assert "Shared by alice" in home
    url = f"/drafts/{draft.pk}/"
    form = rendered_post(charlie_client.get(url).content.decode(), "workspace").dict()
    charlie_client.post(url, form | {"op": "save", "description": "by charlie"})
    draft.refresh_from_db()
    assert (draft.state["description"], draft.edited_by) == ("by charlie", charlie)
    assert "by charlie" in alice_client.get("/").content.decode()
    assert "UTC</time><span> by charlie" in alice_client.get(url).content.decode()
    assert "UTC</time><span> by charlie" not in charlie_client.get(url).content.decode()


@pytest.mark.parametrize(
    ("username", "message"),
    [
        ("", "Enter a colleague"),
        ("nobody-here", "No active user is named “nobody-here”."),
        ("alice", "You already own this draft."),
        ("left", "No active user is named “left”."),
    ],
)
def test_an_unsuitable_colleague_is_explained(alice_client, draft, username, message):
    User.objects.create_user("left", is_active=False)
    response = alice_client.post(f"/drafts/{draft.pk}/share/", {"username": username})
    assert response.status_code == 422
    assert message in response.content.decode()
    assert f'value="{username}"' in response.content.decode() or not username
    assert not draft.editors.exists()


def test_it_is_shared_with_twenty_at_most(alice_client, draft):
    draft.editors.set(User.objects.create_user(f"user {number}") for number in range(20))
    User.objects.create_user("one more")
    assert "20 colleagues" in share(alice_client, draft, username="one more")
    assert draft.editors.count() == 20


def test_a_removed_colleague_opens_it_no_more(alice_client, charlie, charlie_client, shared):
    assert "charlie no longer has access" in share(alice_client, shared, op=f"remove:{charlie.pk}")
    assert charlie_client.get(f"/drafts/{shared.pk}/").status_code == 404
    assert charlie_client.post(f"/drafts/{shared.pk}/", {"name": "x"}).status_code == 404


def test_a_colleague_removes_themselves_only(alice, charlie, charlie_client, shared, bob):
    shared.editors.add(bob)
    url = f"/drafts/{shared.pk}/share/"
    assert charlie_client.post(url, {"op": f"remove:{bob.pk}"}).status_code == 403
    assert charlie_client.post(url, {"username": "bob"}).status_code == 403
    assert charlie_client.post(url, {"op": "hand-over", "username": "bob"}).status_code == 403
    charlie_client.post(url, {"op": f"remove:{charlie.pk}"})
    assert [*shared.editors.all()] == [bob]


def test_a_draft_is_handed_over(alice, alice_client, charlie, charlie_client, shared):
    page = share(alice_client, shared, op="hand-over", username="charlie")
    assert "Transferred ownership to charlie." in page
    shared.refresh_from_db()
    assert (shared.owner, [*shared.editors.all()]) == (charlie, [alice])
    assert alice_client.post(f"/drafts/{shared.pk}/delete/").status_code == 403
    charlie_client.post(f"/drafts/{shared.pk}/delete/")
    assert not Draft.objects.exists()


def test_only_the_owner_archives_and_deletes(charlie, charlie_client, shared):
    own = make_draft(charlie)
    for op in ("archive", "delete-selected"):
        fields = {"op": op, "selected": [shared.pk, own.pk]}
        page = charlie_client.post("/drafts/selected/", fields, follow=True).content.decode()
        assert "1 draft not changed: only the owner can do that." in page
    assert [*Draft.objects.values_list("pk", "archived")] == [(shared.pk, False)]


def test_a_duplicate_belongs_to_the_colleague(charlie, charlie_client, shared):
    charlie_client.post(f"/drafts/{shared.pk}/duplicate/")
    assert charlie.drafts.get().name == "golden-copy"
    charlie_client.post("/drafts/selected/", {"op": "duplicate", "selected": [shared.pk]})
    assert charlie.drafts.count() == 2


def test_a_colleagues_page_keeps_a_target_it_does_not_offer(charlie, charlie_client, shared):
    shared.target = make_target("secret", everyone=False)
    shared.save()
    for name in ("one", "two"):
        make_target(name)
    url = f"/drafts/{shared.pk}/"
    page = charlie_client.get(url).content.decode()
    assert "secret" not in page
    form = rendered_post(page, "workspace").dict() | {"op": "save", "description": "x"}
    charlie_client.post(url, form | {"target": ""})
    shared.refresh_from_db()
    assert (shared.state["description"], shared.target.name) == ("x", "secret")


def test_each_of_both_submits_once(alice, alice_client, charlie, charlie_client, shared):
    """A draft that both review is submitted by the first; the second one reads who it was."""
    target, url = make_target(), f"/drafts/{shared.pk}/review/"
    fields = {"token": shared.client_token, "revision": shared.revision, "target": target.pk}
    assert charlie_client.post(url, fields).status_code == 302
    second = alice_client.post(url, fields)
    assert second.status_code == 422
    assert "charlie has just submitted this draft." in second.content.decode()
    assert Submission.objects.get().submitted_by == charlie
    home = alice_client.get("/").content.decode()
    assert "Submitted by charlie" in home
    page = f"/history/{Submission.objects.get().pk}/"
    assert page not in home
    assert page not in alice_client.get(f"/drafts/{shared.pk}/").content.decode()
    assert f"/drafts/{shared.pk}/" in charlie_client.get(page).content.decode()


def test_a_superuser_shares_own_drafts_only(db, draft):
    root = signed_in(User.objects.create_superuser("root"))
    assert root.post(f"/drafts/{draft.pk}/share/", {"username": "root"}).status_code == 404
    draft.editors.add(User.objects.get(username="root"))
    assert root.post(f"/drafts/{draft.pk}/share/", {"username": "root"}).status_code == 403
