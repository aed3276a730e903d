"""One running distui for all of these tests, and a user in a browser."""

from __future__ import annotations

import pytest

from tests.end_to_end.author import Author
from tests.product import Product


@pytest.fixture(scope="session")
def product(tmp_path_factory):
    """Start distui with a second target in another Region of the sandbox."""
    product = Product(tmp_path_factory.mktemp("product"))
    product.start()
    result = product.manage(
        "add_target", "sandbox-us", "--region", "us-east-1", "--sandbox", "--everyone"
    )
    assert result.returncode == 0, result.stderr
    yield product
    assert product.stop() == 0


@pytest.fixture
def site_url(product):
    """Return the only site that the browser may send requests to."""
    return product.url


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def author(request, new_context):
    """Return a signed-in author in Chromium, with and without JavaScript."""
    context = new_context(java_script_enabled=request.param)
    author = Author(context.new_page(), scripts=request.param)
    author.sign_in()
    return author
