"""A draft, a target, a gateway that answers as told, and the sandbox as a process."""

from __future__ import annotations

import json
import sqlite3
import urllib.request
import uuid
from contextlib import closing

import boto3
import pytest
from django.db import connections

from distui.aws import gateway
from distui.aws.results import Absent, Accepted, Identity
from distui.builder.models import Draft
from distui.submissions.ledger.create import prepare
from distui.targets.models import Target
from distui.targets.sandbox import ensure_sandbox_target
from tests import sandbox_process

ACCOUNT = "418273950164"
KEYS = {"aws_access_key_id": "any", "aws_secret_access_key": "any"}


def document(name: str) -> dict:
    """A valid document of that name."""
    ami = {"name": "base-{{ imagebuilder:buildDate }}", "description": "Base image"}
    distribution = {"region": "eu-west-1", "amiDistributionConfiguration": ami}
    return {"name": name, "distributions": [distribution]}


def arn(name: str) -> str:
    """The ARN that the tests' target gives to a name that is normalised already."""
    return f"arn:aws:imagebuilder:eu-west-1:{ACCOUNT}:distribution-configuration/{name}"


def draft_of(user, name: str | None = None) -> Draft:
    """A draft that could be submitted."""
    text = json.dumps(document(name or f"base-{uuid.uuid4().hex}"))
    return Draft.objects.create(owner=user, text=text)


@pytest.fixture
def target(db):
    """A target in the account that all tests use."""
    return Target.objects.create(name="Tests", region="eu-west-1", account=ACCOUNT)


@pytest.fixture
def draft(alice):
    """A draft of alice's."""
    return draft_of(alice)


@pytest.fixture
def submission(draft, target, alice):
    """A submission of alice's draft, prepared."""
    return prepare(draft=draft, target=target, user=alice, token=draft.client_token)


@pytest.fixture
def own_database(transactional_db, tmp_path):
    """A database that threads and processes can share; the tests' SQLite is in this process alone.

    To be asked for before anything that writes. Gives the DATABASE_URL for other processes.
    """
    shared = connections["default"]
    settings = shared.settings_dict
    if shared.vendor != "sqlite":
        host = settings["HOST"].replace("/", "%2F")
        yield f"postgres://{settings['USER']}@{host}:{settings['PORT'] or 5432}/{settings['NAME']}"
        return
    name, path = settings["NAME"], tmp_path / "distui.sqlite3"
    shared.ensure_connection()
    with closing(sqlite3.connect(path)) as file:
        shared.connection.backup(file)
    settings["NAME"] = str(path)
    del connections["default"]
    yield f"sqlite:///{path}"
    connections["default"].close()
    connections["default"] = shared
    settings["NAME"] = name


class FakeGateway:
    """Answers as scripted: in ``answers`` one for each create, a class to be raised or a value.

    ``created`` holds what AWS would hold by ARN, ``bodies`` what was sent.
    """

    def __init__(self) -> None:
        self.answers: list = []
        self.bodies: list[bytes] = []
        self.account = ACCOUNT
        self.identity_answer = None
        self.found = Absent()
        self.listed: list[str] = []

    def create(self, access, body, *, account=""):
        """The next scripted answer; accepted where none is left."""
        self.bodies.append(body)
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, type):
            raise answer
        return answer or self.accepted(body)

    def accepted(self, body):
        """The answer of a creation."""
        name = json.loads(body)["name"]
        return Accepted(arn(name), "request-1", json.dumps({"requestId": "request-1"}))

    def identity(self, access):
        """Who the credentials are."""
        whose = f"arn:aws:iam::{self.account}:user/tests"
        return self.identity_answer or Identity(self.account, whose, "aws")

    def find(self, access, arn):
        """What is there."""
        return self.found

    def names(self, access):
        """What List gives."""
        return self.listed


@pytest.fixture
def aws(monkeypatch):
    """The gateway that answers as told."""
    fake = FakeGateway()
    for name in ("create", "identity", "find", "names"):
        monkeypatch.setattr(gateway, name, getattr(fake, name))
    return fake


@pytest.fixture(scope="session")
def sandbox_url(tmp_path_factory):
    """The URL of a sandbox that all tests share: each makes up names of its own."""
    url, process = sandbox_process.start(tmp_path_factory.mktemp("sandbox") / "state.json")
    # Its first answer of STS takes long; nothing of ours waits with boto3's patience.
    boto3.client("sts", "eu-west-1", endpoint_url=url, **KEYS).get_caller_identity()
    yield url
    sandbox_process.stop(process)


@pytest.fixture
def sandbox(sandbox_url, settings):
    """The sandbox, with no faults planned."""
    settings.DISTUI_SANDBOX_URL = sandbox_url
    running = Sandbox(sandbox_url)
    yield running
    running.plan()


@pytest.fixture
def sandbox_target(sandbox, db):
    """The target that is the sandbox."""
    return ensure_sandbox_target()


class Sandbox:
    """What a test asks of the sandbox."""

    def __init__(self, url: str) -> None:
        self.url = url

    def plan(self, *faults) -> None:
        """Plans faults for the create requests that follow."""
        body = json.dumps(faults).encode()
        request = urllib.request.Request(f"{self.url}/sandbox/faults", body, method="PUT")
        urllib.request.urlopen(request).close()

    def sends_of(self, name: str) -> list[dict]:
        """The create requests that came for a name."""
        with urllib.request.urlopen(f"{self.url}/sandbox/log") as answer:
            return [entry for entry in json.load(answer) if entry["name"] == name]

    def holding(self, name: str) -> list[str]:
        """The ARNs of the configurations of that name."""
        client = boto3.client("imagebuilder", "eu-west-1", endpoint_url=self.url, **KEYS)
        named = {"name": "name", "values": [name]}
        answer = client.list_distribution_configurations(filters=[named])
        return [found["arn"] for found in answer["distributionConfigurationSummaryList"]]
