"""Every address of the site, generated: nothing is open, nothing changes without a token."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import get_resolver

from distui import urls

OPEN = {"accessibility/", "accounts/login/", "accounts/logout/", "healthz", "readyz"}
# The admin guards itself: everything but its sign-in page redirects there.
GUARDED = ("admin/",)


def addresses():
    """Each address of the site as a path with the key 1 wherever it takes one."""
    resolver = get_resolver(urls.__name__)
    for pattern, parameters in (found for found, *_ in walk(resolver)):
        yield pattern % dict.fromkeys(parameters, 1)


def walk(resolver):
    """The resolver's patterns, those of namespaces included."""
    for found in resolver.reverse_dict.lists():
        yield from (entry[0] for entry in found[1])
    for prefix, nested in resolver.namespace_dict.values():
        if prefix not in GUARDED:
            for (pattern, parameters), *rest in walk(nested):
                yield (prefix + pattern, parameters), *rest


PATHS = sorted({path for path in addresses() if not path.startswith(GUARDED)})


@pytest.mark.parametrize("path", [path for path in PATHS if path not in OPEN])
@pytest.mark.django_db
def test_it_asks_to_sign_in(path):
    answer = Client().get(f"/{path}")
    assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/accounts/login/")


@pytest.mark.parametrize("path", PATHS)
def test_it_takes_no_form_without_a_token(careful_client, path):
    assert careful_client.post(f"/{path}", {"name": "x"}).status_code in (403, 405)


def test_there_are_addresses_to_ask():
    assert {"accounts/login/", "drafts/new/"} <= set(PATHS)
