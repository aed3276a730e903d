"""After restoring a backup, no draft is sent with a token that AWS may know with other content."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client

from distui.builder.models import Draft
from distui.submissions.ledger.create import StaleToken, create_submission
from distui.submissions.ledger.engines.chores import Chores
from distui.submissions.ledger.engines.sender import Sender
from distui.submissions.ledger.restored_backup import renew_tokens_if_restored
from distui.submissions.models import Submission
from tests.factories import document, make_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def restored(draft, target, alice):
    """Return alice's draft as before its submission, in a database that lacks the submission."""
    text, token = draft.text, draft.client_token
    create_submission(draft=draft, target=target, user=alice, token=token)
    Submission.objects.all().delete()
    Draft.objects.filter(pk=draft.pk).update(client_token=token, text=text)
    draft.refresh_from_db()
    return draft


def test_a_restored_draft_is_not_sent_with_its_old_token(restored, target, alice):
    token = restored.client_token
    with pytest.raises(StaleToken):
        create_submission(draft=restored, target=target, user=alice, token=token)
    restored.refresh_from_db()
    assert restored.client_token != token
    assert not Submission.objects.exists()


def test_the_next_try_is_sent_with_the_new_token(restored, target, alice):
    assert renew_tokens_if_restored()
    assert not renew_tokens_if_restored()
    restored.refresh_from_db()
    token = restored.client_token
    assert create_submission(draft=restored, target=target, user=alice, token=token).pk


def test_the_page_shows_the_new_token_and_submits_it(restored, target, alice_client):
    form = {"token": restored.client_token, "revision": restored.revision, "target": target.pk}
    url = f"/drafts/{restored.pk}/review/"
    response = alice_client.post(url, form)
    assert response.status_code == 422
    restored.refresh_from_db()
    assert restored.client_token in response.content.decode()
    assert alice_client.post(url, form | {"token": restored.client_token}).status_code == 302


def test_nothing_changes_without_a_restore(submission, target, alice):
    other = make_draft(alice, document("another"))
    token = other.client_token
    assert not renew_tokens_if_restored()
    assert (
        create_submission(draft=other, target=target, user=alice, token=token).client_token == token
    )


def test_without_a_writable_folder_it_is_submitted_all_the_same(draft, target, alice, settings):
    settings.NEWEST_SUBMISSION = type(settings.NEWEST_SUBMISSION)("/proc/none/newest")
    token = draft.client_token
    assert create_submission(draft=draft, target=target, user=alice, token=token).pk


def on_host(settings, folder) -> None:
    """Continue as a host with this folder."""
    settings.NEWEST_SUBMISSION = folder / "newest"


@pytest.mark.parametrize("looks", ["/readyz", "a worker"])
def test_a_restore_is_noticed_by_a_host_that_submitted_nothing(
    looks, draft, target, alice, settings, tmp_path
):
    text, token = draft.text, draft.client_token
    on_host(settings, tmp_path / "a")
    create_submission(draft=draft, target=target, user=alice, token=token)
    on_host(settings, tmp_path / "b")

    def look() -> str:
        if looks == "a worker":
            Chores(Sender()).do_due()
        return Client().get("/readyz").content.decode()

    look()
    Submission.objects.all().delete()
    Draft.objects.filter(pk=draft.pk).update(client_token=token, text=text)
    draft.refresh_from_db()
    with pytest.raises(StaleToken):
        create_submission(draft=draft, target=target, user=alice, token=token)
    draft.refresh_from_db()
    on_host(settings, tmp_path / "a")
    assert "A backup of the database was restored." in Client().get("/readyz").content.decode()
    assert "restored" not in look()


def test_a_restore_by_other_means_can_be_told(draft, aws, capsys):
    token = draft.client_token
    call_command("reconcile", "--restored")
    draft.refresh_from_db()
    assert draft.client_token != token
    assert "All drafts have new client tokens." in capsys.readouterr().out
