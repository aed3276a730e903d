"""The cast of every test: alice writes, bob reviews, charlie is nobody to either."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client

pytest_plugins = ["tests.chromium"]

PASSWORD = "correct horse battery staple"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """Keeps SQLite in a file, as people do: in memory, two requests at once lock each other out."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("db") / "sqlite3")


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Hashes that cost nothing: no test is about their strength."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def alice(db):
    """The author of drafts and submissions."""
    return User.objects.create_user("alice", password=PASSWORD)


@pytest.fixture
def bob(db):
    """A reviewer."""
    user = User.objects.create_user("bob", password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get_or_create(name="reviewers")[0])
    return user


@pytest.fixture
def charlie(db):
    """Somebody who is signed in and has nothing to do with alice's work."""
    return User.objects.create_user("charlie", password=PASSWORD)


def signed_in(user):
    """A client in which the user is signed in."""
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def alice_client(alice):
    """Alice's client."""
    return signed_in(alice)


@pytest.fixture
def bob_client(bob):
    """Bob's client."""
    return signed_in(bob)


@pytest.fixture
def charlie_client(charlie):
    """Charlie's client."""
    return signed_in(charlie)
