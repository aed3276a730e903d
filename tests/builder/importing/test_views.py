"""The import shows what it read before a draft is made."""

from __future__ import annotations

import base64
import random
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from distui.builder.models import Draft
from tests.factories import make_draft, make_target

URL = "/drafts/import/"
TEMPLATE = b"""\
Resources:
  Golden:
    Type: AWS::ImageBuilder::DistributionConfiguration
    Properties:
      Name: golden
      Distributions:
        - Region: eu-west-1
          FastLaunchConfigurations:
            - Enabled: true
              MaxParallelLaunches: "7"
              account_id: 012345678901
          AmiDistributionConfiguration:
            KmsKeyId: !GetAtt Key.Arn
"""
SEVERAL = TEMPLATE + TEMPLATE.split(b"\n", 1)[1].replace(b"olden", b"iant")


def upload(*contents, names="abcdefghijk"):
    files = zip(names, contents, strict=False)
    return {"file": [SimpleUploadedFile(f"{name}.yaml", content) for name, content in files]}


def sources_in(page):
    return re.findall(r'name="source" value="([^"]+)"', page.content.decode())


def confirm(client, page, **fields):
    return client.post(URL, {"source": sources_in(page), **fields})


def test_nothing_is_made_before_the_import_was_shown(alice_client):
    page = alice_client.post(URL, upload(TEMPLATE))
    assert (page.status_code, Draft.objects.count()) == (200, 0)
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))
    assert "golden CloudFormation Golden a.yaml" in text
    assert "Line 13 eu-west-1, KMS key: Key.Arn" in text
    assert "Line 10 eu-west-1, Parallel launches: Read “7” as a number." in text
    assert "Line 11 eu-west-1, Account ID: Read account_id as accountId." in text


def test_a_confirmed_import_becomes_the_draft(alice_client):
    page = alice_client.post(URL, {"document": TEMPLATE.decode()})
    answer = confirm(alice_client, page)
    draft = Draft.objects.get()
    assert answer["Location"] == f"/drafts/{draft.pk}/?open=0"
    assert draft.document["distributions"][0]["fastLaunchConfigurations"] == [
        {"enabled": True, "maxParallelLaunches": 7, "accountId": "012345678901"}
    ]


def test_an_undone_repair_is_as_written_and_a_finding(alice_client):
    page = alice_client.post(URL, upload(TEMPLATE))
    keys = re.findall(r'name="undo" value="([^"]+)"', page.content.decode())
    confirm(alice_client, page, undo=keys)
    draft = Draft.objects.get()
    assert draft.document["distributions"][0]["fastLaunchConfigurations"] == [
        {"enabled": True, "maxParallelLaunches": "7", "account_id": "012345678901"}
    ]
    place = "/distributions/0/fastLaunchConfigurations/0"
    found = {(one.rule, one.pointer) for one in draft.analyze().findings.errors}
    assert {("L101", f"{place}/maxParallelLaunches"), ("L059", f"{place}/account_id")} <= found
    assert alice_client.get(f"/drafts/{draft.pk}/?open=0").status_code == 200


def test_the_chosen_ones_of_several_become_drafts(alice_client):
    page = alice_client.post(URL, upload(SEVERAL, b'{"name": "third", "distributions": []}'))
    keys = re.findall(r'name="draft" value="([^"]+)" checked', page.content.decode())
    assert keys == ["0.0", "0.1", "1.0"]
    assert confirm(alice_client, page).status_code == 422
    assert Draft.objects.count() == 0
    answer = confirm(alice_client, page, draft=["0.1", "1.0"])
    assert answer["Location"] == "/"
    assert {draft.name for draft in Draft.objects.all()} == {"giant", "third"}


def test_an_unreadable_file_is_named_beside_the_others(alice_client):
    page = alice_client.post(URL, upload(TEMPLATE, b'{"name": }'))
    text = page.content.decode()
    assert "Can't read b.yaml" in text
    assert "at line 1, column 10" in text
    confirm(alice_client, page)
    assert Draft.objects.get().name == "golden"


def test_a_plain_request_opens_at_once(alice_client):
    answer = alice_client.post(URL, {"document": '{"name": "x", "distributions": []}'})
    assert answer.status_code == 302


@pytest.mark.parametrize("source", ["", "x", "eJw=", "eJwDAAAAAAE=", "eJwDAAAAAA"])
def test_a_page_that_was_changed_is_refused(alice_client, source):
    answer = alice_client.post(URL, {"source": [source]})
    assert answer.status_code == 422
    assert Draft.objects.count() == 0


def test_too_many_files_are_refused(alice_client):
    answer = alice_client.post(URL, upload(*[b"{}"] * 11))
    assert answer.status_code == 422
    assert "at most 10 files" in answer.content.decode()


def test_files_that_no_page_can_contain_are_refused(alice_client):
    noise = base64.b64encode(random.Random(1).randbytes(3_500_000))[:4_400_000]
    answer = alice_client.post(URL, upload(TEMPLATE + b"# " + noise))
    assert answer.status_code == 422
    assert "too large to import together" in answer.content.decode()


PSEUDO = b"""\
Resources:
  Golden:
    Type: AWS::ImageBuilder::DistributionConfiguration
    Properties:
      Name: !Sub "golden-${AWS::AccountId}"
      Distributions:
        - Region: !Ref AWS::Region
"""


def test_pseudo_parameters_are_those_of_the_target(alice, alice_client):
    first, second = make_target("a"), make_target("b", account="012345678901", region="eu-west-2")
    make_draft(alice).choose_target(str(first.pk), alice)
    assert f'value="{first.pk}" selected' in alice_client.get(URL).content.decode()
    page = alice_client.post(URL, upload(PSEUDO) | {"target": ""})
    assert "Line 7" in page.content.decode()
    applied = confirm(alice_client, page, op="target", target=second.pk)
    assert "golden-012345678901" in applied.content.decode()
    assert f'value="{second.pk}" selected' in applied.content.decode()
    assert Draft.objects.count() == 1
    confirm(alice_client, applied, target=second.pk)
    draft = Draft.objects.first()
    assert (draft.name, draft.target) == ("golden-012345678901", second)
    assert draft.document["distributions"] == [{"region": "eu-west-2"}]


def test_selections_stay_if_nothing_is_created(alice_client):
    page = alice_client.post(URL, upload(SEVERAL))
    undo = re.findall(r'name="undo" value="([^"]+)"', page.content.decode())[1]
    refused = confirm(alice_client, page, undo=undo)
    assert refused.status_code == 422
    assert re.findall(r'value="([^"]+)" checked', refused.content.decode()) == [undo]
    again = confirm(alice_client, refused, undo=undo, draft="0.1", op="target")
    assert re.findall(r'value="([^"]+)" checked', again.content.decode()) == [undo, "0.1"]
