"""The last look before submitting."""

from __future__ import annotations

import html
import json
import re
from unittest import mock

import pytest

from distui.builder.rule_context import rule_context
from distui.submissions.models import Submission, SubmissionState
from tests.submissions.rows import document, make_draft, make_submission, make_target


def preview(page):
    """The text of the page's preview."""
    found = re.search(r"<pre[^>]* data-preview[^>]*>(.*?)</pre>", page, re.DOTALL)
    return html.unescape(re.sub("<[^>]+>", "", found[1]))


@pytest.fixture
def target(db):
    """The one target that everybody may submit to."""
    return make_target()


@pytest.fixture
def draft(alice):
    """Alice's draft, ready to be submitted."""
    return make_draft(alice)


def post(client, draft, **fields):
    """The review page's form as it stands, but for the fields given."""
    target = make_target()
    given = {"token": draft.client_token, "target": target.pk} | fields
    return client.post(f"/drafts/{draft.pk}/review/", given)


def test_it_shows_the_exact_body(draft, target, alice_client):
    page = alice_client.get(f"/drafts/{draft.pk}/review/").content.decode()
    assert preview(page) == draft.body()


def test_the_body_stays_text_whatever_it_holds(alice, target, alice_client):
    hostile = document() | {"description": "</pre><script>alert(1)</script>&amp;"}
    draft = make_draft(alice, hostile)
    page = alice_client.get(f"/drafts/{draft.pk}/review/").content.decode()
    assert "<script>alert" not in page
    assert json.loads(preview(page))["description"] == hostile["description"]


def test_a_finding_in_many_places_names_each_region_once(alice, target, alice_client):
    templates = [{"launchTemplateId": f"lt-0a1b2c3d4e5f6789{n}"} for n in (0, 1)]
    regions = [
        {"region": code, "launchTemplateConfigurations": templates}
        for code in ("eu-west-1", "us-east-1")
    ]
    draft = make_draft(alice, document() | {"distributions": regions})
    page = alice_client.get(f"/drafts/{draft.pk}/review/").content.decode()
    finding = page[page.index("Defaults to true") :].split("</li>")[0]
    assert re.findall(r">([a-z0-9-]+)</a>", finding) == ["eu-west-1", "us-east-1"]


def test_the_only_target_is_chosen_already(draft, target, alice_client):
    page = alice_client.get(f"/drafts/{draft.pk}/review/").content.decode()
    assert re.search(rf'value="{target.pk}"\s+checked', page)
    assert target.account in page
    assert "2 Regions" in page


def test_of_two_targets_none_is_chosen(draft, target, alice_client):
    make_target("production")
    page = alice_client.get(f"/drafts/{draft.pk}/review/").content.decode()
    assert "production" in page
    assert "checked" not in page


def test_submitting_writes_it_down_and_leads_to_its_page(draft, target, alice_client):
    body = draft.body()
    answer = post(alice_client, draft)
    submission = Submission.objects.get()
    assert answer.url == f"/history/{submission.pk}/"
    assert (submission.request, submission.state) == (body, SubmissionState.PREPARED)


def test_a_double_click_makes_one_submission(draft, target, alice_client):
    first, second = post(alice_client, draft), post(alice_client, draft)
    assert first.url == second.url
    assert Submission.objects.count() == 1


def test_errors_bar_it_and_lead_to_their_fields(alice, target, alice_client):
    draft = make_draft(alice, document(regions=("eu-west-1", "nowhere")))
    answer = post(alice_client, draft)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a problem" in page
    assert "<title>Error: " in page
    assert f'href="/drafts/{draft.pk}/?open=1&amp;check=1#id_distributions-1-region"' in page
    assert 'data-action="submit"' in page
    assert not Submission.objects.exists()


def test_warnings_bar_nothing(alice, target, alice_client):
    draft = make_draft(
        alice, document(regions=("eu-west-1",)) | {"tags": {"Team": "", "team": "x"}}
    )
    page = alice_client.get(f"/drafts/{draft.pk}/review/").content.decode()
    assert "Worth a second look" in page
    assert post(alice_client, draft).status_code == 302


def test_without_a_target_it_asks_for_one(draft, target, alice_client):
    answer = post(alice_client, draft, target="")
    assert answer.status_code == 422
    assert "Choose where it is created." in answer.content.decode()


@pytest.mark.parametrize("choice", ["9" * 30, "x", "0", "1e3"])
def test_a_target_that_was_not_offered_is_refused(choice, draft, target, alice_client):
    assert post(alice_client, draft, target=choice).status_code == 422
    assert not Submission.objects.exists()


def test_a_target_of_another_group_is_refused(draft, target, bob, alice_client):
    closed = make_target("closed")
    closed.groups.add(bob.groups.get())
    assert post(alice_client, draft, target=closed.pk).status_code == 422
    assert not Submission.objects.exists()


def test_the_same_form_with_other_content_is_a_conflict(draft, target, alice_client):
    first = post(alice_client, draft)
    token = draft.client_token
    draft.refresh_from_db()
    draft.save_state(document("another name"), revision=draft.revision)
    answer = post(alice_client, draft, token=token)
    assert answer.status_code == 409
    assert f'href="{first.url}"' in answer.content.decode()
    assert Submission.objects.count() == 1


def test_a_form_of_somebody_else_is_refused(draft, target, alice_client, charlie, charlie_client):
    post(alice_client, draft)
    own = make_draft(charlie)
    assert post(charlie_client, own, token=draft.client_token).status_code == 403


@pytest.mark.parametrize("token", ["", "unknown", "x" * 5000])
def test_an_unknown_key_is_answered_with_a_fresh_one(token, draft, target, alice_client):
    answer = post(alice_client, draft, token=token)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'name="token" value="{draft.client_token}"' in page
    assert re.search(rf'value="{target.pk}"\s+checked', page)
    assert not Submission.objects.exists()


def test_a_name_that_is_on_its_way_is_linked(alice, target, alice_client):
    other = make_submission(alice, name="Web Server", state=SubmissionState.WAITING)
    draft = make_draft(alice, document("web-server"))
    answer = post(alice_client, draft)
    assert answer.status_code == 422
    assert f'href="/history/{other.pk}/"' in answer.content.decode()
    assert Submission.objects.get() == other


def test_a_name_that_another_form_took_meanwhile_is_told(draft, target, alice, alice_client):
    # Both forms pass the check before either is written; only the database sees the second.
    with mock.patch("distui.submissions.ledger.create.context_for", return_value=rule_context()):
        other = make_submission(alice, name="WEB SERVER", state=SubmissionState.WAITING)
        answer = post(alice_client, draft)
    assert answer.status_code == 422
    assert "is on its way to the same account and Region" in answer.content.decode()
    assert Submission.objects.get() == other


@pytest.fixture
def public(alice):
    """Alice's draft that makes an AMI public."""
    value = document(regions=("eu-west-1",))
    ami = value["distributions"][0]["amiDistributionConfiguration"]
    ami["launchPermission"] = {"userGroups": ["all"]}
    return make_draft(alice, value)


@pytest.mark.parametrize(
    "typed",
    [None, "", " ", "on", "yes", "true", "all", "publi", "public!", "p\u200bublic", "pub lic"],
)
def test_a_public_ami_is_not_submitted_without_the_word(typed, public, target, alice_client):
    answer = post(alice_client, public, **({} if typed is None else {"public": typed}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("This makes AMIs public.") == 2  # in the summary and at the field
    assert 'id="id_public_error"' in page
    assert 'aria-describedby="id_public_error"' in page
    assert not Submission.objects.exists()


def test_what_was_typed_instead_of_the_word_is_kept(public, target, alice_client):
    page = post(alice_client, public, public='"><b>').content.decode()
    assert 'value="&quot;&gt;&lt;b&gt;"' in page


@pytest.mark.parametrize("typed", ["public", " Public ", "PUBLIC"])
def test_the_word_submits_a_public_ami(typed, public, target, alice_client):
    assert post(alice_client, public, public=typed).status_code == 302
    assert Submission.objects.count() == 1


def test_nobody_is_asked_for_the_word_without_need(draft, target, alice_client):
    assert "id_public" not in alice_client.get(f"/drafts/{draft.pk}/review/").content.decode()


def test_what_aws_refused_before_is_shown_and_bars_nothing(draft, target, alice_client):
    draft.refuse("/name", "The name is reserved.")
    page = alice_client.get(f"/drafts/{draft.pk}/review/").content.decode()
    assert "Refused by AWS before" in page
    assert "The name is reserved." in page
    assert post(alice_client, draft).status_code == 302


def test_a_draft_saved_elsewhere_meanwhile_is_shown_again_not_sent(draft, target, alice_client):
    shown = draft.revision
    draft.save_state(draft.state | {"name": "changed elsewhere"}, revision=shown)
    answer = post(alice_client, draft, revision=shown)
    assert answer.status_code == 409
    assert "saved elsewhere" in answer.content.decode()
    assert not Submission.objects.exists()
    assert post(alice_client, draft, revision=draft.revision).status_code == 302
