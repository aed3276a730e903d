"""Importing API JSON: the same document back, or every reason why not."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings

from distui.builder.models import Draft
from distui.builder.state.importer import NotImportable, read_document
from distui.core.document import printing as documents_text
from distui.core.document.strict_json import ParseError
from tests.strategies import documents


@settings(max_examples=500, deadline=None)
@given(documents())
def test_a_document_exported_and_imported_is_the_same(document):
    draft = Draft(text=read_document(documents_text.dumps(document)).text)
    assert draft.document == document
    again = Draft(text=read_document(draft.body()).text)
    assert again.document == document


def test_what_a_get_answers_is_taken_without_what_aws_adds():
    inner = {"name": "abc", "arn": "arn:…", "dateCreated": "x", "timeoutMinutes": 720}
    answer = {"requestId": "1", "distributionConfiguration": inner | {"distributions": []}}
    imported = read_document(json.dumps(answer))
    assert json.loads(imported.text) == {"name": "abc", "distributions": []}
    assert "timeoutMinutes" in imported.notices[0]


def test_a_token_is_left_out_and_said():
    imported = read_document('{"name": "abc", "clientToken": "mine", "dryRun": true}')
    assert json.loads(imported.text) == {"name": "abc"}
    assert "clientToken, dryRun" in imported.notices[0]


def test_empty_members_are_left_out_and_said():
    imported = read_document('{"name": "abc", "description": "", "tags": {}}')
    assert json.loads(imported.text) == {"name": "abc"}
    assert len(imported.notices) == 1


def test_every_unknown_member_and_wrong_type_is_named():
    text = (
        '{"Name": "x", "distributions": [{"region": 1, "launchPermissions": {}, "__proto__": {}}]}'
    )
    with pytest.raises(NotImportable) as caught:
        read_document(text)
    pointers = {finding.pointer for finding in caught.value.findings}
    assert pointers == {
        "/Name",
        "/distributions/0/region",
        "/distributions/0/launchPermissions",
        "/distributions/0/__proto__",
    }
    assert any("Did you mean name?" in finding.message for finding in caught.value.findings)


def test_wrong_values_are_taken_and_told_in_the_editor():
    imported = read_document('{"name": "x", "distributions": []}')
    assert any(finding.pointer == "/name" for finding in Draft(text=imported.text).findings())


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '"x"', "NaN", b"\xff\xfe{\x00", "[" * 2000]
)
def test_what_is_no_document_is_refused_and_shown_again(alice_client, text):
    with pytest.raises((ParseError, NotImportable)):
        read_document(text)
    if isinstance(text, str):
        answer = alice_client.post("/drafts/import/", {"document": text})
    else:
        answer = alice_client.post("/drafts/import/", {"file": SimpleUploadedFile("x.json", text)})
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert Draft.objects.count() == 0


def test_a_refused_text_is_kept(alice_client):
    answer = alice_client.post("/drafts/import/", {"document": '{"nmae": "</textarea><b>"}'})
    assert "&lt;/textarea&gt;" in answer.content.decode()


def test_an_upload_becomes_a_draft(alice_client, alice):
    upload = SimpleUploadedFile("x.json", b'\xef\xbb\xbf{"name": "golden", "distributions": []}')
    answer = alice_client.post("/drafts/import/", {"file": upload})
    draft = Draft.objects.get(owner=alice)
    assert answer["Location"] == f"/drafts/{draft.pk}/"
    assert draft.name == "golden"
