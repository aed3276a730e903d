"""Import of documents: the same document, with its mistakes."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from distui.builder.models import Draft
from distui.core.document.parse_error import ParseError
from tests.documents.imported import read_document


def test_a_get_response_imports_without_read_only_fields():
    inner = {"name": "abc", "arn": "arn:…", "dateCreated": "x", "timeoutMinutes": 720}
    answer = {"requestId": "1", "distributionConfiguration": inner | {"distributions": []}}
    imported = read_document(json.dumps(answer))
    assert json.loads(imported.text) == {"name": "abc", "distributions": []}
    assert "timeoutMinutes" in imported.notices[0]


def test_read_only_fields_are_reported():
    imported = read_document('{"name": "abc", "clientToken": "mine", "dryRun": true}')
    assert json.loads(imported.text) == {"name": "abc"}
    assert imported.notices == ("Ignored read-only fields: clientToken, dryRun.",)


@pytest.mark.parametrize(
    ("document", "state", "notice"),
    [
        (
            {"name": "abc", "description": "", "tags": {}},
            {"name": "abc"},
            "Removed empty strings, lists and maps; the API rejects them.",
        ),
        ({"name": None}, {}, "Removed null values; the API rejects them."),
        (
            {"tags": {"a": None}, "description": ""},
            {},
            "Removed null values and empty strings, lists and maps; the API rejects them.",
        ),
        (
            {"_comment": 1, "distributions": [{"//": 2, "region": "x"}]},
            {"distributions": [{"region": "x"}]},
            "Removed comments: _comment, //.",
        ),
        (
            {"tags": [{"Key": "a", "Value": "1"}, {"Value": "2", "Key": "a"}]},
            {"tags": [["a", "1"], ["a", "2"]]},
            "Read as keys and values: tags.",
        ),
        (
            {"distributions": {"region": "x"}},
            {"distributions": [{"region": "x"}]},
            "Read distributions as a list with one Region.",
        ),
        (
            {"distributions": ["x", {"region": "y"}]},
            {"distributions": [{"region": "x"}, {"region": "y"}]},
            "Read as Regions: x.",
        ),
        (
            {"distributions": [17, {"region": "y"}]},
            {"distributions": [{"region": "y"}]},
            "Removed from distributions: 17.",
        ),
        ({"distributions": "x"}, {}, 'Removed distributions, which isn\'t a list: "x".'),
    ],
)
def test_each_change_is_reported(document, state, notice):
    imported = read_document(json.dumps(document))
    assert json.loads(imported.text) == state
    assert imported.notices == (notice,)


def test_unknown_members_and_wrong_types_become_findings():
    text = '{"Name": "x", "distributions": [{"region": 1, "launchPermissions": {"userIds": []}}]}'
    draft = Draft(text=read_document(text).text)
    assert json.loads(draft.text) == json.loads(text)
    found = {(f.rule, f.pointer) for f in draft.analyze().findings.errors}
    assert found >= {
        ("L059", "/Name"),
        ("L001", "/Name"),
        ("L101", "/distributions/0/region"),
        ("L059", "/distributions/0/launchPermissions"),
    }


def test_invalid_values_are_imported_and_reported():
    imported = read_document('{"name": "x", "distributions": []}')
    assert any(
        finding.pointer == "/name" for finding in Draft(text=imported.text).analyze().findings.all
    )


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '"x"', "NaN", b"\xff\xfe{\x01", "[" * 2000]
)
def test_an_invalid_text_is_rejected(alice_client, text):
    with pytest.raises(ParseError):
        read_document(text)
    if isinstance(text, str):
        answer = alice_client.post("/drafts/import/", {"document": text})
    else:
        answer = alice_client.post("/drafts/import/", {"file": SimpleUploadedFile("x.json", text)})
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert Draft.objects.count() == 0


def test_a_rejected_text_is_shown_again_with_its_places_marked(alice_client):
    text = '{"name": "</textarea><b>",\n}'
    page = alice_client.post("/drafts/import/", {"document": text}).content.decode()
    assert page.count("&lt;/textarea&gt;") == 2  # in the control and in the excerpt
    assert "Invalid JSON: trailing comma at line 1, column 26." in page
    assert "<mark>,</mark>" in page


def test_an_upload_becomes_a_draft(alice_client, alice):
    upload = SimpleUploadedFile("x.json", b'\xef\xbb\xbf{"name": "golden", "distributions": []}')
    answer = alice_client.post("/drafts/import/", {"file": upload})
    draft = Draft.objects.get(owner=alice)
    assert answer["Location"] == f"/drafts/{draft.pk}/"
    assert draft.name == "golden"


@pytest.mark.parametrize("text", ["", " \r\n "])
def test_an_empty_form_asks_for_a_document(alice_client, text):
    answer = alice_client.post("/drafts/import/", {"document": text})
    assert "Paste a document or choose a file." in answer.content.decode()
