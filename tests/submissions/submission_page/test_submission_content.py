"""The content of a submission's page beside its state: outcome, changes, snippets, links."""

from __future__ import annotations

import html
import json

from distui.targets.models import Target
from tests.factories import arn_of, document, make_draft, make_submission, make_target


def read(client, submission):
    """Return the submission's page as text."""
    return client.get(f"/history/{submission.pk}/").content.decode()


def test_it_shows_the_outcome_and_the_findings(alice, alice_client):
    flawed = document("web", regions=("eu-west-1",))
    flawed["distributions"][0]["amiDistributionConfiguration"]["launchPermission"] = {
        "userIds": ["111122223333"]
    }
    page = read(alice_client, make_submission(alice, name="web", request=json.dumps(flawed)))
    assert "Each build creates 1 AMI in 1 Region" in page
    assert "111122223333 is an example" in page
    assert 'class="rule-link" href="/rules/#L' in page


def test_it_compares_with_the_last_configuration_of_the_name(alice, alice_client):
    first = make_submission(alice, name="web")
    changed = json.dumps(json.loads(first.request) | {"description": "second"})
    second = make_submission(alice, name="Web", request=changed, state="rejected")
    assert "Changes since" not in read(alice_client, first)
    page = read(alice_client, second)
    assert f'Changes since <a href="/history/{first.pk}/">web</a>' in page
    assert "second" in page.partition("Changes since")[2]


def test_a_duplicate_is_a_draft_with_the_submitted_content(alice, alice_client, bob, bob_client):
    submission = make_submission(alice, name="web")
    response = bob_client.post(f"/history/{submission.pk}/duplicate/")
    draft = bob.drafts.get()
    assert response.url == f"/drafts/{draft.pk}/"
    assert draft.document == {
        key: value for key, value in json.loads(submission.request).items() if key != "clientToken"
    }


def test_submissions_of_one_draft_are_linked(alice, alice_client, bob_client):
    draft = make_draft(alice)
    old = make_submission(alice, draft=draft, state="rejected")
    new = make_submission(alice, draft=draft)
    other = make_submission(alice)
    page = read(alice_client, new)
    assert f'href="/history/{old.pk}/"' in page
    assert f'href="/history/{other.pk}/"' not in page
    assert f'href="/drafts/{draft.pk}/"' in page
    assert f'href="/drafts/{draft.pk}/"' not in read(bob_client, new)


def test_snippets_for_the_sandbox_name_its_url(alice, alice_client, settings):
    settings.DISTUI_SANDBOX_URL = "http://127.0.0.1:4567"
    page = html.unescape(read(alice_client, make_submission(alice)))
    assert page.count("--region eu-west-1 --endpoint-url http://127.0.0.1:4567") == 2
    assert 'region_name="eu-west-1", endpoint_url="http://127.0.0.1:4567")' in page
    assert "--image-recipe-arn RECIPE_ARN" in page
    real = make_target("prod", kind=Target.Kind.CHAIN)
    page = html.unescape(read(alice_client, make_submission(alice, target=real)))
    assert "endpoint" not in page
    assert 'boto3.client("imagebuilder", region_name="eu-west-1")' in page


def test_snippets_for_containers_have_a_container_recipe(alice, alice_client):
    repository = {"service": "ECR", "repositoryName": "web"}
    container = {"containerDistributionConfiguration": {"targetRepository": repository}}
    content = document() | {"distributions": [{"region": "eu-west-1"} | container]}
    page = read(alice_client, make_submission(alice, request=json.dumps(content)))
    assert "--container-recipe-arn RECIPE_ARN" in page
    assert "containerRecipeArn=RECIPE_ARN" in page
    assert "image-recipe-arn" not in page
    assert "imageRecipeArn" not in page


def test_a_created_configuration_has_snippets_and_a_console_link(alice, alice_client):
    sandbox = read(alice_client, make_submission(alice, name="web"))
    assert f"--distribution-configuration-arn {arn_of('web')}" in sandbox
    assert "console.aws.amazon.com" not in sandbox
    real = make_target("prod", kind=Target.Kind.CHAIN)
    created = make_submission(alice, name="api", target=real)
    page = "imagebuilder/home?region=eu-west-1#/distributionSettings/" + arn_of("api")
    for partition, host in (
        ("aws", "console.aws.amazon.com"),
        ("aws-cn", "console.amazonaws.cn"),
        ("aws-us-gov", "console.amazonaws-us-gov.com"),
    ):
        created.partition = partition
        created.save()
        assert f'href="https://eu-west-1.{host}/{page}"' in read(alice_client, created)
    assert "boto3.client" not in read(alice_client, make_submission(alice, state="rejected"))
