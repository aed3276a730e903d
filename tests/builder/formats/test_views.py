"""Drafts and submissions in other formats, on demand."""

from __future__ import annotations

import json

import pytest

from distui.builder.formats.format_tabs import FORMATS
from distui.core.formats.registry import WRITERS
from tests.factories import make_draft, make_submission

DOCUMENT = {
    "name": "golden",
    "distributions": [
        {
            "region": "eu-west-1",
            "amiDistributionConfiguration": {
                "kmsKeyId": "<unresolved: var.key>",
                "description": "</pre><b>",
            },
            "fastLaunchConfigurations": [{"enabled": True}],
            "s3ExportConfiguration": {
                "roleName": "vmimport",
                "diskImageFormat": "VMDK",
                "s3Bucket": "bucket",
            },
        }
    ],
}


@pytest.fixture
def draft(alice):
    return make_draft(alice, DOCUMENT)


def test_the_page_has_a_tab_for_each_writer(alice_client, draft):
    assert [*FORMATS] == [*WRITERS]
    for url in (f"/drafts/{draft.pk}/", f"/drafts/{draft.pk}/formats/yaml/"):
        page = alice_client.get(url).content.decode()
        assert all(f'href="/drafts/{draft.pk}/formats/{name}/"' in page for name in WRITERS)


def test_a_format_is_shown_with_what_it_lacks(alice_client, draft):
    page = alice_client.get(f"/drafts/{draft.pk}/formats/cloudformation/").content.decode()
    assert "Description: &#x27;&lt;/pre&gt;&lt;b&gt;&#x27;" in page
    assert "CloudFormation can't express: eu-west-1, VM export to S3." in page
    assert "Missing values: eu-west-1, KMS key." in page
    assert "also requires" not in page


def test_it_names_what_a_format_requires(alice, alice_client, draft):
    submission = make_submission(alice, request=json.dumps(DOCUMENT))
    for url in (f"/drafts/{draft.pk}/", f"/history/{submission.pk}/"):
        page = alice_client.get(f"{url}formats/terraform/").content.decode()
        assert "Terraform also requires: eu-west-1, Account ID." in page


def test_the_tabs_of_the_editor_have_no_second_request_body(alice_client, draft):
    headers = {"HX-Request": "true"}
    tabs = alice_client.get(f"/drafts/{draft.pk}/formats/api/", headers=headers)
    assert "<pre" not in tabs.content.decode()
    page = alice_client.get(f"/drafts/{draft.pk}/formats/api/").content.decode()
    assert draft.client_token in page


@pytest.mark.parametrize("name", WRITERS)
def test_a_download_is_what_convert_writes(alice_client, draft, name):
    answer = alice_client.get(f"/drafts/{draft.pk}/formats/{name}/?download")
    file = f"distribution-configuration-{draft.pk}-{name}.{FORMATS[name].suffix}"
    disposition = f'attachment; filename="{file}"'
    assert answer["Content-Disposition"] == disposition
    text = answer.content.decode()
    expected = draft.body() if name == "api" else WRITERS[name](draft.document, "").text
    assert text == expected


def test_an_unknown_format_is_not_found(alice_client, draft):
    assert alice_client.get(f"/drafts/{draft.pk}/formats/xml/").status_code == 404


def test_a_submission_is_imported_by_its_arn(alice, alice_client):
    submission = make_submission(alice, state="created")
    page = alice_client.get(f"/history/{submission.pk}/formats/terraform/").content.decode()
    assert submission.arn in page
    request = alice_client.get(f"/history/{submission.pk}/formats/api/?download").content
    assert json.loads(request) == json.loads(submission.request)
    assert (
        f"/history/{submission.pk}/formats/yaml/"
        in alice_client.get(f"/history/{submission.pk}/").content.decode()
    )
