"""IDs and query strings that no page links to: never a server error."""

from __future__ import annotations

import re
from random import Random
from urllib.parse import quote, urlencode

import pytest

from tests.abuse.test_authorization import path_of, routes

pytestmark = pytest.mark.django_db

IDS = ("0", "-1", "x", "1e3", "٣", "9" * 18, "9" * 19, "9" * 30, "9" * 5_000, "_3A", "%00", "a/b")
FEWER = ("0", "9" * 19, "_3A", "%00")  # for POST, which finds the rows like GET
ROUTES = [route for route in routes() if "<" in route and "(?P" not in route]
VALUES = (
    *("", "x", "0", "-1", "1e9", "٣", "9" * 19, "9" * 5_000, "None", "a,b", "[]", "\u202e", "'"),
    *("2026-13-45", "99999-01-01", "0000-00-00", "9999-12-31", "true", "x" * 5_000),
)
_LOOKUPS = ("", "__exact", "__in", "__isnull", "__gte", "__contains", "__year", "__range", "__x")
_DRAFT = ("name", "owner", "owner__id", "owner__password", "text", "updated_at", "id")
_SUBMISSION = ("state", "target", "target__id", "submitted_by__id", "submitted_at", "review", "x")
_USER = ("is_staff", "is_superuser", "groups__id", "password", "last_login", "id")
_LIST = ("q", "o", "p", "all", "e", "_facets", "_changelist_filters", "_popup", "_to_field")
LISTS = {
    "/": ("root", ("before", "after", "q")),
    "/history/": ("root", ("q", "state", "target", "person", "since", "until", "before", "after")),
    "/history/export.csv": ("root", ("q", "state", "target", "person", "since", "until")),
    "/drafts/{draft}/": ("author", ("open", "check", "from")),
    "/drafts/{draft}/copy/": ("author", ("from",)),
    "/drafts/{draft}/dismissed/": ("author", ("finding", "next")),
    "/drafts/{draft}/preview/0/": ("author", ("open",)),
    "/history/{submission}/": ("author", ("seen",)),
    "/accounts/login/": ("anonymous", ("next",)),
    "/admin/login/": ("anonymous", ("next",)),
    "/admin/submissions/submission/": ("root", _LIST + _SUBMISSION),
    "/admin/builder/draft/": ("root", _LIST + _DRAFT),
    "/admin/targets/target/": ("root", (*_LIST, "kind", "region", "groups", "id", "account")),
    "/admin/auth/user/": ("root", _LIST + _USER),
    "/admin/auth/user/add/": ("root", _LIST + _USER),
    "/admin/auth/group/": ("root", (*_LIST, "permissions", "user", "user__password", "name")),
    "/admin/auditlog/logentry/": ("root", (*_LIST, "action", "actor", "timestamp", "id")),
    "/admin/autocomplete/": ("root", ("app_label", "model_name", "field_name", "term")),
}


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_odd_ids(route, method, world):
    role = "root" if route.startswith("/admin/") else "author"
    for index in range(len(re.findall("<", route))):
        for odd in IDS if method == "get" else FEWER:
            parts = iter(re.findall(r"<[^>]+>", route))
            path = path_of(replace_nth(route, index, odd, parts), world)
            status = getattr(world.client(role), method)(path).status_code
            assert status < 500, path[:200]


def replace_nth(route, index, value, parts):
    """Return the route with its converter of that index replaced by the value."""
    return route.replace([*parts][index], value if "%" in value else quote(value), 1)


def test_each_list_of_the_admin_is_queried():
    lists = {route for route in routes() if re.fullmatch(r"/admin/\w+/\w+/", route)}
    assert lists - {"/admin/password_change/done/"} <= {*LISTS}
    assert lists


@pytest.mark.parametrize("address", LISTS)
def test_odd_queries(address, world):
    role, names = LISTS[address]
    rng = Random(address)
    client = world.client(role)
    for _ in range(20):
        keys = rng.sample(names, k=min(len(names), rng.randint(1, 3)))
        lookup = rng.choice(_LOOKUPS) if address.startswith("/admin/") else ""
        query = urlencode([(f"{key}{lookup}", rng.choice(VALUES)) for key in keys])
        response = client.get(f"{world.fill(address)}?{query}")
        assert (response.status_code < 500, response.getvalue() is None, query[:300]) == (
            *(True, False),
            query[:300],
        )
