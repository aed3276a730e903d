"""Who may open and post to each URL: a table with a row for each pattern of the URLconf."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from auditlog.models import LogEntry
from django.db import transaction
from django.urls import get_resolver

from tests.abuse.conftest import DRAFT_NAME, LEFT_NAME, SUBMISSION_NAME

pytestmark = pytest.mark.django_db

ROLES = ("anonymous", "author", "colleague", "other", "reviewer", "staff", "manager", "root")
OTHER_METHODS = ("OPTIONS", "TRACE", "PUT", "PATCH", "DELETE")
# Who may see the names of the author's draft and submission, and of an inactive user's draft.
READERS = {
    DRAFT_NAME: {"author", "colleague"},
    SUBMISSION_NAME: {"author", "reviewer", "root"},
    LEFT_NAME: {"root"},
}
TABLE = Path(__file__).with_name("authorization.txt")


def routes():
    """Yield the path template of each URL pattern, without those that differ only in the name."""

    def walk(resolver, prefix="/"):
        for entry in resolver.url_patterns:
            route = prefix + str(entry.pattern)
            if hasattr(entry, "url_patterns"):
                yield from walk(entry, route)
            else:
                yield route

    return dict.fromkeys(walk(get_resolver()))


def rows():
    """Return the expected statuses of GET and POST for each role, by route."""
    parsed = {}
    for line in TABLE.read_text().splitlines():
        if not line.startswith("#"):
            route, *columns = (column.strip() for column in line.rsplit(" | ", 2))
            parsed[route] = [dict(zip(ROLES, column.split(), strict=True)) for column in columns]
    return parsed


def path_of(route, world):
    """Return the route's path for the rows of the world."""
    kind = re.match(r"/admin/(\w+/\w+)/|/(\w+)/", route)
    ids = {
        "drafts": world.draft.pk,
        "history": world.submission.pk,
        "groups": world.named_group.pk,
        "submissions/submission": world.submission.pk,
        "builder/draft": world.left_draft.pk,
        "targets/target": world.target.pk,
        "auth/user": world.user.pk,
        "auth/group": world.group.pk,
        "auditlog/logentry": LogEntry.objects.values_list("pk", flat=True).first(),
    }
    pk = ids.get(kind and (kind[1] or kind[2]), 1)
    regexes = {
        r"^(?P<app_label>submissions|builder|targets|auth|auditlog)/$": "auth/",
        r"(?P<url>.*)$": "x",
    }
    for regex, example in regexes.items():
        route = route.replace(regex, example)
    route = route.replace("<int:index>", "0").replace("<str:name>", "terraform")
    return re.sub(r"<[^>]+>", str(pk), route)


def ask(world, role, method, path):
    """Return the status and the body of a request, whose changes are rolled back."""
    savepoint = transaction.savepoint()
    response = world.client(role).generic(method, path)
    body = response.getvalue().decode()
    transaction.savepoint_rollback(savepoint)
    return str(response.status_code), body


def test_every_url_has_a_row():
    assert set(rows()) == set(routes())


@pytest.mark.parametrize("route", routes())
def test_each_role_may_do_what_the_table_says(route, world):
    path = path_of(route, world)
    get, post = rows()[route]
    for role in ROLES:
        for method, expected in (("GET", get), ("POST", post)):
            status, body = ask(world, role, method, path)
            assert (status, role, method) == (expected[role], role, method)
            leaked = {secret for secret, readers in READERS.items() if role not in readers}
            assert not [secret for secret in leaked if secret in body], (role, method)
    for role in ("anonymous", "root"):
        assert ask(world, role, "HEAD", path)[0] == get[role]
    for method in OTHER_METHODS:
        assert (method, ask(world, "root", method, path)[0]) == (method, "405")
