"""The files for deployment name settings, metrics and commands that exist."""

from __future__ import annotations

import re
import tomllib
from ipaddress import ip_network

import pytest
import yaml
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


def test_they_name_settings_that_exist():
    known = {*variables(), *(f"{name}_FILE" for name in secrets()), "DISTUI_VERSION"}
    assert set(re.findall(r"\b(?:DISTUI_[A-Z_]+|SECRET_KEY\w*|DATABASE_URL\w*)\b", TEXT)) <= known


def test_the_region_is_in_a_variable_that_botocore_reads():
    assert set(re.findall(r"\bAWS_\w*REGION\b", TEXT)) == {Session.SESSION_VARIABLES["region"][1]}


def test_all_deployments_know_their_proxy():
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text())
    (network,) = compose["networks"]["default"]["ipam"]["config"]
    for name in ("web", "worker"):
        environment = compose["services"][name]["environment"]
        assert environment["DISTUI_PROXY_ADDRESSES"] == network["subnet"]
    for text in (OPERATING, (DEPLOY / "kubernetes.yaml").read_text()):
        (address,) = re.findall(r"^ *DISTUI_PROXY_ADDRESSES(?:=|: )(.*)$", text, re.MULTILINE)
        assert ip_network(address)


def test_the_image_has_extras_that_exist():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    (extras,) = re.findall(r"^ARG EXTRAS=(.*)$", TEXT, re.MULTILINE)
    assert set(extras.split(",")) <= set(project["optional-dependencies"])


def test_containers_are_not_root_and_can_not_write():
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    for name in ("migrate", "web", "worker", "caddy"):
        assert compose[name]["read_only"]
        assert compose[name]["cap_drop"] == ["ALL"]
    # Without capabilities, the image's entrypoint can't change from root to this user.
    assert compose["redis"]["user"] == "redis"
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
