"""Users for all tests: alice is an author, bob a reviewer, charlie has no access to their data."""

from __future__ import annotations

import json
import logging
import os
import uuid
from io import StringIO

import hypothesis
import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck
from structlog.contextvars import clear_contextvars

from distui.deployment.logs.format import json_formatter

pytest_plugins = ["tests.chromium", "tests.openid_provider"]

PASSWORD = "correct horse battery staple"

# HYPOTHESIS_PROFILE chooses one. No deadline: documents at the API's limits are large.
_SHARED = hypothesis.settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
hypothesis.settings.register_profile("default", _SHARED)
# Fewer, and the same each time, so that no merge fails by chance. "nightly" looks for new ones.
hypothesis.settings.register_profile(
    "ci", _SHARED, max_examples=15, derandomize=True, print_blob=True
)
hypothesis.settings.register_profile("nightly", _SHARED, max_examples=1000, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """Use an SQLite file as in production: in memory, concurrent requests lock each other out."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("db") / "sqlite3")


@pytest.fixture(autouse=True)
def fast_password_hasher(settings):
    """Use a fast password hasher."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def static_files_by_request(settings):
    """Look static files up when they are requested: each new client would read all of them."""
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(autouse=True)
def newest_submission(settings, tmp_path_factory):
    """Keep the number of the newest submission apart: each test starts with an empty database."""
    settings.NEWEST_SUBMISSION = tmp_path_factory.getbasetemp() / f"newest-{uuid.uuid4().hex}"


@pytest.fixture
def alice(db):
    """Return alice, the author of drafts and submissions."""
    return User.objects.create_user("alice", password=PASSWORD)


@pytest.fixture
def bob(db):
    """Return bob, a reviewer."""
    user = User.objects.create_user("bob", password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get_or_create(name="reviewers")[0])
    return user


@pytest.fixture
def charlie(db):
    """Return charlie, a user without access to alice's data."""
    return User.objects.create_user("charlie", password=PASSWORD)


@pytest.fixture
def json_log(monkeypatch):
    """Log JSON; return a function that returns the objects that were logged so far."""
    clear_contextvars()
    handler = next(one for one in logging.getLogger().handlers if one.get_name() == "console")
    # Not setStream: it flushes the stream before, which another test may have captured and closed.
    monkeypatch.setattr(handler, "stream", StringIO())
    monkeypatch.setattr(handler, "formatter", json_formatter())
    requests = logging.getLogger("distui.web.request_log")
    requests.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in handler.stream.getvalue().splitlines()]
    requests.setLevel(logging.WARNING)
    clear_contextvars()


def signed_in(user):
    """Return a client in which the user is signed in."""
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def alice_client(alice):
    """Return alice's client."""
    return signed_in(alice)


@pytest.fixture
def bob_client(bob):
    """Return bob's client."""
    return signed_in(bob)


@pytest.fixture
def charlie_client(charlie):
    """Return charlie's client."""
    return signed_in(charlie)
