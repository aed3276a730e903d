"""The files for deployment name settings, metrics, commands and AWS calls that exist."""

from __future__ import annotations

import ast
import json
import re
import tomllib

import pytest
import yaml
from botocore import xform_name
from botocore.session import Session
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import generate_latest

from distui.submissions.metrics import ledger_collector
from distui.web.metrics import registry
from tests.product import ROOT
from tests.test_docs import secrets, variables

DEPLOY = ROOT / "deploy"
FILES = [ROOT / "Containerfile", ROOT / "compose.yaml", *DEPLOY.rglob("*.*")]
TEXT = "\n".join(path.read_text() for path in FILES if path.is_file())
OPERATING = (ROOT / "docs" / "operating.md").read_text()
# Used on the page of the sandbox only.
ONLY_THE_SANDBOX = {"inventory.py"}


def policy(name):
    return json.loads((DEPLOY / "iam" / f"{name}.json").read_text())["Statement"]


def test_they_name_settings_that_exist():
    known = {*variables(), *(f"{name}_FILE" for name in secrets()), "DISTUI_VERSION"}
    assert set(re.findall(r"\b(?:DISTUI_[A-Z_]+|SECRET_KEY\w*|DATABASE_URL\w*)\b", TEXT)) <= known


def test_the_image_has_extras_that_exist():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    (extras,) = re.findall(r"^ARG EXTRAS=(.*)$", TEXT, re.MULTILINE)
    assert set(extras.split(",")) <= set(project["optional-dependencies"])


def test_containers_are_not_root_and_can_not_write():
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    for name in ("migrate", "web", "worker", "caddy"):
        assert compose[name]["read_only"]
        assert compose[name]["cap_drop"] == ["ALL"]
    assert re.findall(r"^USER (.*)$", TEXT, re.MULTILINE) == ["10001:10001"]
    for document in yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text()):
        pod = document.get("spec", {}).get("template", {}).get("spec", {})
        for container in pod.get("containers", ()):
            assert container["securityContext"]["readOnlyRootFilesystem"]
            assert pod["securityContext"]["runAsNonRoot"]


@pytest.mark.django_db
def test_alerts_are_about_metrics_that_exist():
    ledger = CollectorRegistry()
    ledger.register(ledger_collector)
    exposed = (generate_latest(registry) + generate_latest(ledger)).decode()
    known = set(re.findall(r"^# TYPE (\w+) ", exposed, re.MULTILINE))
    rules = yaml.safe_load((DEPLOY / "prometheus-alerts.yaml").read_text())["groups"][0]["rules"]
    for rule in rules:
        named = re.findall(r"\bdistui_\w+", rule["expr"])
        assert {name.removesuffix("_bucket") for name in named} <= known
        assert f"`{rule['alert']}`" in OPERATING


def called_operations():
    """Return the operations of Image Builder that the application's code calls."""
    model = Session().get_service_model("imagebuilder")
    names = {xform_name(name): name for name in model.operation_names}
    found = set()
    for path in (ROOT / "distui" / "aws").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            name = getattr(node, "attr", None) or getattr(node, "value", None)
            if path.name not in ONLY_THE_SANDBOX and isinstance(name, str) and name in names:
                found.add(names[name])
    return found - {"GetComponent"}  # a method of botocore's sessions has this name, too


def test_the_policy_of_targets_allows_what_is_called():
    actions = set()
    for statement in policy("target-policy"):
        action = statement["Action"]
        actions |= {action} if isinstance(action, str) else set(action)
    tags = {"TagResource"}  # a configuration is created with its tags
    assert actions == {f"imagebuilder:{name}" for name in called_operations() | tags}


def test_roles_are_assumed_with_the_external_id():
    (trust,) = policy("target-trust")
    assert "sts:ExternalId" in trust["Condition"]["StringEquals"]
    (own,) = policy("distui-policy")
    assert own["Action"] == trust["Action"] == "sts:AssumeRole"


@pytest.mark.parametrize("path", sorted((DEPLOY / "iam").glob("*.json")), ids=lambda p: p.stem)
def test_the_documentation_names_each_policy(path):
    assert path.relative_to(ROOT).as_posix() in OPERATING
