"""Fixtures for tests that need the test pages of `tests.web.urls`."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.fixture(autouse=True)
def extra_pages(settings):
    """Add the pages of `tests.web.urls` to the site."""
    settings.ROOT_URLCONF = "tests.web.urls"


@pytest.fixture
def csrf_client(alice):
    """Return a client for alice that checks CSRF tokens and returns error pages."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(alice)
    return client
