"""Pages of people who are signed in."""

from __future__ import annotations

import pytest

from tests.chromium import sign_in


@pytest.fixture
def open_as(new_context, site_url):
    """Return a function that opens a path as the client's user, in a context with the options."""

    def opened(client, path, **options):
        context = new_context(**options)
        sign_in(context, client, site_url)
        page = context.new_page()
        page.goto(path)
        return page

    return opened


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without"])
def scripts(request):
    """Return whether the browser runs scripts."""
    return request.param
