"""AWS's error messages, as authors and as staff see them."""

from __future__ import annotations

import pytest

from distui.aws.results import Rejected
from distui.submissions.ledger.error_messages import ACCESS_DENIED, author_message, escape_lines
from tests.factories import make_submission
from tests.submissions.ledger.sending import send_once

ROLE = "arn:aws:sts::418273950164:assumed-role/secret-role/distui"
DENIED = f"User: {ROLE} is not authorized to perform: imagebuilder:TagResource"
SECRET = b"secret-role"


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("AccessDeniedException", DENIED),
        ("ForbiddenException", "Refused by an explicit deny."),
        ("ExpiredToken", "The security token is expired."),
        ("ProfileNotFound", "The config profile (prod) could not be found"),
        ("EndpointNotAllowed", "The profile would send AWS requests to http://10.0.0.1."),
        ("NoCredentialsError", "Unable to locate credentials"),
        ("InvalidRequestException", f"{ROLE} can't be assumed."),
        ("ClientException", "A service control policy denies it."),
    ],
)
def test_authors_get_a_general_sentence_about_access(code, message):
    assert author_message(code, message) == ACCESS_DENIED


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("AccessDeniedException", ""),
        ("InvalidParameterValueException", "The value of parameter 'name' is not valid."),
        ("IdempotentParameterMismatchException", "The client token was used before."),
        ("InvalidRequestException", "The role vmimport doesn't exist."),
    ],
)
def test_authors_read_messages_about_their_document(code, message):
    assert author_message(code, message) == message


@pytest.fixture
def denied(submission, aws):
    """Return alice's submission after AWS denied access."""
    aws.responses = [Rejected("AccessDeniedException", DENIED)]
    return send_once(submission)


@pytest.mark.django_db
def test_no_page_shows_the_role_to_its_author(denied, alice_client):
    urls = [f"/history/{denied.pk}/", f"/history/{denied.pk}.json", "/history/", "/"]
    urls += ["/history/export.jsonl", "/history/export.csv"]
    urls += [f"/drafts/{denied.draft_id}/", f"/drafts/{denied.draft_id}/review/"]
    for url in urls:
        assert SECRET not in alice_client.get(url).getvalue(), url
    page = alice_client.get(f"/history/{denied.pk}/").content.decode()
    assert page.count(ACCESS_DENIED.split("'")[0]) == 1  # above the timeline


@pytest.mark.django_db
def test_reopening_does_not_show_the_role(denied, alice_client):
    response = alice_client.post(f"/history/{denied.pk}/reopen/", follow=True)
    assert SECRET not in response.content


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url",
    [
        "/history/{}/",
        "/history/{}.json",
        "/history/export.jsonl",
        "/admin/submissions/submission/{}/change/",
    ],
)
def test_staff_read_the_message(url, denied, bob_client):
    assert SECRET in bob_client.get(url.format(denied.pk)).getvalue()


def test_control_and_bidirectional_characters_become_visible():
    assert escape_lines("a\u202eb\x1b\nc") == "a⟨U+202E⟩b⟨U+001B⟩\nc"


@pytest.mark.django_db
def test_pages_escape_control_characters(alice, alice_client, bob_client):
    fields = {"error_code": "ClientException", "error_message": "a\u202eb", "response": "c\x1bd"}
    pk = make_submission(alice, state="rejected", **fields).pk
    for client, url in (
        (alice_client, f"/history/{pk}/"),
        (bob_client, f"/admin/submissions/submission/{pk}/change/"),
    ):
        page = client.get(url).content.decode()
        assert "a⟨U+202E⟩b" in page
        assert "c⟨U+001B⟩d" in page
        assert "\u202e" not in page
