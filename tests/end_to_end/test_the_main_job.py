"""The main job in a browser: build it, see the JSON, submit it, find its ARN everywhere."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.product import PASSWORD, USER

OWN, COPY = "418273950164", "015738294460"
ORGANIZATION = f"arn:aws:organizations::{OWN}:organization/o-wg63p193x6"
UNIT = f"arn:aws:organizations::{OWN}:ou/o-wg63p193x6/ou-jpsa-qh6ct54j"


def distribution(region: str) -> dict[str, Any]:
    """One Region with every section filled."""
    template = "lt-50510bef376a09288"
    licence = "lic-3f9d27b1c5e84a60b8d21f7094ce6a53"
    return {
        "region": region,
        "amiDistributionConfiguration": {
            "name": "golden-{{ imagebuilder:buildDate }}",
            "description": 'Für alle: "golden" </script>\nsecond line',
            "targetAccountIds": [COPY, "264839157720"],
            "amiTags": {"Team": "platform", "Note": ""},
            "kmsKeyId": f"arn:aws:kms:{region}:{OWN}:alias/golden-images",
            "launchPermission": {
                "userIds": ["927350618842"],
                "organizationArns": [ORGANIZATION],
                "organizationalUnitArns": [UNIT],
            },
        },
        "containerDistributionConfiguration": {
            "description": "The same as a container",
            "containerTags": ["1.0", "stable"],
            "targetRepository": {"service": "ECR", "repositoryName": "gauges/ingest"},
        },
        "licenseConfigurationArns": [
            f"arn:aws:license-manager:{region}:{OWN}:license-configuration:{licence}"
        ],
        "launchTemplateConfigurations": [
            {"launchTemplateId": template, "accountId": COPY, "setDefaultVersion": False},
            {"launchTemplateId": template},
        ],
        "s3ExportConfiguration": {
            "roleName": "vmimport",
            "diskImageFormat": "VMDK",
            "s3Bucket": "tidewater-vm-exports",
            "s3Prefix": "golden",
        },
        "fastLaunchConfigurations": [
            {
                "enabled": True,
                "snapshotConfiguration": {"targetResourceCount": 5},
                "maxParallelLaunches": 6,
                "launchTemplate": {"launchTemplateId": template, "launchTemplateVersion": "1"},
                "accountId": COPY,
            }
        ],
        "ssmParameterConfigurations": [
            {
                "amiAccountId": COPY,
                "parameterName": "/imagebuilder/golden/ami",
                "dataType": "aws:ec2:image",
            },
            {"parameterName": "/imagebuilder/golden/own"},
        ],
    }


DOCUMENT: dict[str, Any] = {
    "name": "Golden images",
    "description": "Everything, everywhere\n— at once",
    "distributions": [distribution(code) for code in ("eu-west-1", "eu-central-1", "us-east-1")],
    "tags": {"Team": "platform", "Empty": ""},
}
BODIES: dict[bool, str] = {}


def test_a_configuration_is_built_submitted_and_found_everywhere(author, product):
    author.create()
    author.build(DOCUMENT)
    author.act("save")
    shown = author.preview()
    assert {**json.loads(shown), "clientToken": ""} == {**DOCUMENT, "clientToken": ""}
    target = "sandbox" if author.scripts else "sandbox-us"

    arn = author.submit(target)

    assert re.fullmatch(rf"arn:aws:imagebuilder:[a-z0-9-]+:{OWN}:.*/golden-images", arn)
    found_in_json(author, arn, shown)
    found_in_history(author, arn)
    found_in_admin(author, arn)
    found_by_aws(product, arn)
    BODIES[author.scripts] = shown


def found_in_json(author, arn: str, shown: str) -> None:
    """The record holds the ARN and the body that the page showed."""
    address = author.page.url.rstrip("/") + ".json"
    record = author.page.request.get(address).json()
    assert (record["state"], record["arn"], record["account"]) == ("created", arn, OWN)
    assert record["request"] == json.loads(shown)
    assert record["submittedBy"] == USER
    assert record["requestId"]


def found_in_history(author, arn: str) -> None:
    """The search finds it, and its page shows the ARN."""
    author.page.goto(f"/history/?q={arn}")
    author.page.get_by_role("link", name="Golden images").first.click()
    assert author.page.locator("[data-arn]").first.text_content().strip() == arn


def found_in_admin(author, arn: str) -> None:
    """A reviewer finds it too."""
    author.page.goto(f"/admin/submissions/submission/?q={arn}")
    author.page.locator("#result_list th.field-name a").first.click()
    assert author.page.locator(".field-arn .readonly").text_content() == arn


def found_by_aws(product, arn: str) -> None:
    """The AWS CLI, a process of its own, shows the same document."""
    shown = product.aws(
        "imagebuilder",
        "get-distribution-configuration",
        "--distribution-configuration-arn",
        arn,
        region=arn.split(":")[3],
    )
    assert shown.returncode == 0, shown.stderr
    found = json.loads(shown.stdout)["distributionConfiguration"]
    assert {name: found[name] for name in DOCUMENT} == DOCUMENT


def test_with_and_without_javascript_the_bytes_are_equal():
    assert set(BODIES) == {True, False}, "both have to be built first"
    plain = [re.sub(r'("clientToken": )"[^"]+"', r"\1…", body) for body in BODIES.values()]
    assert plain[0] == plain[1]


@pytest.fixture
def steps(author, product) -> Any:
    """Restarts everything between the steps of a job."""

    def step() -> None:
        address = author.page.url
        author.page.goto("about:blank")  # a page that asks a stopped server complains, rightly
        product.restart()
        author.page.goto(address)

    return step


@pytest.mark.timeout(900)  # it starts the product a dozen times
def test_restarting_everything_between_any_two_steps_loses_nothing(author, product, steps):
    name = f"Survivor {author.scripts}"
    author.create()
    steps()
    author.fill("/name", name)
    author.act("add", "/distributions")
    steps()
    author.fill("/distributions/0/region", "eu-west-1")
    author.act("include", "/distributions/0/amiDistributionConfiguration")
    author.fill("/distributions/0/amiDistributionConfiguration/targetAccountIds", COPY)
    author.act("save")
    steps()
    assert json.loads(author.preview())["name"] == name
    author.act("review")
    steps()
    author.choose("sandbox")
    author.page.locator('[data-action="submit"]').click()
    author.page.wait_for_selector("[data-state]")
    steps()
    author.page.wait_for_selector('[data-state="created"]', timeout=60_000)
    arn = author.page.locator("[data-arn]").first.text_content().strip()
    steps()
    assert author.page.locator("[data-arn]").first.text_content().strip() == arn
    listed = product.aws("imagebuilder", "list-distribution-configurations")
    assert listed.stdout.count(arn) == 1


def test_a_double_click_creates_once(author, product):
    name = f"Twice {author.scripts}"
    author.create()
    author.fill("/name", name)
    author.act("add", "/distributions")
    author.fill("/distributions/0/region", "eu-west-1")
    author.act("include", "/distributions/0/amiDistributionConfiguration")
    author.fill("/distributions/0/amiDistributionConfiguration/targetAccountIds", COPY)
    author.act("review")
    author.choose("sandbox")
    author.page.locator('[data-action="submit"]').dblclick()
    author.page.wait_for_selector('[data-state="created"]', timeout=30_000)
    exported = author.page.request.get("/history/export.jsonl", params={"q": name}).text()
    assert len(exported.splitlines()) == 1
    log = author.page.request.get(f"{product.sandbox_url}/sandbox/log").json()
    assert [entry["name"] for entry in log].count(name) == 1


def test_a_refusal_opens_as_a_draft_again_with_the_message_at_its_field(author, product):
    refused = {
        "kind": "error",
        "status": 400,
        "code": "InvalidParameterValueException",
        "message": "The value supplied for parameter 'distributions[0].region' is not valid.",
        "name": f"Refused {author.scripts}",
    }
    answer = author.page.request.put(f"{product.sandbox_url}/sandbox/faults", data=[refused])
    assert answer.ok
    author.create()
    author.fill("/name", refused["name"])
    author.act("add", "/distributions")
    author.fill("/distributions/0/region", "eu-west-1")
    author.act("include", "/distributions/0/amiDistributionConfiguration")
    author.fill("/distributions/0/amiDistributionConfiguration/targetAccountIds", COPY)
    author.act("review")
    author.choose("sandbox")
    author.page.locator('[data-action="submit"]').click()
    author.page.wait_for_selector('[data-state="rejected"]', timeout=30_000)
    author.page.get_by_role("button", name="Edit and resubmit").click()
    author.page.wait_for_selector("[data-preview]")
    said = author.page.locator('[data-error-for="/distributions/0/region"]').first
    assert "is not valid" in said.text_content()


def test_people_who_are_not_signed_in_see_nothing(new_context):
    page = new_context().new_page()
    for address in ("/", "/drafts/1/", "/history/", "/drafts/1.json", "/history/export.jsonl"):
        page.goto(address)
        assert "/accounts/login/" in page.url
    page.fill("[name=username]", USER)
    page.fill("[name=password]", PASSWORD[:-1])
    page.press("[name=password]", "Enter")
    assert "/accounts/login/" in page.url
