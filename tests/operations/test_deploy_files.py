"""The files for deployment name settings, metrics and commands that exist."""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import sys
import tomllib
from ipaddress import ip_network
from urllib.parse import urlsplit

import pytest
import yaml
from botocore.session import Session
from django.utils import timezone
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import generate_latest

from distui.deployment.private_files import check_secret
from distui.submissions.metrics import ledger_collector
from distui.web.metrics import registry
from tests.factories import make_submission
from tests.product import CLEARED_PREFIXES, ROOT
from tests.test_docs import secrets as secret_names
from tests.test_docs import variables

DEPLOY = ROOT / "deploy"
FILES = [ROOT / "Containerfile", ROOT / "compose.yaml", *DEPLOY.rglob("*.*")]
TEXT = "\n".join(path.read_text() for path in FILES if path.is_file())
OPERATING = (ROOT / "docs" / "operating.md").read_text()


def test_they_name_settings_that_exist():
    known = {*variables(), *(f"{name}_FILE" for name in secret_names()), "DISTUI_VERSION"}
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


def documented_settings():
    (lines,) = re.findall(
        r"^cat >/etc/distui/environment .*\n([^`]*?)^END$", OPERATING, re.MULTILINE
    )
    return lines


def names_of(settings):
    return {name.removesuffix("_FILE") for name in settings}


@pytest.mark.process
def test_the_documented_settings_pass_all_checks(tmp_path):
    lines = re.sub("/(etc|var/lib|opt)/distui", str(tmp_path), documented_settings())
    (tmp_path / "secret_key").write_text(secrets.token_urlsafe(50))
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(CLEARED_PREFIXES)}
    own = dict(line.split("=", 1) for line in lines.splitlines())
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    subprocess.run(command, cwd=ROOT, env=inherited | own, check=True)


def test_containers_have_the_documented_settings():
    documented = names_of(re.findall(r"^(\w+)=", documented_settings(), re.MULTILINE))
    image = set(re.findall(r"\b(DISTUI_\w+)=", (ROOT / "Containerfile").read_text()))
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]["web"]["environment"]
    parts = yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text())
    (kubernetes,) = [part["data"] for part in parts if part["kind"] == "ConfigMap"]
    for environment in (compose, kubernetes):
        assert documented <= names_of(environment) | image
        assert environment["DISTUI_HTTPS"] == "true"


def test_the_documented_commands_make_all_secrets(tmp_path):
    (code,) = re.findall(r"^```\n(mkdir -m 0700 secrets\n[^`]*)```$", OPERATING, re.MULTILINE)
    subprocess.run(["sh", "-ec", code], cwd=tmp_path, check=True)
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text())
    values = {
        name: (tmp_path / secret["file"]).read_text().strip()
        for name, secret in compose["secrets"].items()
    }
    check_secret(values["secret_key"], "SECRET_KEY")
    url = urlsplit(values["database_url"])
    assert (url.hostname, url.password) == ("postgres", values["postgres_password"])


@pytest.mark.django_db
def test_alerts_and_docs_name_metrics_that_exist(alice):
    now = timezone.now()
    make_submission(alice).attempts.create(number=1, worker="x", sent_at=now, ended_at=now)
    ledger = CollectorRegistry()
    ledger.register(ledger_collector)
    exposed = (generate_latest(registry) + generate_latest(ledger)).decode()
    known = set(re.findall(r"^# TYPE (distui_\w+)(?<!_created) ", exposed, re.MULTILINE))
    assert set(re.findall(r"`(distui_\w+)", OPERATING)) == known
    rules = yaml.safe_load((DEPLOY / "prometheus-alerts.yaml").read_text())["groups"][0]["rules"]
    for rule in rules:
        named = re.findall(r"\bdistui_\w+", rule["expr"])
        assert {name.removesuffix("_bucket") for name in named} <= known
        # With a misspelled label, an alert would never fire.
        assert [x for x in re.findall(r'\w+="[^"]+"', rule["expr"]) if x not in exposed] == []
        assert f"`{rule['alert']}`" in OPERATING
