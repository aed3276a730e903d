"""The main job in a browser: build, preview, submit, and find the ARN everywhere."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.product import PASSWORD, USER
from tests.sandbox_process import CONTROL

OWN, COPY = "418273950164", "015738294460"
ORGANIZATION = f"arn:aws:organizations::{OWN}:organization/o-wg63p193x6"
UNIT = f"arn:aws:organizations::{OWN}:ou/o-wg63p193x6/ou-jpsa-qh6ct54j"


def distribution(region: str) -> dict[str, Any]:
    """Return a distribution with every section filled in."""
    template = "lt-50510bef376a09288"
    license_id = "lic-3f9d27b1c5e84a60b8d21f7094ce6a53"
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
            f"arn:aws:license-manager:{region}:{OWN}:license-configuration:{license_id}"
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


def test_a_configuration_is_submitted_and_found_everywhere(author, product):
    """With JavaScript and without, the request has the same bytes."""
    author.create()
    author.build(DOCUMENT)
    author.act("save")
    shown = author.preview()
    token = json.loads(shown)["clientToken"]
    assert shown == json.dumps({**DOCUMENT, "clientToken": token}, indent=2, ensure_ascii=False)
    target = "sandbox" if author.scripts else "sandbox-us"

    arn = author.submit(target)

    assert re.fullmatch(rf"arn:aws:imagebuilder:[a-z0-9-]+:{OWN}:.*/golden-images", arn)
    assert_in_json(author, arn, shown)
    assert_in_history(author, arn)
    assert_in_admin(author, arn)
    assert_in_aws(product, arn)


def assert_in_json(author, arn: str, shown: str) -> None:
    """Assert that the record has the ARN and the body in the preview."""
    url = author.page.url.rstrip("/") + ".json"
    record = author.page.request.get(url).json()
    assert (record["state"], record["arn"], record["account"]) == ("created", arn, OWN)
    assert record["request"] == json.loads(shown)
    assert record["submittedBy"] == USER
    assert record["requestId"]


def assert_in_history(author, arn: str) -> None:
    """Assert that the history finds the submission and shows its ARN."""
    author.page.goto(f"/history/?q={arn}")
    author.page.get_by_role("link", name="Golden images").first.click()
    assert author.page.locator("[data-arn]").first.text_content().strip() == arn


def assert_in_admin(author, arn: str) -> None:
    """Assert that a reviewer finds the submission."""
    author.page.goto(f"/admin/submissions/submission/?q={arn}")
    author.page.locator("#result_list th.field-name a").first.click()
    assert author.page.locator(".field-arn .readonly").text_content() == arn


def assert_in_aws(product, arn: str) -> None:
    """Assert that the AWS CLI returns the same document."""
    result = product.aws(
        "imagebuilder",
        "get-distribution-configuration",
        "--distribution-configuration-arn",
        arn,
        region=arn.split(":")[3],
    )
    assert result.returncode == 0, result.stderr
    configuration = json.loads(result.stdout)["distributionConfiguration"]
    assert {name: configuration[name] for name in DOCUMENT} == DOCUMENT


@pytest.fixture
def restart(author, product) -> Any:
    """Return a function that restarts distui and opens the current page again.

    Without JavaScript, it restarts only what is ``stored``: nothing is typed but not posted there.
    """

    def restart_product(*, stored: bool = False) -> None:
        if not (stored or author.scripts):
            return
        url = author.page.url
        author.page.goto("about:blank")  # an open page would report failed requests
        product.restart()
        author.page.goto(url)

    return restart_product


@pytest.mark.timeout(900)  # it starts distui six times
def test_restarts_between_steps_lose_nothing(author, product, restart):
    name = f"Survivor {author.scripts}"
    author.create()
    restart()
    author.fill("/name", name)
    author.act("add", "/distributions")
    restart()
    author.fill("/distributions/0/region", "eu-west-1")
    author.act("include", "/distributions/0/amiDistributionConfiguration")
    author.fill("/distributions/0/amiDistributionConfiguration/targetAccountIds", COPY)
    author.act("save")
    restart(stored=True)
    assert json.loads(author.preview())["name"] == name
    author.act("review")
    restart()
    author.choose("sandbox")
    author.page.locator('[data-action="submit"]').click()
    author.page.wait_for_selector("[data-state]")
    restart(stored=True)
    author.page.wait_for_selector('[data-state="created"]', timeout=60_000)
    arn = author.page.locator("[data-arn]").first.text_content().strip()
    restart()
    assert author.page.locator("[data-arn]").first.text_content().strip() == arn
    result = product.aws("imagebuilder", "list-distribution-configurations")
    assert result.stdout.count(arn) == 1


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
    url = f"{product.sandbox_url}/sandbox/log"
    log = author.page.request.get(url, headers=CONTROL).json()
    assert [entry["name"] for entry in log].count(name) == 1


def test_a_rejection_opens_as_a_draft_with_its_message(author, product):
    fault = {
        "kind": "error",
        "status": 400,
        "code": "InvalidParameterValueException",
        "message": "The value supplied for parameter 'distributions[0].region' is not valid.",
        "name": f"Refused {author.scripts}",
    }
    url = f"{product.sandbox_url}/sandbox/faults"
    response = author.page.request.put(url, data=[fault], headers=CONTROL)
    assert response.ok
    author.create()
    author.fill("/name", fault["name"])
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
    message = author.page.locator('[data-error-for="/distributions/0/region"]').first
    assert "is not valid" in message.text_content()


def test_anonymous_users_are_redirected_to_sign_in(new_context):
    page = new_context().new_page()
    for path in ("/", "/drafts/1/", "/history/", "/drafts/1.json", "/history/export.jsonl"):
        page.goto(path)
        assert "/accounts/login/" in page.url
    page.fill("[name=username]", USER)
    page.fill("[name=password]", PASSWORD[:-1])
    page.press("[name=password]", "Enter")
    assert "/accounts/login/" in page.url
