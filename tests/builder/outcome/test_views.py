"""The page of what will exist afterwards: whose it is, and that its table says all of it."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from django.urls import reverse
from hypothesis import given

from distui.builder.models import Draft
from distui.builder.outcome.summary import sentence
from distui.builder.outcome.table import region_rows
from distui.core.forecast import forecast
from tests.core.rules.mistakes import EVERYTHING
from tests.strategies import HOSTILE, documents

AMI = "amiDistributionConfiguration"
OWN = "Your own account"


class Table(HTMLParser):
    """The rows of the page's table as texts of their cells, each headed by its Region's."""

    def __init__(self, page):
        super().__init__()
        self.rows, self.inside, self.region = [], False, ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.inside = True
        elif self.inside and tag == "tr":
            self.rows.append([])
        elif self.inside and tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "table"

    def handle_data(self, data):
        if self.inside and self.rows and self.rows[-1]:
            self.rows[-1][-1] = " ".join(f"{self.rows[-1][-1]} {data}".split())


def draft_of(user, document):
    return Draft.objects.create(owner=user, text=json.dumps(document))


def address(draft):
    return reverse("builder:show-outcome", args=[draft.pk])


def shown(client, document, user):
    """The page's text, and its table."""
    page = client.get(address(draft_of(user, document))).content.decode()
    return page, Table(page).rows


@pytest.fixture
def draft(alice):
    return draft_of(alice, EVERYTHING)


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["plain", "htmx"])
def test_its_owner_sees_it(alice_client, draft, headers):
    answer = alice_client.get(address(draft), headers=headers)
    assert answer.status_code == 200
    assert "<h1>What will exist afterwards</h1>" in answer.content.decode()


def test_anonymous_people_are_sent_to_sign_in(client, draft):
    assert client.get(address(draft))["Location"].startswith("/accounts/login/")


def test_others_do_not_find_it(charlie_client, bob_client, draft):
    assert charlie_client.get(address(draft)).status_code == 404
    assert bob_client.get(address(draft)).status_code == 404


@pytest.mark.parametrize("number", ["0", "9" * 20, "x", "-1"])
def test_unknown_numbers_are_not_found(alice_client, number):
    assert alice_client.get(f"/drafts/{number}/outcome/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_other_methods_are_refused(alice_client, draft, method):
    assert getattr(alice_client, method)(address(draft)).status_code == 405


def test_the_table_says_everything(alice_client, alice):
    _, rows = shown(alice_client, EVERYTHING, alice)
    assert rows[0] == ["What", "Account", "Name", "Details"]
    assert rows[1] == ["Europe (Ireland) eu-west-1"]
    key = "arn:aws:kms:eu-west-1:210987654321:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    what, account, name, details = rows[2]
    assert (what, account) == ("AMI", OWN)
    assert re.fullmatch(r"golden \d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{6}Z", name)
    assert details == (
        f"Key {key} May launch 1 account 310987654321 1 organization"
        " arn:aws:organizations::210987654321:organization/o-abcde12345 1 organizational unit"
        " arn:aws:organizations::210987654321:ou/o-abcde12345/ou-ab12-cdef3456"
    )
    assert rows[3] == [
        "2 copies of the AMI",
        "210987654322 , 001234567012",
        name,
        f"Key {key} May launch the account that owns it",
    ]
    assert [row for row in rows[4:] if "ARN" not in row] == [
        [
            "Container image",
            OWN,
            "platform/golden:1.2.3 , platform/golden:stable",
            "Registry ECR Tags 1.2.3 , stable",
        ],
        [
            "Launch template version",
            "210987654322",
            "lt-0a1b2c3d4e5f67890",
            "Default the new version",
        ],
        ["Launch template version", OWN, "lt-0a1b2c3d4e5f67891", "Default stays as it is"],
        [
            "SSM parameter",
            "210987654322",
            "/imagebuilder/golden",
            "Holds the AMI's id Data type aws:ec2:image",
        ],
        [
            "SSM parameter",
            OWN,
            "/imagebuilder/golden-text",
            "Holds the AMI's id Data type text",
        ],
        [
            "Fast launch",
            "210987654322",
            "From version 1 of lt-0a1b2c3d4e5f67890",
            "Enabled yes Snapshots 10 kept ready At once 6 launches at most",
        ],
        ["Fast launch", OWN, "From version $Latest of fast", "Enabled yes"],
        [
            "License",
            "210987654321",
            "arn:aws:license-manager:eu-west-1:210987654321:license-configuration:"
            "lic-0123456789abcdef0123456789abcdef",
            "Attached to the AMI",
        ],
        ["VM export", OWN, "s3://golden-images/exports/golden", "Format VMDK Role vmimport"],
        ["US East (N. Virginia) us-east-1"],
        [
            "AMI",
            OWN,
            name.replace(" ", "-"),
            "Key not set: the image's own, or the EBS default May launch your own account alone",
        ],
        ["Asia Pacific (Sydney) ap-southeast-2"],
        ["Container image", OWN, "golden", "Registry ECR Tags none given"],
    ]


@pytest.mark.parametrize(
    ("part", "row"),
    [
        (
            {"launchTemplateConfigurations": [{"launchTemplateId": "lt-1"}]},
            [
                "Launch template version",
                OWN,
                "lt-1",
                "Default the new version, since nothing is set",
            ],
        ),
        (
            {"fastLaunchConfigurations": [{"enabled": False, "accountId": "000000000001"}]},
            [
                "Fast launch",
                "000000000001",
                "From EC2's own template",
                "Enabled no, so no action is taken",
            ],
        ),
        (
            {"containerDistributionConfiguration": {}, "s3ExportConfiguration": {}},
            [
                "Without effect",
                "None",
                "s3ExportConfiguration",
                "Why for AMIs, and a container image alone comes to this Region",
            ],
        ),
        ({}, ["Nothing yet: this Region has no output."]),
    ],
)
def test_the_table_says_what_is_left_open(alice_client, alice, part, row):
    _, rows = shown(alice_client, {"distributions": [{"region": "eu-west-1"} | part]}, alice)
    assert row in rows


def test_the_service_names_an_ami_without_a_name(alice_client, alice):
    _, rows = shown(alice_client, {"distributions": [{AMI: {}}]}, alice)
    assert re.fullmatch(r"The image's name and \d{4}-\d\d-\d\dT\d\d-\d\d-.*Z", rows[2][2])


def test_a_public_ami_is_marked_by_a_word_and_an_icon(alice_client, alice):
    permission = {"userGroups": ["all"], "userIds": ["000000000001"]}
    page, rows = shown(
        alice_client, {"distributions": [{AMI: {"launchPermission": permission}}]}, alice
    )
    assert rows[2][3].endswith("May launch everyone: the AMI is public 1 account 000000000001")
    assert re.search(r'finding-warning">\s*<svg', page)


def test_the_table_names_every_account_of_a_long_list(alice_client, alice):
    accounts = [f"{number:012d}" for number in range(1536)]
    part = {"region": "eu-west-1", AMI: {"targetAccountIds": accounts}}
    page, rows = shown(alice_client, {"distributions": [part]}, alice)
    what, cell = rows[3][:2]
    assert what == "1,536 copies of the AMI"
    assert re.findall(r"\b\d{12}\b", cell) == accounts
    assert "and 1,533 more" in cell
    assert "<details>" in page


@given(documents())
def test_every_ami_stands_in_the_table(document):
    found = forecast(document, datetime.now(UTC))
    for group, part in zip(region_rows(found), found.regions, strict=True):
        rows = [row for row in group.rows if row.what == "AMI" or row.what.endswith(" of the AMI")]
        owners = [owner for row in rows for owner in row.account.codes or ("",)]
        assert owners == [ami.owner for ami in part.amis]
        names = {name for row in rows for name in row.name.codes}
        assert names == {ami.name or found.build_date for ami in part.amis}
    others = [row.what for group in region_rows(found) for row in group.rows]
    assert others.count("SSM parameter") == found.totals.parameters
    assert others.count("Launch template version") == found.totals.templates
    assert others.count("Container image") == found.totals.images


def test_the_page_says_the_totals_of_its_table(alice_client, draft):
    page = alice_client.get(address(draft)).content.decode()
    said = sentence(forecast(EVERYTHING, datetime.now(UTC)).totals)
    assert "4 AMIs (2 of them copies in 2 other accounts)" in said
    assert page.count(said) == 2  # above, and as the picture's description


def test_hostile_text_stays_text(alice_client, alice):
    parts = [
        {
            "region": text,
            AMI: {"name": text, "kmsKeyId": text, "targetAccountIds": [text, "</svg>"]},
            "containerDistributionConfiguration": {
                "targetRepository": {"repositoryName": text},
                "containerTags": [text],
            },
            "ssmParameterConfigurations": [{"parameterName": text, "dataType": text}],
            "s3ExportConfiguration": {"s3Bucket": text, "roleName": text},
        }
        for text in HOSTILE
    ]
    page, rows = shown(alice_client, {"name": HOSTILE[0], "distributions": parts}, alice)
    assert "<script>alert" not in page
    assert "</svg>, " not in page
    cells = [cell for row in rows for cell in row]
    assert all(" ".join(text.split()) in cells for text in HOSTILE[:2])


def test_an_unfinished_draft_is_told_to_be_one(alice_client, alice):
    page, rows = shown(alice_client, {"distributions": [{"region": "eu-west-1"}]}, alice)
    assert "to solve before submitting" in page
    assert "Nothing will exist yet" in page
    page, rows = shown(alice_client, {"distributions": []}, alice)
    assert "No Region yet" in page
    assert rows == []


def test_a_region_leads_to_its_form(alice_client, draft):
    page = alice_client.get(address(draft)).content.decode()
    assert f'href="/drafts/{draft.pk}/?open=1#distributions-1"' in page


def test_the_editor_and_the_review_lead_to_it(alice_client, draft):
    for name in ("builder:edit-draft", "submissions:review-draft"):
        page = alice_client.get(reverse(name, args=[draft.pk])).content.decode()
        assert f'href="{address(draft)}"' in page
    assert "A build makes either 4 AMIs" in page
