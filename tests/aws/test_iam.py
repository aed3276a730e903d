"""The IAM policies allow what the code calls, and nothing else."""

from __future__ import annotations

import ast

import pytest
from botocore import xform_name
from botocore.session import Session

from distui.aws import iam
from tests.product import ROOT

FOLDER = ROOT / "deploy" / "iam"
OPERATING = (ROOT / "docs" / "operating.md").read_text()
SERVICES = ("imagebuilder", "sts")
# The sandbox answers calls, and the inventory is shown for the sandbox only.
NOT_FOR_AWS = ("sandbox/", "aws/inventory.py")
SOURCES = [
    path
    for path in (ROOT / "distui").rglob("*.py")
    if not path.relative_to(ROOT / "distui").as_posix().startswith(NOT_FOR_AWS)
]
# Used as methods of other objects: of botocore's sessions, and of a permission's codename.
OTHER_METHODS = {"get_component"}


def operations():
    """Return the operations of the services by the name of their method."""
    return {
        xform_name(operation): operation
        for service in SERVICES
        for operation in Session().get_service_model(service).operation_names
    }


def words(path):
    """Return the attributes and texts in the file's code: paginators have an operation's name."""
    for node in ast.walk(ast.parse(path.read_text())):
        yield getattr(node, "attr", None) or getattr(node, "value", None)


def test_the_list_has_what_the_code_calls():
    known = operations()
    found = {word for path in SOURCES for word in words(path) if isinstance(word, str)}
    called = {known[word] for word in found - OTHER_METHODS if word in known}
    assert called == {*iam.CALLED, *iam.WITHOUT_PERMISSION, "AssumeRole"}


def test_no_other_service_is_called():
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".client"):
                texts = [one.value for one in node.args if isinstance(one, ast.Constant)]
                assert {*texts} <= {*SERVICES}, path


def test_every_action_is_an_operation():
    known = {f"imagebuilder:{name}" for name in operations().values()}
    for statement in iam.policies()["target-policy"]["Statement"]:
        assert {*statement["Action"]} <= known


def test_every_action_of_the_broker_is_an_operation():
    known = {f"sqs:{name}" for name in Session().get_service_model("sqs").operation_names}
    for statement in iam.policies()["sqs-policy"]["Statement"]:
        assert {*statement["Action"]} <= known


def test_roles_are_assumed_with_the_external_id():
    (trust,) = iam.policies()["target-trust"]["Statement"]
    assert "sts:ExternalId" in trust["Condition"]["StringEquals"]


@pytest.mark.parametrize("name", iam.policies())
def test_the_files_are_up_to_date_and_documented(name):
    path = FOLDER / f"{name}.json"
    assert path.read_text() == iam.as_text(iam.policies()[name]), "run: make docs"
    assert path.relative_to(ROOT).as_posix() in OPERATING
    assert len([*FOLDER.iterdir()]) == len(iam.policies())
