"""One product for all of these tests, and an author in front of it."""

from __future__ import annotations

import pytest

from tests.end_to_end.author import Author
from tests.product import Product


@pytest.fixture(scope="session")
def product(tmp_path_factory):
    """A running product with a second target, in another home Region of the sandbox."""
    started = Product(tmp_path_factory.mktemp("product"))
    started.start()
    second = started.manage("add_target", "sandbox-us", "--region", "us-east-1", "--sandbox")
    assert second.returncode == 0, second.stderr
    yield started
    assert started.stop() == 0


@pytest.fixture
def site_url(product):
    """The watched browser's only address."""
    return product.url


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def author(request, new_context):
    """A signed-in author in a real Chromium, with and without JavaScript."""
    context = new_context(java_script_enabled=request.param)
    person = Author(context.new_page(), scripts=request.param)
    person.sign_in()
    return person
