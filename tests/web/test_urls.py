"""Every URL of the site requires sign-in, and every POST requires a token."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import get_resolver

from distui import urls

SIGN_IN = {"accounts/login/", "accounts/logout/", "accounts/oidc/", "accounts/oidc/callback/"}
PUBLIC = SIGN_IN | {
    "accounts/reset/",
    "accounts/reset/1/1/",
    "accessibility/",
    "favicon.ico",
    "healthz",
    "readyz",
    "metrics",
}
# The admin checks this itself.
EXCLUDED = ("admin/",)


def all_paths():
    """Yield the path of each URL pattern, with 1 for each parameter."""
    resolver = get_resolver(urls.__name__)
    for (pattern, parameters), *_ in iter_patterns(resolver):
        yield pattern % dict.fromkeys(parameters, 1)


def iter_patterns(resolver):
    """Yield the resolver's patterns, including those in namespaces."""
    for _, entries in resolver.reverse_dict.lists():
        yield from (entry[0] for entry in entries)
    for prefix, nested in resolver.namespace_dict.values():
        if prefix not in EXCLUDED:
            for (pattern, parameters), *rest in iter_patterns(nested):
                yield (prefix + pattern, parameters), *rest


PATHS = sorted({path for path in all_paths() if not path.startswith(EXCLUDED)})


@pytest.mark.parametrize("path", [path for path in PATHS if path not in PUBLIC])
@pytest.mark.django_db
def test_it_requires_sign_in(path):
    response = Client().get(f"/{path}")
    assert (response.status_code, response.url.partition("?")[0]) == (302, "/accounts/login/")


@pytest.mark.parametrize("path", PATHS)
def test_it_requires_a_csrf_token(csrf_client, path):
    assert csrf_client.post(f"/{path}", {"name": "x"}).status_code in (403, 405)


def test_it_finds_the_urls():
    assert {"accounts/login/", "drafts/new/"} <= set(PATHS)
