"""A real OpenID provider for tests, in a process of its own."""

from __future__ import annotations

import re
import subprocess
import sys
import time

import pytest
import requests

from distui.web.authentication import sign_in_settings
from distui.web.authentication.sign_in_settings import OpenIdConnect
from tests.product import ROOT, free_port

CLIENT_ID, CLIENT_SECRET, PASSWORD = "distui", "secret of distui", "password at the provider"
HIDDEN_FIELD = re.compile(r'name="(\w+)" value="([^"]*)"')


class OpenIdProvider:
    """The running provider, and what a person does in its pages."""

    def __init__(self, url):
        self.url = url
        self.issuer = f"{url}/o"

    def control(self, **changes):
        """Say how the provider answers from now on; without arguments, normally."""
        requests.post(f"{self.url}/control/", json=changes).raise_for_status()

    def authorize(self, location, user="alice", answer="allow"):
        """Sign in to the provider and answer its question; return where it redirects to."""
        with requests.Session() as session:
            login = session.get(location)
            page = session.post(login.url, {"username": user, "password": PASSWORD})
            fields = dict(HIDDEN_FIELD.findall(page.text)) | {answer: "yes"}
            return session.post(page.url, fields, allow_redirects=False).headers["Location"]


def start_provider(database):
    """Start a provider with its database in this file; return it and its process."""
    port = free_port()
    command = [sys.executable, "-m", "tests.openid_provider", str(port), str(database)]
    process = subprocess.Popen(command, cwd=ROOT)
    provider = OpenIdProvider(f"http://127.0.0.1:{port}")
    for _ in range(600):
        try:
            requests.get(f"{provider.url}/login/")
            break
        except requests.ConnectionError:
            assert process.poll() is None
            time.sleep(0.1)
    return provider, process


@pytest.fixture(scope="session")
def running_provider(tmp_path_factory):
    """Run the provider."""
    provider, process = start_provider(tmp_path_factory.mktemp("provider") / "sqlite3")
    yield provider
    process.terminate()
    process.wait()


@pytest.fixture
def provider(running_provider, settings, db):
    """Return the provider, with which the site signs people in."""
    running_provider.control()
    settings.OIDC = openid_connect(running_provider.issuer)
    settings.AUTHENTICATION_BACKENDS = sign_in_settings.backends(True, "", settings.OIDC)
    return running_provider


def openid_connect(issuer="https://provider.example", **changes):
    """Return the site's settings for a provider."""
    values = {
        "issuer": issuer,
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "name": "Example",
        "scopes": ("openid", "profile", "email"),
        "username_claim": "preferred_username",
        "groups_claim": "groups",
        "groups": (("image-reviewers", "reviewers"), ("image-publishers", "publishers")),
        "required_group": "",
        "admin_group": "",
    }
    return OpenIdConnect(**values | changes)
