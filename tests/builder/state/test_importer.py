"""Import of API JSON: the same document, or every reason why not."""

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
def test_an_exported_document_imports_unchanged(document):
    draft = Draft(text=read_document(documents_text.dumps(document)).text)
    assert draft.document == document
    again = Draft(text=read_document(draft.body()).text)
    assert again.document == document


def test_a_get_response_imports_without_read_only_fields():
    inner = {"name": "abc", "arn": "arn:…", "dateCreated": "x", "timeoutMinutes": 720}
    answer = {"requestId": "1", "distributionConfiguration": inner | {"distributions": []}}
    imported = read_document(json.dumps(answer))
    assert json.loads(imported.text) == {"name": "abc", "distributions": []}
    assert "timeoutMinutes" in imported.notices[0]


def test_read_only_fields_are_reported():
    imported = read_document('{"name": "abc", "clientToken": "mine", "dryRun": true}')
    assert json.loads(imported.text) == {"name": "abc"}
    assert imported.notices == ["Ignored read-only fields: clientToken, dryRun."]


def test_removed_empty_members_are_reported():
    imported = read_document('{"name": "abc", "description": "", "tags": {}}')
    assert json.loads(imported.text) == {"name": "abc"}
    assert imported.notices == ["Removed empty strings, lists and maps; the API rejects them."]


def test_every_unknown_member_and_wrong_type_is_reported():
    text = (
        '{"Name": "x", "distributions": [{"region": 1, "launchPermissions": {}, "__proto__": {}}]}'
    )
    with pytest.raises(NotImportable) as caught:
        read_document(text)
    assert str(caught.value) == "Fix 4 errors to import this document."
    pointers = {finding.pointer for finding in caught.value.findings}
    assert pointers == {
        "/Name",
        "/distributions/0/region",
        "/distributions/0/launchPermissions",
        "/distributions/0/__proto__",
    }
    assert any("Did you mean name?" in finding.message for finding in caught.value.findings)


def test_invalid_values_are_imported_and_reported():
    imported = read_document('{"name": "x", "distributions": []}')
    assert any(
        finding.pointer == "/name" for finding in Draft(text=imported.text).analyze().findings.all
    )


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '"x"', "NaN", b"\xff\xfe{\x00", "[" * 2000]
)
def test_an_invalid_text_is_rejected(alice_client, text):
    with pytest.raises((ParseError, NotImportable)):
        read_document(text)
    if isinstance(text, str):
        answer = alice_client.post("/drafts/import/", {"document": text})
    else:
        answer = alice_client.post("/drafts/import/", {"file": SimpleUploadedFile("x.json", text)})
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert Draft.objects.count() == 0


def test_a_rejected_text_is_shown_again(alice_client):
    answer = alice_client.post("/drafts/import/", {"document": '{"nmae": "</textarea><b>"}'})
    assert "&lt;/textarea&gt;" in answer.content.decode()


def test_an_upload_becomes_a_draft(alice_client, alice):
    upload = SimpleUploadedFile("x.json", b'\xef\xbb\xbf{"name": "golden", "distributions": []}')
    answer = alice_client.post("/drafts/import/", {"file": upload})
    draft = Draft.objects.get(owner=alice)
    assert answer["Location"] == f"/drafts/{draft.pk}/"
    assert draft.name == "golden"


@pytest.mark.parametrize("text", ["", " \r\n "])
def test_an_empty_form_asks_for_a_document(alice_client, text):
    answer = alice_client.post("/drafts/import/", {"document": text})
    assert "Paste JSON or choose a file." in answer.content.decode()
