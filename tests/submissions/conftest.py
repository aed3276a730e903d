"""Fixtures: a draft, a target, a submission, a fake gateway, and the sandbox as a process."""

from __future__ import annotations

import json
import sqlite3
import urllib.request
from contextlib import closing

import boto3
import pytest
from django.db import connections
from django.utils import timezone

from distui.aws import gateway
from distui.aws.results import Absent, Accepted, Identity, Listed, Unknown
from distui.submissions.ledger.create import create_submission
from distui.targets.sandbox import ensure_sandbox_target
from tests import sandbox_process
from tests.factories import (
    ACCOUNT,
    arn_of,
    document,
    make_draft,
    make_target,
    unique_name,
)

KEYS = {"aws_access_key_id": "any", "aws_secret_access_key": "any"}


@pytest.fixture
def target(db):
    """Return a target that everyone may use."""
    return make_target()


@pytest.fixture
def draft(alice):
    """Alice's draft, without errors and with a unique name."""
    return make_draft(alice, document(unique_name()))


@pytest.fixture
def submission(draft, target, alice):
    """Return a submission of alice's draft that is queued."""
    return create_submission(draft=draft, target=target, user=alice, token=draft.client_token)


@pytest.fixture
def database_folder(tmp_path):
    """Return the folder of ``own_database`` with SQLite."""
    return tmp_path


@pytest.fixture
def own_database(transactional_db, database_folder):
    """Create a database that threads and processes can share. Yield its DATABASE_URL.

    The usual SQLite test database exists in this process only. Request this fixture before any
    fixture that writes.
    """
    shared = connections["default"]
    settings = shared.settings_dict
    if shared.vendor != "sqlite":
        host = settings["HOST"].replace("/", "%2F")
        yield f"postgres://{settings['USER']}@{host}:{settings['PORT'] or 5432}/{settings['NAME']}"
        return
    name, path = settings["NAME"], database_folder / "distui.sqlite3"
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
    """A gateway with scripted responses.

    ``responses`` has one entry per create: a value to return, or an exception class to raise.
    ``bodies`` records the bodies sent. ``found`` and ``listed`` are what AWS has.
    """

    def __init__(self) -> None:
        self.responses: list = []
        self.bodies: list[bytes] = []
        self.account = ACCOUNT
        self.identity_response = None
        self.found = Absent()
        self.listed: list[str] = []

    def create(self, connection, body, *, account="", may_send=lambda: True):
        """Return the next scripted response, or accept if there is none."""
        response = self.responses.pop(0) if self.responses else None
        if not may_send():
            return Unknown("Taken over.", uncertain=False, retry=True, code="SendRefused")
        self.bodies.append(body)
        if isinstance(response, type):
            raise response
        return response or self.accepted(body)

    def accepted(self, body):
        """Return the response of a successful creation."""
        name = json.loads(body)["name"]
        return Accepted(arn_of(name), "request-1", json.dumps({"requestId": "request-1"}))

    def identity(self, connection):
        """Return the credentials' identity."""
        caller = f"arn:aws:iam::{self.account}:user/tests"
        return self.identity_response or Identity(self.account, caller, "aws")

    def find(self, connection, arn):
        """Return what a look-up finds."""
        return self.found

    def names(self, connection):
        """Return the names that AWS lists."""
        return self.listed

    def list_configurations(self, connection):
        """Return the configurations that AWS lists."""
        return [Listed(arn_of(name), name, timezone.now(), {}) for name in self.listed]


@pytest.fixture
def aws(monkeypatch):
    """Return a fake gateway in place of the real one."""
    fake = FakeGateway()
    for name in ("create", "identity", "find", "names", "list_configurations"):
        monkeypatch.setattr(gateway, name, getattr(fake, name))
    return fake


@pytest.fixture(scope="session")
def sandbox_url(tmp_path_factory):
    """Return the URL of a sandbox that all tests share, each with names of its own."""
    url, process = sandbox_process.start(tmp_path_factory.mktemp("sandbox") / "state.json")
    # STS's first response takes longer than the application waits, but not longer than boto3 does.
    boto3.client("sts", "eu-west-1", endpoint_url=url, **KEYS).get_caller_identity()
    yield url
    sandbox_process.stop(process)


@pytest.fixture
def sandbox(sandbox_url, settings):
    """Return the sandbox without planned faults."""
    settings.DISTUI_SANDBOX_URL = sandbox_url
    client = Sandbox(sandbox_url)
    yield client
    client.plan()


@pytest.fixture
def sandbox_target(sandbox, db):
    """Return the sandbox's target."""
    return ensure_sandbox_target()


class Sandbox:
    """A client of the sandbox's control API and of its Image Builder."""

    def __init__(self, url: str) -> None:
        self.url = url

    def plan(self, *faults) -> None:
        """Plan faults for the next create requests."""
        body = json.dumps(faults).encode()
        request = urllib.request.Request(
            f"{self.url}/sandbox/faults", body, sandbox_process.CONTROL, method="PUT"
        )
        urllib.request.urlopen(request).close()

    def sends_of(self, name: str) -> list[dict]:
        """Return the create requests received for a name."""
        request = urllib.request.Request(f"{self.url}/sandbox/log", headers=sandbox_process.CONTROL)
        with urllib.request.urlopen(request) as response:
            return [entry for entry in json.load(response) if entry["name"] == name]

    def arns_of(self, name: str) -> list[str]:
        """Return the ARNs of the configurations with that name."""
        client = boto3.client("imagebuilder", "eu-west-1", endpoint_url=self.url, **KEYS)
        by_name = {"name": "name", "values": [name]}
        response = client.list_distribution_configurations(filters=[by_name])
        return [found["arn"] for found in response["distributionConfigurationSummaryList"]]
