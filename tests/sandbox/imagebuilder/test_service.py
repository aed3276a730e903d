"""Image Builder's operations, through boto3 against a real sandbox process."""

from __future__ import annotations

import copy
import json

import pytest

from distui.sandbox.sample_data import ACCOUNT
from tests.sandbox.calls import create, get, rejected_call


def test_create_returns_arn_token_and_request_id(imagebuilder, document):
    response = imagebuilder.create_distribution_configuration(**document)
    normalized = document["name"].lower().replace(" ", "-")
    assert response["distributionConfigurationArn"] == (
        f"arn:aws:imagebuilder:eu-west-1:{ACCOUNT}:distribution-configuration/{normalized}"
    )
    assert response["clientToken"] == document["clientToken"]
    assert response["requestId"] == response["ResponseMetadata"]["RequestId"]


def test_get_returns_the_created_and_the_read_only_members(imagebuilder, document):
    document |= {"description": "Größe 🖼 </script>\n", "tags": {"Team": ""}}
    arn = create(imagebuilder, document)
    configuration = get(imagebuilder, arn)
    assert configuration.keys() - document.keys() == {
        "arn",
        "dateCreated",
        "dateUpdated",
        "timeoutMinutes",
    }
    sent = {key: document[key] for key in document.keys() - {"clientToken"}}
    assert {key: configuration[key] for key in sent} == sent
    assert configuration["dateCreated"] == configuration["dateUpdated"]


def test_an_equivalent_name_already_exists(imagebuilder, document):
    arn = create(imagebuilder, document)
    other = document | {"name": document["name"].upper().replace(" ", "_"), "clientToken": "other"}
    code, status, message = rejected_call(imagebuilder.create_distribution_configuration, **other)
    assert (code, status) == ("ResourceAlreadyExistsException", 400)
    assert arn in message


def test_a_name_can_be_reused_in_another_region(imagebuilder, connect, document):
    create(imagebuilder, document)
    arn = create(connect("imagebuilder", region="us-east-1"), document)
    assert ":us-east-1:" in arn


def test_the_partition_follows_the_region(connect, document):
    assert create(connect("imagebuilder", region="cn-north-1"), document).startswith("arn:aws-cn:")


def test_an_unknown_region_is_rejected(connect, document):
    client = connect("imagebuilder", region="narnia-1")
    code, status, _ = rejected_call(client.create_distribution_configuration, **document)
    assert (code, status) == ("InvalidSignatureException", 403)


def test_the_same_token_and_content_return_the_first_arn(imagebuilder, document):
    arn = create(imagebuilder, document)
    assert create(imagebuilder, document) == arn
    imagebuilder.delete_distribution_configuration(distributionConfigurationArn=arn)
    assert create(imagebuilder, document) == arn
    code, _, _ = rejected_call(
        imagebuilder.get_distribution_configuration, distributionConfigurationArn=arn
    )
    assert code == "ResourceNotFoundException"  # it was not created again


def test_the_same_token_with_other_content_is_rejected(imagebuilder, document):
    create(imagebuilder, document)
    document["description"] = "Another one"
    code, status, _ = rejected_call(imagebuilder.create_distribution_configuration, **document)
    assert (code, status) == ("IdempotentParameterMismatchException", 400)


def test_a_rejected_create_does_not_use_its_token(imagebuilder, document):
    create(imagebuilder, document)
    again = document | {"clientToken": document["clientToken"][::-1]}
    rejected_call(imagebuilder.create_distribution_configuration, **again)
    assert create(imagebuilder, again | {"name": document["name"] + " b"})


def test_a_dry_run_uses_neither_name_nor_token(imagebuilder, document):
    dry = document | {"dryRun": True}
    code, status, _ = rejected_call(imagebuilder.create_distribution_configuration, **dry)
    assert (code, status) == ("DryRunOperationException", 412)
    assert create(imagebuilder, document)


def test_a_dry_run_reports_what_a_create_would(imagebuilder, document):
    create(imagebuilder, document)
    existing = document | {"dryRun": True, "clientToken": "another"}
    code, _, _ = rejected_call(imagebuilder.create_distribution_configuration, **existing)
    assert code == "ResourceAlreadyExistsException"
    empty = document | {"dryRun": True, "distributions": [{"region": "eu-west-1"}]}
    code, _, _ = rejected_call(imagebuilder.create_distribution_configuration, **empty)
    assert code == "InvalidParameterValueException"


def test_a_dry_run_with_a_used_token_succeeds(imagebuilder, document):
    create(imagebuilder, document)
    dry = document | {"dryRun": True}
    code, _, _ = rejected_call(imagebuilder.create_distribution_configuration, **dry)
    assert code == "DryRunOperationException"


def test_update_keeps_name_tags_and_creation_date(imagebuilder, document):
    arn = create(imagebuilder, document | {"description": "First", "tags": {"Team": "a"}})
    before = get(imagebuilder, arn)
    distributions = copy.deepcopy(document["distributions"])
    distributions[0]["region"] = "us-east-1"
    imagebuilder.update_distribution_configuration(
        distributionConfigurationArn=arn, distributions=distributions, clientToken="update"
    )
    after = get(imagebuilder, arn)
    assert "description" not in after
    assert after["distributions"] == distributions
    for member in ("name", "tags", "dateCreated"):
        assert after[member] == before[member]


@pytest.mark.parametrize("member", [{"name": "Other"}, {"tags": {"a": "b"}}, {"dryRun": True}])
def test_update_rejects_name_tags_and_dry_run(send, imagebuilder, document, member):
    arn = create(imagebuilder, document)
    body = {
        "distributionConfigurationArn": arn,
        "distributions": document["distributions"],
        "clientToken": "x",
    } | member
    status, headers, content = send(
        "PUT", "/UpdateDistributionConfiguration", json.dumps(body).encode()
    )
    assert (status, headers["x-amzn-ErrorType"]) == (400, "InvalidParameterValueException")
    assert f"'{next(iter(member))}'" in json.loads(content)["message"]


def test_an_update_with_a_used_token_runs_once(imagebuilder, document):
    arn = create(imagebuilder, document)
    update = {
        "distributionConfigurationArn": arn,
        "distributions": document["distributions"],
        "clientToken": document["clientToken"],
    }
    imagebuilder.update_distribution_configuration(**update)
    updated = get(imagebuilder, arn)["dateUpdated"]
    imagebuilder.update_distribution_configuration(**update)
    assert get(imagebuilder, arn)["dateUpdated"] == updated
    other = update | {"description": "Other"}
    code, _, _ = rejected_call(imagebuilder.update_distribution_configuration, **other)
    assert code == "IdempotentParameterMismatchException"


def test_delete_frees_the_name(imagebuilder, document):
    arn = create(imagebuilder, document)
    response = imagebuilder.delete_distribution_configuration(distributionConfigurationArn=arn)
    assert response["distributionConfigurationArn"] == arn
    assert create(imagebuilder, document | {"clientToken": "a new one"}) == arn


@pytest.mark.parametrize("operation", ["get", "delete"])
def test_a_missing_arn_is_not_found(imagebuilder, operation):
    code, status, _ = rejected_call(
        getattr(imagebuilder, f"{operation}_distribution_configuration"),
        distributionConfigurationArn=(
            f"arn:aws:imagebuilder:eu-west-1:{ACCOUNT}:distribution-configuration/none"
        ),
    )
    assert (code, status) == ("ResourceNotFoundException", 404)


def test_a_configuration_is_not_visible_in_another_region(imagebuilder, connect, document):
    arn = create(imagebuilder, document)
    other_region = connect("imagebuilder", region="us-east-1")
    code, _, _ = rejected_call(
        other_region.get_distribution_configuration, distributionConfigurationArn=arn
    )
    assert code == "ResourceNotFoundException"


def test_an_arn_of_another_account_is_forbidden(imagebuilder):
    code, status, _ = rejected_call(
        imagebuilder.get_distribution_configuration,
        distributionConfigurationArn=(
            "arn:aws:imagebuilder:eu-west-1:072964183051:distribution-configuration/none"
        ),
    )
    assert (code, status) == ("ForbiddenException", 403)


def test_tags_are_added_replaced_removed_and_listed(imagebuilder, document):
    arn = create(imagebuilder, document | {"tags": {"a": "1", "b": "2"}})
    imagebuilder.tag_resource(resourceArn=arn, tags={"b": "3", "c d": "4"})
    imagebuilder.untag_resource(resourceArn=arn, tagKeys=["a", "absent"])
    expected = {"b": "3", "c d": "4"}
    assert imagebuilder.list_tags_for_resource(resourceArn=arn)["tags"] == expected
    assert get(imagebuilder, arn)["tags"] == expected


def test_a_resource_can_have_fifty_tags(imagebuilder, document):
    arn = create(imagebuilder, document | {"tags": {f"key{n}": "" for n in range(50)}})
    code, status, _ = rejected_call(
        imagebuilder.tag_resource, resourceArn=arn, tags={"one": "more"}
    )
    assert (code, status) == ("InvalidParameterException", 400)


def test_tagging_uses_its_own_error_code(imagebuilder):
    code, _, message = rejected_call(
        imagebuilder.tag_resource, resourceArn="no-arn", tags={"a": "b"}
    )
    assert code == "InvalidParameterException"
    assert "'resourceArn'" in message


def test_unsupported_operations_are_rejected(imagebuilder):
    assert imagebuilder.list_image_pipelines()["imagePipelineList"] == []
    code, status, message = rejected_call(imagebuilder.list_components)
    assert (code, status) == ("InvalidRequestException", 400)
    assert "ListComponents" in message
