"""The outcome page: access, and that its table is complete."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from distui.builder.outcome.summary import sentence
from distui.core.forecast import forecast
from tests.core.rules.mistakes import EVERYTHING
from tests.factories import make_draft
from tests.strategies import HOSTILE

AMI = "amiDistributionConfiguration"
OWN = "Your account"


class Table(HTMLParser):
    """The rows of the page's table, as the texts of their cells."""

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
    return make_draft(user, document)


def address(draft):
    return reverse("builder:show-outcome", args=[draft.pk])


def shown(client, document, user):
    """Return the page's HTML and the rows of its table."""
    page = client.get(address(make_draft(user, document))).content.decode()
    return page, Table(page).rows


@pytest.fixture
def draft(alice):
    return make_draft(alice, EVERYTHING)


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["plain", "htmx"])
def test_the_owner_sees_it(alice_client, draft, headers):
    answer = alice_client.get(address(draft), headers=headers)
    assert answer.status_code == 200
    assert "<h1>What a build produces</h1>" in answer.content.decode()


def test_anonymous_users_are_redirected_to_sign_in(client, draft):
    assert client.get(address(draft))["Location"].startswith("/accounts/login/")


def test_it_hides_other_peoples_drafts(charlie_client, bob_client, draft):
    assert charlie_client.get(address(draft)).status_code == 404
    assert bob_client.get(address(draft)).status_code == 404


@pytest.mark.parametrize("number", ["0", "9" * 20, "x", "-1"])
def test_unknown_numbers_are_not_found(alice_client, number):
    assert alice_client.get(f"/drafts/{number}/outcome/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_other_methods_are_rejected(alice_client, draft, method):
    assert getattr(alice_client, method)(address(draft)).status_code == 405


def test_the_table_is_complete(alice_client, alice):
    _, rows = shown(alice_client, EVERYTHING, alice)
    assert rows[0] == ["Resource", "Account", "Name", "Details"]
    assert rows[1] == ["Europe (Ireland) eu-west-1"]
    key = "arn:aws:kms:eu-west-1:210987654321:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    resource, account, name, details = rows[2]
    assert (resource, account) == ("AMI", OWN)
    assert re.fullmatch(r"golden \d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{6}Z", name)
    assert details == (
        f"KMS key {key} Shared with 1 account 310987654321 1 organization"
        " arn:aws:organizations::210987654321:organization/o-abcde12345 1 organizational unit"
        " arn:aws:organizations::210987654321:ou/o-abcde12345/ou-ab12-cdef3456"
    )
    assert rows[3] == [
        "2 AMI copies",
        "210987654322 , 001234567012",
        name,
        f"KMS key {key} Shared with no one",
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
            "Default version new",
        ],
        ["Launch template version", OWN, "lt-0a1b2c3d4e5f67891", "Default version unchanged"],
        [
            "SSM parameter",
            "210987654322",
            "/imagebuilder/golden",
            "Value AMI ID Data type aws:ec2:image",
        ],
        [
            "SSM parameter",
            OWN,
            "/imagebuilder/golden-text",
            "Value AMI ID Data type text",
        ],
        [
            "EC2 Fast Launch",
            "210987654322",
            "Version 1 of lt-0a1b2c3d4e5f67890",
            "Enabled yes Snapshots 10 Parallel launches at most 6",
        ],
        ["EC2 Fast Launch", OWN, "Version $Latest of fast", "Enabled yes"],
        [
            "License configuration",
            "210987654321",
            "arn:aws:license-manager:eu-west-1:210987654321:license-configuration:"
            "lic-0123456789abcdef0123456789abcdef",
            "Associated with the AMI",
        ],
        ["VM export", OWN, "s3://golden-images/exports/golden", "Format VMDK Role vmimport"],
        ["US East (N. Virginia) us-east-1"],
        [
            "AMI",
            OWN,
            name.replace(" ", "-"),
            "KMS key not set: the source image's key or the EBS default Shared with no one",
        ],
        ["Asia Pacific (Sydney) ap-southeast-2"],
        ["Container image", OWN, "golden", "Registry ECR Tags none"],
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
                "Default version new (not set)",
            ],
        ),
        (
            {"fastLaunchConfigurations": [{"enabled": False, "accountId": "000000000001"}]},
            [
                "EC2 Fast Launch",
                "000000000001",
                "EC2's default launch template",
                "Enabled no (no effect)",
            ],
        ),
        (
            {"containerDistributionConfiguration": {}, "s3ExportConfiguration": {}},
            [
                "No effect",
                "None",
                "s3ExportConfiguration",
                "Reason applies to AMIs, and this Region gets only a container image",
            ],
        ),
        ({}, ["Nothing is distributed to this Region yet."]),
    ],
)
def test_the_table_says_what_is_unset(alice_client, alice, part, row):
    _, rows = shown(alice_client, {"distributions": [{"region": "eu-west-1"} | part]}, alice)
    assert row in rows


def test_an_ami_without_name_is_named_by_aws(alice_client, alice):
    _, rows = shown(alice_client, {"distributions": [{AMI: {}}]}, alice)
    assert re.fullmatch(r"Image name and \d{4}-\d\d-\d\dT\d\d-\d\d-.*Z", rows[2][2])


def test_a_public_ami_has_a_warning(alice_client, alice):
    permission = {"userGroups": ["all"], "userIds": ["000000000001"]}
    page, rows = shown(
        alice_client, {"distributions": [{AMI: {"launchPermission": permission}}]}, alice
    )
    assert rows[2][3].endswith("Shared with everyone (public) 1 account 000000000001")
    assert re.search(r'finding-warning">\s*<svg', page)


def test_the_table_lists_every_account(alice_client, alice):
    accounts = [f"{number:012d}" for number in range(1536)]
    part = {"region": "eu-west-1", AMI: {"targetAccountIds": accounts}}
    page, rows = shown(alice_client, {"distributions": [part]}, alice)
    resource, cell = rows[3][:2]
    assert resource == "1,536 AMI copies"
    assert re.findall(r"\b\d{12}\b", cell) == accounts
    assert "and 1,533 more" in cell
    assert "<details>" in page


def test_the_page_has_the_totals_of_its_table(alice_client, draft):
    page = alice_client.get(address(draft)).content.decode()
    text = sentence(forecast(EVERYTHING, datetime.now(UTC)).totals)
    assert "4 AMIs (2 are copies in 2 other accounts)" in text
    assert page.count(text) == 2  # above, and as the description of the diagram


def test_hostile_text_is_escaped(alice_client, alice):
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


def test_an_incomplete_draft_has_a_notice(alice_client, alice):
    page, rows = shown(alice_client, {"distributions": [{"region": "eu-west-1"}]}, alice)
    assert "before you submit" in page
    assert "Nothing is distributed yet" in page
    page, rows = shown(alice_client, {"distributions": []}, alice)
    assert "No Regions yet" in page
    assert rows == []


def test_a_region_links_to_its_form(alice_client, draft):
    page = alice_client.get(address(draft)).content.decode()
    assert f'href="/drafts/{draft.pk}/?open=1#distributions-1"' in page


def test_the_editor_and_review_link_to_it(alice_client, draft):
    for name in ("builder:edit-draft", "submissions:review-draft"):
        page = alice_client.get(reverse(name, args=[draft.pk])).content.decode()
        assert f'href="{address(draft)}"' in page
    assert "Each build creates either 4 AMIs" in page
