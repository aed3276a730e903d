"""The review page and submitting from it."""

from __future__ import annotations

import html
import json
import re
from datetime import timedelta
from itertools import chain
from unittest import mock

import pytest
from django.utils import timezone

from distui.aws.results import Absent, Found
from distui.builder.rule_context import rule_context
from distui.submissions.models import Submission, SubmissionState
from distui.submissions.review import quota
from tests.factories import (
    document,
    make_draft,
    make_submission,
    make_target,
    public_document,
)


def preview(page):
    """Return the text of the page's preview."""
    found = re.search(r"<pre[^>]* data-preview[^>]*>(.*?)</pre>", page, re.DOTALL)
    return html.unescape(re.sub("<[^>]+>", "", found[1]))


def post(client, draft, **fields):
    """Submit the review page's form with the given fields changed."""
    target = make_target()
    given = {"token": draft.client_token, "revision": draft.revision, "target": target.pk} | fields
    return client.post(f"/drafts/{draft.pk}/review/", given)


def test_it_shows_the_exact_body(draft, target, alice_client):
    page = alice_client.get(f"/drafts/{draft.pk}/review/").content.decode()
    assert preview(page) == draft.body()


def test_it_escapes_markup_in_the_body(alice, target, alice_client):
    hostile = document() | {"description": "</pre><script>alert(1)</script>&amp;"}
    draft = make_draft(alice, hostile)
    page = alice_client.get(f"/drafts/{draft.pk}/review/").content.decode()
    assert "<script>alert" not in page
    assert json.loads(preview(page))["description"] == hostile["description"]


def test_the_link_to_the_submit_button_needs_no_errors(alice, target, alice_client):
    for state, offered in ((document(), True), (document(regions=("nowhere",)), False)):
        page = alice_client.get(f"/drafts/{make_draft(alice, state).pk}/review/").content.decode()
        assert ('href="#submit"' in page) is offered
        assert ('href="#findings">' in page) is not offered


@pytest.mark.parametrize(("url", "stopped"), [("", True), ("http://127.0.0.1:4566", False)])
def test_review_and_status_report_a_stopped_sandbox(url, stopped, draft, alice_client, settings):
    settings.DISTUI_SANDBOX_URL = url
    waiting = make_submission(draft.owner, state=SubmissionState.WAITING)
    for path in (f"/drafts/{draft.pk}/review/", f"/history/{waiting.pk}/"):
        page = html.unescape(alice_client.get(path).content.decode())
        assert ("The sandbox isn't running." in page) is stopped


def test_each_required_field_of_a_region_is_linked(alice, target, alice_client):
    part = {"region": "eu-west-1", "s3ExportConfiguration": {}}
    draft = make_draft(alice, document() | {"distributions": [part]})
    page = alice_client.get(f"/drafts/{draft.pk}/review/").content.decode()
    for name in ("Disk image format", "Bucket", "Role name"):
        assert f">eu-west-1, {name}: This field is required.</a>" in page


def test_a_finding_in_many_places_lists_each_region_once(alice, target, alice_client):
    templates = [{"launchTemplateId": f"lt-0a1b2c3d4e5f6789{n}"} for n in (0, 1)]
    regions = [
        {"region": code, "launchTemplateConfigurations": templates}
        for code in ("eu-west-1", "us-east-1")
    ]
    draft = make_draft(alice, document() | {"distributions": regions})
    page = alice_client.get(f"/drafts/{draft.pk}/review/").content.decode()
    finding = page[page.index("Defaults to true") :].split("</li>")[0]
    assert re.findall(r">([a-z0-9-]+)</a>", finding) == ["eu-west-1", "us-east-1"]


def test_a_single_target_is_selected(draft, target, alice_client):
    page = alice_client.get(f"/drafts/{draft.pk}/review/").content.decode()
    assert re.search(rf'value="{target.pk}"\s+checked', page)
    assert target.account in page
    assert "2 Regions" in page


def test_none_of_two_targets_is_selected(draft, target, alice_client):
    make_target("production")
    page = alice_client.get(f"/drafts/{draft.pk}/review/").content.decode()
    assert "production" in page
    assert "checked" not in page


def test_submitting_redirects_to_the_submission(draft, target, alice_client):
    body = draft.body()
    response = post(alice_client, draft)
    submission = Submission.objects.get()
    assert response.url == f"/history/{submission.pk}/"
    assert (submission.request, submission.state) == (body, SubmissionState.PREPARED)


def test_a_double_click_creates_one_submission(draft, target, alice_client):
    first, second = post(alice_client, draft), post(alice_client, draft)
    assert first.url == second.url
    assert Submission.objects.count() == 1


def test_a_taken_name_is_rejected_with_its_author(
    draft, target, alice_client, charlie, charlie_client
):
    post(alice_client, draft)
    other = make_draft(charlie, document(draft.name))
    response = post(charlie_client, other)
    assert response.status_code == 422
    assert "already being submitted to this account and Region by alice" in html.unescape(
        response.content.decode()
    )


@pytest.mark.parametrize(
    ("found", "text"),
    [(Absent(), "the name is free"), (Found({}, timezone.now()), "AWS still has it.")],
)
def test_a_created_name_is_a_warning_and_a_look_tells(draft, alice, alice_client, aws, found, text):
    make_submission(alice, name=draft.name)
    url = f"/drafts/{draft.pk}/review/"
    page = alice_client.get(url).content.decode()
    assert "was created in this account and Region" in page
    assert '<a href="?check-name=1">Look for it in AWS</a>' in page
    aws.found = found
    assert text in alice_client.get(f"{url}?check-name=1").content.decode()
    assert post(alice_client, draft).status_code == 302


def test_errors_block_it_and_link_to_their_fields(alice, target, alice_client):
    draft = make_draft(alice, document(regions=("eu-west-1", "nowhere")))
    response = post(alice_client, draft)
    page = response.content.decode()
    assert response.status_code == 422
    assert "There is a problem" in page
    assert "<title>Error: " in page
    assert f'href="/drafts/{draft.pk}/?open=1&amp;check=1#id_distributions-1-region"' in page
    assert 'data-action="submit"' in page
    assert not Submission.objects.exists()


def test_a_fix_is_applied_on_the_page(alice, target, alice_client):
    draft = make_draft(alice, document(regions=("eu-west-1", "us-west-l")))
    url = f"/drafts/{draft.pk}/review/"
    page = alice_client.get(url).content.decode()
    button = re.search(r'value="(fix:L027:[^"]+)"', page)[1]
    assert re.search(r'data-action="submit" disabled', page)
    fields = {"op": button, "revision": draft.revision}
    page = alice_client.post(url, fields, follow=True).content.decode()
    assert "Region corrected." in page
    assert not re.search(r'data-action="submit" disabled', page)
    page = alice_client.post(url, fields, follow=True).content.decode()
    assert "Nothing was changed" in page


def test_the_drafts_target_is_selected_and_the_last_one_remembered(draft, target, alice_client):
    other = make_target("other", region="us-east-1")
    draft.target = other
    draft.save()
    page = alice_client.get(f"/drafts/{draft.pk}/review/").content.decode()
    assert re.search(rf'value="{other.pk}"\s+checked', page)
    post(alice_client, draft, target=target.pk)
    draft.refresh_from_db()
    assert draft.target == target
    alice_client.post("/drafts/new/")
    assert draft.owner.drafts.first().target == target


def test_warnings_do_not_block_it(alice, target, alice_client):
    draft = make_draft(
        alice, document(regions=("eu-west-1",)) | {"tags": {"Team": "", "team": "x"}}
    )
    page = alice_client.get(f"/drafts/{draft.pk}/review/").content.decode()
    assert "Warnings" in page
    assert post(alice_client, draft).status_code == 302


def test_it_requires_a_target(draft, target, alice_client):
    response = post(alice_client, draft, target="")
    assert response.status_code == 422
    assert "Select a target." in response.content.decode()


@pytest.mark.parametrize("choice", ["9" * 30, "x", "0", "1e3"])
def test_it_rejects_an_unknown_target(choice, draft, target, alice_client):
    assert post(alice_client, draft, target=choice).status_code == 422
    assert not Submission.objects.exists()


def test_it_rejects_a_target_of_another_group(draft, target, bob, alice_client):
    closed = make_target("closed", everyone=False)
    closed.groups.add(bob.groups.get())
    assert post(alice_client, draft, target=closed.pk).status_code == 422
    assert not Submission.objects.exists()


def test_the_same_form_with_other_content_conflicts(draft, target, alice_client):
    first = post(alice_client, draft)
    token = draft.client_token
    draft.refresh_from_db()
    draft.save_state(document("another name"), revision=draft.revision)
    response = post(alice_client, draft, token=token)
    assert response.status_code == 409
    assert f'href="{first.url}"' in response.content.decode()
    assert Submission.objects.count() == 1


def test_it_rejects_another_users_form(draft, target, alice_client, charlie, charlie_client):
    post(alice_client, draft)
    other = make_draft(charlie)
    assert post(charlie_client, other, token=draft.client_token).status_code == 403


@pytest.mark.parametrize("token", ["", "unknown", "x" * 5000])
def test_an_unknown_token_is_replaced(token, draft, target, alice_client):
    response = post(alice_client, draft, token=token)
    page = response.content.decode()
    assert response.status_code == 422
    assert f'name="token" value="{draft.client_token}"' in page
    assert re.search(rf'value="{target.pk}"\s+checked', page)
    assert not Submission.objects.exists()


def test_a_fix_is_applied_in_all_places_at_once(alice, target, alice_client):
    row = {"parameterName": "/x", "amiAccountId": "0123-4567-8901"}
    state = document(regions=("eu-west-1", "us-east-1", "eu-west-2"))
    for part in state["distributions"]:
        part["ssmParameterConfigurations"] = [row]
    draft = make_draft(alice, state)
    url = f"/drafts/{draft.pk}/review/"
    page = alice_client.get(url).content.decode()
    assert ">Use 012345678901 in all 3 places<" in page
    button = re.search(r'value="(fix-all:L011:[^"]+)"', page)[1]
    fields = {"op": button, "revision": draft.revision}
    page = alice_client.post(url, fields, follow=True).content.decode()
    assert "Account ID corrected in 3 places." in page
    draft.refresh_from_db()
    assert draft.text.count("012345678901") == 3
    assert draft.revisions.count() == 1  # undone in one step


def test_the_build_date_is_added_on_the_page(alice, target, alice_client):
    """The review has no control with a button for it, as the editor has."""
    state = document(regions=("eu-west-1", "us-east-1"))
    for part in state["distributions"]:
        part["amiDistributionConfiguration"] = {"name": "golden"}
    draft = make_draft(alice, state)
    label, page = press_fix_all(alice_client, draft)
    assert label == "Use golden-{{ imagebuilder:buildDate }} in all 2 places"
    assert "AMI name corrected in 2 places." in page
    page = alice_client.get(f"/drafts/{draft.pk}/?open=0").content.decode()
    assert "L006" not in page


def templates(alice, count=50):
    """Return Alice's draft whose templates don't say whether they become the default version."""
    state = document(regions=("eu-west-1", "us-east-1", "eu-west-2"))
    for index, part in enumerate(state["distributions"]):
        part["launchTemplateConfigurations"] = [
            {"launchTemplateId": f"lt-{index}{number:016x}"} for number in range(count)
        ]
    return make_draft(alice, state)


def defaults(draft):
    """Return what each template of the draft says about the default version."""
    draft.refresh_from_db()
    rows = (part["launchTemplateConfigurations"] for part in draft.state["distributions"])
    return [row.get("setDefaultVersion") for row in chain.from_iterable(rows)]


def press_fix_all(client, draft):
    """Press the first button that fixes a finding in all of its places; return it and the page."""
    url = f"/drafts/{draft.pk}/review/"
    page = client.get(url).content.decode()
    value, label = re.search(r'value="(fix-all:[^"]+)"[^>]*>([^<]+)<', page).groups()
    fields = {"op": html.unescape(value), "revision": draft.revision}
    return label, client.post(url, fields, follow=True).content.decode()


def test_a_fix_reaches_places_that_the_page_does_not_list(alice, target, alice_client):
    draft = templates(alice)
    label, page = press_fix_all(alice_client, draft)
    assert label == "Use false in all 150 places"
    assert "corrected in 150 places." in page
    assert defaults(draft) == [False] * 150
    assert draft.revisions.count() == 1


def test_a_fix_in_all_places_leaves_dismissed_ones(alice, target, alice_client):
    draft = templates(alice, 2)
    place = "/distributions/1/launchTemplateConfigurations/0/setDefaultVersion"
    (found,) = [f for f in draft.analyze().findings.notices if f.pointer == place]
    draft.dismiss([found], reason="Intended", user=alice)
    label, page = press_fix_all(alice_client, draft)
    assert label == "Use false in all 5 places"
    assert "corrected in 5 places." in page
    assert defaults(draft) == [False, False, None, False, False, False]


def test_it_links_the_open_submission_with_the_name(alice, target, alice_client):
    other = make_submission(alice, name="Web Server", state=SubmissionState.WAITING)
    draft = make_draft(alice, document("web-server"))
    response = post(alice_client, draft)
    assert response.status_code == 422
    assert f'href="/history/{other.pk}/"' in response.content.decode()
    assert Submission.objects.get() == other


def test_it_reports_a_name_taken_in_between(draft, target, alice, alice_client):
    # Both forms pass the check before either is written; only the database sees the second.
    with mock.patch("distui.submissions.ledger.create.target_context", return_value=rule_context()):
        name = draft.name.upper().replace("-", " ")
        other = make_submission(alice, name=name, state=SubmissionState.WAITING)
        response = post(alice_client, draft)
    assert response.status_code == 422
    assert "is already being submitted to this account and Region" in response.content.decode()
    assert Submission.objects.get() == other


@pytest.fixture
def public(alice):
    """Alice's draft that makes an AMI public."""
    return make_draft(alice, public_document())


@pytest.mark.parametrize(
    "typed",
    [None, "", " ", "on", "yes", "true", "all", "publi", "public!", "p\u200bublic", "pub lic"],
)
def test_a_public_ami_requires_confirmation(typed, public, target, alice_client):
    response = post(alice_client, public, **({} if typed is None else {"public": typed}))
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count("This makes AMIs public.") == 2  # in the summary and at the field
    assert 'id="id_public_error"' in page
    assert 'aria-describedby="id_public_error"' in page
    assert not Submission.objects.exists()


def test_a_wrong_confirmation_is_shown_again(public, target, alice_client):
    page = post(alice_client, public, public='"><b>').content.decode()
    assert 'value="&quot;&gt;&lt;b&gt;"' in page


@pytest.mark.parametrize("typed", ["public", " Public ", "PUBLIC"])
def test_a_confirmed_public_ami_is_submitted(typed, public, target, alice_client):
    assert post(alice_client, public, public=typed).status_code == 302
    assert Submission.objects.count() == 1


def test_it_asks_for_confirmation_only_if_public(draft, target, alice_client):
    assert "id_public" not in alice_client.get(f"/drafts/{draft.pk}/review/").content.decode()


def test_earlier_rejections_are_shown_and_do_not_block(draft, target, alice_client):
    draft.attach_rejection("/name", "The name is reserved.")
    page = alice_client.get(f"/drafts/{draft.pk}/review/").content.decode()
    assert ">Rejected by AWS<" in page
    assert "The name is reserved." in page
    assert post(alice_client, draft).status_code == 302


def test_a_draft_changed_in_between_is_shown_again(draft, target, alice_client):
    shown = draft.revision
    draft.save_state(draft.state | {"name": "changed in another window"}, revision=shown)
    response = post(alice_client, draft, revision=shown)
    assert response.status_code == 409
    assert "changed in another window" in response.content.decode()
    assert not Submission.objects.exists()
    assert post(alice_client, draft, revision=draft.revision).status_code == 302


@pytest.mark.parametrize("revision", ["", "0", "01", " ", "x", "9" * 5000])
def test_a_form_without_the_revision_sends_nothing(revision, draft, target, alice_client):
    response = post(alice_client, draft, revision=revision)
    assert response.status_code == 409
    assert "Nothing was submitted." in response.content.decode()
    assert f'name="revision" value="{draft.revision}"' in response.content.decode()
    assert not Submission.objects.exists()


def test_a_person_submits_only_so_many_a_minute(
    draft, target, alice, alice_client, charlie, charlie_client
):
    for _ in range(quota.PER_MINUTE):
        make_submission(alice, submitted_at=timezone.now() - timedelta(seconds=20))
    response = post(alice_client, draft)
    assert response.status_code == 429
    assert 30 < int(response["Retry-After"]) <= 40
    assert "Nothing was submitted" in response.content.decode()
    assert post(charlie_client, make_draft(charlie)).status_code == 302
    Submission.objects.update(submitted_at=timezone.now() - timedelta(minutes=1))
    first = post(alice_client, draft)
    Submission.objects.update(submitted_at=timezone.now())
    assert post(alice_client, draft).url == first.url  # a double click isn't a new submission


def test_a_huge_outcome_and_many_findings_are_cut(alice, alice_client):
    """One Region has 60 fast launches, each with its own suggestion."""
    large = document(regions=("eu-west-1",))
    accounts = [f"{number:012}" for number in range(210987654321, 210987654381)]
    rows = [{"enabled": True, "accountId": account} for account in accounts]
    large["distributions"][0]["fastLaunchConfigurations"] = rows
    url = f"/drafts/{make_draft(alice, large).pk}/review/"
    page = alice_client.get(url).content.decode()
    shown = page.partition("</table>")[0]
    assert shown.count(">EC2 Fast Launch<") == 24  # the AMI is the first of 25 rows
    assert "and 36 more: " in page
    assert sum(f"{account} isn" in page for account in accounts) == 50
    assert "Show 10 more" in page
    everything = alice_client.get(url, {"findings": "all"}).content.decode()
    assert all(f"{account} isn" in everything for account in accounts)
    assert "Show 10 more" not in everything
