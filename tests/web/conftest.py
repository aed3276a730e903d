"""All tests of this room see the three pages more."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.fixture(autouse=True)
def more_pages(settings):
    """The site with the pages of `tests.web.urls`."""
    settings.ROOT_URLCONF = "tests.web.urls"


@pytest.fixture
def careful_client(alice):
    """Alice's client as a browser would be: forms need a token, and an error page is a page."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(alice)
    return client
