"""*Check with AWS*: the sandbox checks a draft and creates nothing."""

from __future__ import annotations

import html

import pytest
from playwright.sync_api import expect

from distui.aws.results import Accepted, Unknown
from distui.submissions.models import Submission
from distui.submissions.review import quota
from distui.targets.models import Target
from tests.chromium import sign_in
from tests.factories import document, make_draft, make_target, public_document, unique_name

PASSED = Unknown("", uncertain=False, retry=False, code="DryRunOperationException")


def check(client, draft, **fields) -> str:
    """Press the button. Return the text of the page that follows."""
    given = {"token": draft.client_token, "revision": draft.revision, "op": "check"} | fields
    response = client.post(f"/drafts/{draft.pk}/review/", given, follow=True)
    return html.unescape(response.content.decode())


def test_nothing_is_created_and_no_token_is_used(draft, sandbox, sandbox_target, alice_client):
    token = draft.client_token
    for _ in range(2):
        page = check(alice_client, draft, target=sandbox_target.pk)
        assert (
            f"AWS would accept this request in {sandbox_target.name}. Nothing was created." in page
        )
    draft.refresh_from_db()
    assert draft.client_token == token
    sent = [entry["clientToken"] for entry in sandbox.sends_of(draft.name)]
    assert len({*sent, token}) == 3
    assert sandbox.arns_of(draft.name) == []
    assert not Submission.objects.exists()


def test_a_rejection_is_shown_at_its_field(draft, sandbox, sandbox_target, alice_client):
    path = "distributions[0].amiDistributionConfiguration.name"
    fault = {"kind": "error", "status": 400, "code": "InvalidParameterValueException"}
    message = f"The value supplied for parameter '{path}' is not valid."
    sandbox.plan(fault | {"message": message, "name": draft.name})
    page = check(alice_client, draft, target=sandbox_target.pk)
    assert page.count(message) == 2  # in the notice and at the findings
    assert "AWS would reject this request: The value" in page
    editor = alice_client.get(f"/drafts/{draft.pk}/", {"open": 0}).content.decode()
    assert message in html.unescape(editor)


@pytest.mark.parametrize("scripts", [True, False])
def test_the_answer_is_focused_below_its_button(
    scripts, alice, alice_client, new_context, site_url, sandbox_target
):
    codes = [f"xx-west-{number}" for number in range(20)]
    state = document(unique_name(), ("eu-west-1", "us-east-1"))
    draft = make_draft(alice, state | {"tags": dict.fromkeys(codes, "a")})
    context = new_context(java_script_enabled=scripts, viewport={"width": 390, "height": 600})
    sign_in(context, alice_client, site_url)
    page = context.new_page()
    page.goto(f"/drafts/{draft.pk}/review/")
    page.get_by_role("button", name="Check with AWS").click()
    answer = page.get_by_role("status").filter(has_text="AWS would accept this request")
    expect(answer).to_have_count(1)
    expect(page.locator("#check-answer")).to_be_focused()
    expect(answer).to_be_in_viewport(ratio=1)
    above = page.get_by_role("button", name="Check with AWS").bounding_box()
    assert 0 < answer.bounding_box()["y"] - above["y"] - above["height"] < 20
    page.goto(f"/drafts/{draft.pk}/review/")
    expect(answer).to_have_count(0)


def test_a_target_has_to_be_chosen(draft, alice_client, target):
    make_target("production")
    assert "Select a target." in check(alice_client, draft)


def test_a_public_ami_needs_no_confirmation(alice, alice_client, sandbox_target):
    draft = make_draft(alice, public_document() | {"name": unique_name()})
    assert "AWS would accept this request" in check(alice_client, draft, target=sandbox_target.pk)


def test_a_changed_draft_is_not_checked(draft, alice_client, aws):
    page = check(alice_client, draft, target=make_target().pk, revision=draft.revision - 1)
    assert "The draft was changed since this page was opened. Nothing was checked." in page
    assert aws.bodies == []


def test_a_session_checks_only_so_many_a_minute(draft, alice_client, aws, monkeypatch):
    monkeypatch.setattr(quota, "PER_MINUTE", 1)
    target = make_target().pk
    aws.responses = [PASSED]
    assert "AWS would accept this request" in check(alice_client, draft, target=target)
    given = {"revision": draft.revision, "op": "check", "target": target}
    response = alice_client.post(f"/drafts/{draft.pk}/review/", given)
    assert (response.status_code, len(aws.bodies)) == (429, 1)
    assert 50 < int(response["Retry-After"]) <= 60
    assert "Nothing was checked" in response.content.decode()


@pytest.mark.django_db
def test_another_account_is_not_asked(draft, alice_client, aws):
    aws.account = "999988887777"
    page = check(alice_client, draft, target=make_target().pk)
    assert "Could not check with AWS." in page
    assert aws.bodies == []


def test_a_service_that_ignores_it_is_reported(alice, alice_client, aws, caplog):
    draft = make_draft(alice, document(unique_name()))
    aws.responses = [Accepted("arn:aws:imagebuilder:…", "r-1", "{}")]
    target = Target.objects.get(pk=make_target().pk)
    assert "AWS created arn:aws:imagebuilder:…" in check(alice_client, draft, target=target.pk)
    assert any("although it was asked for a dry run" in message for message in caplog.messages)
