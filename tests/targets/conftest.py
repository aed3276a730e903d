"""A sandbox process that the settings point at."""

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
    """The URL of a sandbox that all tests of the room share; none of them changes it."""
    state: Path = tmp_path_factory.mktemp("sandbox") / "state.json"
    url, process = sandbox_process.start(state)
    yield url
    sandbox_process.stop(process)


@pytest.fixture
def sandbox(sandbox_url, settings, monkeypatch):
    """The sandbox runs, and its first answer may take as long as filling it takes."""
    slow = sessions.CONFIG.merge(Config(read_timeout=120, proxies={}))
    monkeypatch.setattr(sessions, "_SANDBOX_CONFIG", slow)
    settings.DISTUI_SANDBOX_URL = sandbox_url
    return sandbox_url


@pytest.fixture
def no_sandbox(settings):
    """No sandbox runs."""
    settings.DISTUI_SANDBOX_URL = ""
