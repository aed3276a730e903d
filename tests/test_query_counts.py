"""The number of database queries of each page, and that it doesn't grow with the data."""

from __future__ import annotations

from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from distui.builder.groups.models import NamedGroup
from distui.submissions.models import SubmissionState
from tests.conftest import signed_in
from tests.factories import document, make_draft, make_submission, make_target

# Each page's path, its user and its queries; "{draft}" and the like are replaced by an ID.
PAGES = {
    "/": ("alice", 10),
    "/drafts/new/": ("alice", 2),
    "/drafts/import/": ("alice", 4),
    "/drafts/{draft}/": ("alice", 13),
    "/drafts/{draft}.json": ("alice", 3),
    "/drafts/{draft}/formats/terraform/": ("alice", 3),
    "/drafts/{draft}/review/": ("alice", 5),
    "/drafts/{draft}/versions/": ("alice", 5),
    "/drafts/{draft}/outcome/": ("alice", 5),
    "/drafts/{draft}/copy/?from=/distributions/0": ("alice", 4),
    "/drafts/{draft}/regions/": ("alice", 3),
    "/drafts/{draft}/target/": ("alice", 4),
    "/drafts/{draft}/share/": ("alice", 7),
    "/drafts/{draft}/delete/": ("alice", 3),
    "/groups/": ("alice", 3),
    "/groups/{group}/": ("alice", 3),
    "/history/": ("alice", 8),
    "/history/?q=image": ("alice", 8),
    "/history/{submission}/": ("alice", 11),
    "/history/{submission}.json": ("alice", 5),
    "/history/{submission}/formats/terraform/": ("alice", 5),
    "/history/export.jsonl": ("alice", 8),
    "/history/export.csv": ("alice", 8),
    "/admin/": ("root", 3),
    "/admin/submissions/submission/": ("root", 8),
    "/admin/submissions/submission/{submission}/change/": ("root", 6),
    "/admin/targets/target/": ("root", 6),
    "/admin/auth/user/": ("root", 6),
    "/admin/auth/group/": ("root", 5),
    "/rules/": ("alice", 2),
    "/sandbox/": ("alice", 3),
    "/groups/new/": ("alice", 2),
    "/groups/{group}/delete/": ("alice", 3),
    "/drafts/{draft}/dismissed/": ("alice", 5),
    "/drafts/{draft}/preview/0/": ("alice", 3),
    "/accounts/password/": ("alice", 2),
    "/accounts/sessions/": ("alice", 3),
    "/accessibility/": ("alice", 2),
    "/admin/builder/draft/": ("root", 6),
    "/admin/auditlog/logentry/": ("root", 8),
    "/admin/auth/user/{user}/change/": ("root", 7),
    "/admin/auth/group/{auth_group}/change/": ("root", 5),
    "/admin/targets/target/{target}/change/": ("root", 5),
    "/admin/password_change/": ("root", 2),
}


def add_data(alice, count):
    """Create drafts, groups and submissions in every state; return the IDs of the last ones."""
    for _ in range(count):
        draft = make_draft(alice, document(regions=("eu-west-1", "us-east-1", "eu-west-2")))
        group = NamedGroup.objects.create(
            name=f"group {draft.pk}", members="123456789012", owner=alice
        )
        for state in SubmissionState:
            submission = make_submission(alice, state=state, draft=draft, request=draft.body())
        user = User.objects.create_user(f"user {draft.pk}")
        target = make_target(f"target {draft.pk}")
        auth_group = Group.objects.create(name=f"group {draft.pk}")
    rows = {"draft": draft, "group": group, "submission": submission, "user": user}
    rows |= {"target": target, "auth_group": auth_group}
    return {name: row.pk for name, row in rows.items()}


def count_queries(client, path):
    """Return the number of queries that a second request makes, which finds its session."""
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(path)
        assert response.status_code == 200, path
        b"".join(response)
    return len(queries)


def test_each_page_makes_a_fixed_number_of_queries(alice):
    """Count with seven drafts and more than a page of submissions, then with fourteen more."""
    root = User.objects.create_superuser("root")
    clients = {"alice": signed_in(alice), "root": signed_in(root)}
    for number in range(10):  # of so many, some are offered first
        make_target(f"target of the test {number}")
    expected = {path: queries for path, (_, queries) in PAGES.items()}
    for count in (7, 14):
        ids = add_data(alice, count)
        counted = {
            path: count_queries(clients[user], path.format(**ids))
            for path, (user, _) in PAGES.items()
        }
        assert counted == expected, f"after {count} more"
