"""The editor and the review report the same findings once a target is chosen."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from distui.core import Severity
from distui.core.document.parse_error import ParseError
from distui.submissions.models import SubmissionState
from tests.documents.imported import read_document
from tests.factories import document, make_draft, make_submission, make_target

DOCUMENTS = Path(__file__).parents[2] / "documents"
PARAMETER = {"parameterName": "/golden/latest", "dataType": "aws:ec2:image"}


@pytest.fixture
def target():
    """Return one of two targets."""
    make_target("other", region="us-east-1")
    return make_target()


def texts():
    """Yield each document of the tests that can be read."""
    for path in sorted(DOCUMENTS.glob("*valid/*.json")):
        try:
            yield path, read_document(path.read_bytes()).state
        except ParseError:
            continue


def found(client, draft):
    """Return what the editor and the review report, each by rule, place and severity."""
    editor = client.get(f"/drafts/{draft.pk}/").context["page"].findings.all
    review = client.get(f"/drafts/{draft.pk}/review/").context["summary"].findings
    return [sorted((f.rule, f.pointer, f.severity) for f in each) for each in (editor, review)]


def region(code):
    """Return a Region with a warning and a suggestion."""
    return {
        "region": code,
        "amiDistributionConfiguration": {"name": "golden"},
        "launchTemplateConfigurations": [{"launchTemplateId": "lt-0a1b2c3d4e5f67890"}],
    }


def test_they_are_equal_for_every_document(alice, alice_client, target):
    count = 0
    for path, state in texts():
        draft = make_draft(alice, state)
        draft.choose_target(str(target.pk), alice)
        editor, review = found(alice_client, draft)
        assert editor == review, path
        count += 1
    assert count > 25


def test_they_are_equal_with_a_history(alice, alice_client, target):
    """The name is being submitted, and configurations of the account overlap."""
    part = {"region": "eu-west-1", "ssmParameterConfigurations": [PARAMETER]}
    draft = make_draft(alice, {"name": "web", "distributions": [part]})
    draft.choose_target(str(target.pk), alice)
    before, _ = found(alice_client, draft)
    wider = {"name": "web", "distributions": [part, {"region": "eu-west-2"}]}
    for name in ("web", "golden"):
        request = json.dumps(wider | {"name": name})
        make_submission(alice, name=name, target=target, request=request)
    make_submission(alice, name="WEB", target=target, state=SubmissionState.WAITING)
    editor, review = found(alice_client, draft)
    assert editor == review
    assert {rule for rule, *_ in editor} - {rule for rule, *_ in before} == {"L064", "L075", "L076"}


def test_a_created_name_is_a_warning_on_both_pages(alice, alice_client, target):
    draft = make_draft(alice, document("web-server"))
    draft.choose_target(str(target.pk), alice)
    assert found(alice_client, draft) == [[], []]
    make_submission(alice, name="Web Server", target=target)
    assert found(alice_client, draft) == [[("L064", "/name", Severity.WARNING)]] * 2
    page = alice_client.get(f"/drafts/{draft.pk}/review/").content.decode()
    assert "No problems found" not in page
    assert "message-warning" not in page


def test_both_pages_show_the_same_counts(alice, alice_client, target):
    draft = make_draft(alice, {"distributions": [region("eu-west-1"), region("us-east-1")]})
    draft.choose_target(str(target.pk), alice)
    editor = alice_client.get(f"/drafts/{draft.pk}/").content.decode()
    review = alice_client.get(f"/drafts/{draft.pk}/review/").content.decode()
    badge = re.search(r'id="findings-badge".*?</a>', editor, re.DOTALL)[0]
    text = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", badge)
    top = re.search(r'id="finding-counts".*?</a>', review, re.DOTALL)[0]
    assert re.sub("<[^>]+>", " ", top).split()[-6:] == text.split()[-6:]
    counted = re.findall(r'id="findings-\d">(\w+)</h2>\s*<span class="count">(\d+)<', review)
    assert len(counted) == 3
    for title, count in counted:
        assert re.search(rf"{count}\s+{title.lower().rstrip('s')}", text), (title, count, text)
