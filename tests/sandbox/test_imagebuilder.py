"""Image Builder's operations, through boto3 against the real process."""

from __future__ import annotations

import copy
import json

import pytest

from distui.sandbox.company import ACCOUNT
from tests.sandbox.calls import created, got, refused


def test_create_answers_arn_token_and_request_id(imagebuilder, document):
    answer = imagebuilder.create_distribution_configuration(**document)
    normalised = document["name"].lower().replace(" ", "-")
    assert answer["distributionConfigurationArn"] == (
        f"arn:aws:imagebuilder:eu-west-1:{ACCOUNT}:distribution-configuration/{normalised}"
    )
    assert answer["clientToken"] == document["clientToken"]
    assert answer["requestId"] == answer["ResponseMetadata"]["RequestId"]


def test_get_answers_what_was_created_and_the_read_only_members(imagebuilder, document):
    document |= {"description": "Größe 🖼 </script>\n", "tags": {"Team": ""}}
    arn = created(imagebuilder, document)
    kept = got(imagebuilder, arn)
    assert kept.keys() - document.keys() == {"arn", "dateCreated", "dateUpdated", "timeoutMinutes"}
    sent = {key: document[key] for key in document.keys() - {"clientToken"}}
    assert {key: kept[key] for key in sent} == sent
    assert kept["dateCreated"] == kept["dateUpdated"]


def test_a_name_is_taken_after_normalising(imagebuilder, document):
    arn = created(imagebuilder, document)
    other = document | {"name": document["name"].upper().replace(" ", "_"), "clientToken": "other"}
    code, status, message = refused(imagebuilder.create_distribution_configuration, **other)
    assert (code, status) == ("ResourceAlreadyExistsException", 400)
    assert arn in message


def test_a_name_may_be_used_again_in_another_home_region(imagebuilder, connect, document):
    created(imagebuilder, document)
    arn = created(connect("imagebuilder", region="us-east-1"), document)
    assert ":us-east-1:" in arn


def test_the_partition_follows_the_region(connect, document):
    assert created(connect("imagebuilder", region="cn-north-1"), document).startswith("arn:aws-cn:")


def test_an_unknown_region_is_refused(connect, document):
    client = connect("imagebuilder", region="narnia-1")
    code, status, _ = refused(client.create_distribution_configuration, **document)
    assert (code, status) == ("InvalidSignatureException", 403)


def test_the_same_token_and_content_answer_the_first_response(imagebuilder, document):
    arn = created(imagebuilder, document)
    assert created(imagebuilder, document) == arn
    imagebuilder.delete_distribution_configuration(distributionConfigurationArn=arn)
    assert created(imagebuilder, document) == arn
    code, _, _ = refused(
        imagebuilder.get_distribution_configuration, distributionConfigurationArn=arn
    )
    assert code == "ResourceNotFoundException"  # nothing has run twice


def test_the_same_token_with_other_content_is_refused(imagebuilder, document):
    created(imagebuilder, document)
    document["description"] = "Another one"
    code, status, _ = refused(imagebuilder.create_distribution_configuration, **document)
    assert (code, status) == ("IdempotentParameterMismatchException", 400)


def test_a_refused_create_does_not_use_up_its_token(imagebuilder, document):
    created(imagebuilder, document)
    again = document | {"clientToken": document["clientToken"][::-1]}
    refused(imagebuilder.create_distribution_configuration, **again)
    assert created(imagebuilder, again | {"name": document["name"] + " b"})


def test_a_dry_run_checks_and_leaves_name_and_token_free(imagebuilder, document):
    dry = document | {"dryRun": True}
    code, status, _ = refused(imagebuilder.create_distribution_configuration, **dry)
    assert (code, status) == ("DryRunOperationException", 412)
    assert created(imagebuilder, document)


def test_a_dry_run_is_refused_for_what_would_be_refused(imagebuilder, document):
    created(imagebuilder, document)
    taken = document | {"dryRun": True, "clientToken": "another"}
    code, _, _ = refused(imagebuilder.create_distribution_configuration, **taken)
    assert code == "ResourceAlreadyExistsException"
    empty = document | {"dryRun": True, "distributions": [{"region": "eu-west-1"}]}
    code, _, _ = refused(imagebuilder.create_distribution_configuration, **empty)
    assert code == "InvalidParameterValueException"


def test_a_dry_run_of_what_was_created_with_its_token_would_succeed(imagebuilder, document):
    created(imagebuilder, document)
    dry = document | {"dryRun": True}
    code, _, _ = refused(imagebuilder.create_distribution_configuration, **dry)
    assert code == "DryRunOperationException"


def test_update_replaces_everything_but_name_tags_and_creation(imagebuilder, document):
    arn = created(imagebuilder, document | {"description": "First", "tags": {"Team": "a"}})
    before = got(imagebuilder, arn)
    distributions = copy.deepcopy(document["distributions"])
    distributions[0]["region"] = "us-east-1"
    imagebuilder.update_distribution_configuration(
        distributionConfigurationArn=arn, distributions=distributions, clientToken="update"
    )
    after = got(imagebuilder, arn)
    assert "description" not in after
    assert after["distributions"] == distributions
    for kept in ("name", "tags", "dateCreated"):
        assert after[kept] == before[kept]


@pytest.mark.parametrize("member", [{"name": "Other"}, {"tags": {"a": "b"}}, {"dryRun": True}])
def test_update_takes_neither_name_nor_tags_nor_a_dry_run(send, imagebuilder, document, member):
    arn = created(imagebuilder, document)
    body = {
        "distributionConfigurationArn": arn,
        "distributions": document["distributions"],
        "clientToken": "x",
    } | member
    status, headers, answer = send(
        "PUT", "/UpdateDistributionConfiguration", json.dumps(body).encode()
    )
    assert (status, headers["x-amzn-ErrorType"]) == (400, "InvalidParameterValueException")
    assert f"'{next(iter(member))}'" in json.loads(answer)["message"]


def test_an_update_with_its_token_again_runs_once(imagebuilder, document):
    arn = created(imagebuilder, document)
    update = {
        "distributionConfigurationArn": arn,
        "distributions": document["distributions"],
        "clientToken": document["clientToken"],
    }
    imagebuilder.update_distribution_configuration(**update)
    updated = got(imagebuilder, arn)["dateUpdated"]
    imagebuilder.update_distribution_configuration(**update)
    assert got(imagebuilder, arn)["dateUpdated"] == updated
    other = update | {"description": "Other"}
    code, _, _ = refused(imagebuilder.update_distribution_configuration, **other)
    assert code == "IdempotentParameterMismatchException"


def test_delete_frees_the_name(imagebuilder, document):
    arn = created(imagebuilder, document)
    answer = imagebuilder.delete_distribution_configuration(distributionConfigurationArn=arn)
    assert answer["distributionConfigurationArn"] == arn
    assert created(imagebuilder, document | {"clientToken": "a new one"}) == arn


@pytest.mark.parametrize("operation", ["get", "delete"])
def test_an_arn_that_is_not_there_is_refused(imagebuilder, operation):
    code, status, _ = refused(
        getattr(imagebuilder, f"{operation}_distribution_configuration"),
        distributionConfigurationArn=(
            f"arn:aws:imagebuilder:eu-west-1:{ACCOUNT}:distribution-configuration/none"
        ),
    )
    assert (code, status) == ("ResourceNotFoundException", 404)


def test_a_configuration_is_not_seen_from_another_region(imagebuilder, connect, document):
    arn = created(imagebuilder, document)
    elsewhere = connect("imagebuilder", region="us-east-1")
    code, _, _ = refused(elsewhere.get_distribution_configuration, distributionConfigurationArn=arn)
    assert code == "ResourceNotFoundException"


def test_an_arn_of_another_account_is_forbidden(imagebuilder):
    code, status, _ = refused(
        imagebuilder.get_distribution_configuration,
        distributionConfigurationArn=(
            "arn:aws:imagebuilder:eu-west-1:072964183051:distribution-configuration/none"
        ),
    )
    assert (code, status) == ("ForbiddenException", 403)


def test_tags_are_added_replaced_removed_and_listed(imagebuilder, document):
    arn = created(imagebuilder, document | {"tags": {"a": "1", "b": "2"}})
    imagebuilder.tag_resource(resourceArn=arn, tags={"b": "3", "c d": "4"})
    imagebuilder.untag_resource(resourceArn=arn, tagKeys=["a", "absent"])
    left = {"b": "3", "c d": "4"}
    assert imagebuilder.list_tags_for_resource(resourceArn=arn)["tags"] == left
    assert got(imagebuilder, arn)["tags"] == left


def test_a_resource_has_at_most_fifty_tags(imagebuilder, document):
    arn = created(imagebuilder, document | {"tags": {f"key{n}": "" for n in range(50)}})
    code, status, _ = refused(imagebuilder.tag_resource, resourceArn=arn, tags={"one": "more"})
    assert (code, status) == ("InvalidParameterException", 400)


def test_tagging_refuses_with_the_code_of_its_own_model(imagebuilder):
    code, _, message = refused(imagebuilder.tag_resource, resourceArn="no-arn", tags={"a": "b"})
    assert code == "InvalidParameterException"
    assert "'resourceArn'" in message


def test_operations_the_sandbox_lacks_are_refused_in_form(imagebuilder):
    assert imagebuilder.list_image_pipelines()["imagePipelineList"] == []
    code, status, message = refused(imagebuilder.list_components)
    assert (code, status) == ("InvalidRequestException", 400)
    assert "ListComponents" in message
