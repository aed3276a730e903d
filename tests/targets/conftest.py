"""Fixtures: a running sandbox, or none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from botocore.config import Config

from distui.aws import sessions
from tests import sandbox_process

ACCOUNT = "418273950164"


@pytest.fixture(scope="session")
def sandbox_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the URL of a sandbox that all tests of the app share and none changes."""
    state: Path = tmp_path_factory.mktemp("sandbox") / "state.json"
    url, process = sandbox_process.start(state)
    yield url
    sandbox_process.stop(process)


@pytest.fixture
def sandbox(sandbox_url, settings, monkeypatch):
    """Return a running sandbox's URL. Its first response may take as long as seeding it does."""
    slow = sessions.CONFIG.merge(Config(read_timeout=120, proxies={}))
    monkeypatch.setattr(sessions, "_SANDBOX_CONFIG", slow)
    settings.DISTUI_SANDBOX_URL = sandbox_url
    return sandbox_url


@pytest.fixture
def no_sandbox(settings):
    """No running sandbox."""
    settings.DISTUI_SANDBOX_URL = ""
