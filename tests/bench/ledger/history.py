"""Measure the history with 100,000 submissions: opening, paging, sorting, filters and searches."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client

from distui.core.reference.config_names import normalize_name
from distui.people.policy import REVIEWERS
from distui.submissions.models import Submission, SubmissionState
from distui.targets.models import Target
from tests.bench.documents import document
from tests.bench.figures import Limit, median_ms, print_limits, print_line
from tests.factories import arn_of, make_target

SUBMISSIONS = 100_000
MAX_MS = 100
START = datetime(2025, 1, 1, tzinfo=UTC)
# One in a hundred has each of these states, all others were created.
RARE = (SubmissionState.REJECTED, SubmissionState.CANCELLED, SubmissionState.ABANDONED)
PAGES = {
    "history": "/history/",
    "history, page from the middle": "/history/?before={middle}",
    "history, by name": "/history/?sort=name",
    "history, by person": "/history/?sort=person",
    "history, by target": "/history/?sort=target",
    "home page": "/",
}
SEARCHES = {  # they read all that the person may see
    "history, rejected": "/history/?state=rejected",
    "search, found often": "/history/?q=golden",
    "search, found once": "/history/?q=golden-77777",
    "search, not found": "/history/?q=nothing",
}


def report() -> int:
    """Print a line for each page and the limits; return how many limits are exceeded."""
    people = [User.objects.create_user(f"author {number}") for number in range(10)]
    reviewer = User.objects.create_user("reviewer of the history")
    reviewer.groups.add(Group.objects.get_or_create(name=REVIEWERS)[0])
    Submission.objects.bulk_create(_rows(people, make_target()), batch_size=1000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    middle = Submission.objects.all()[SUBMISSIONS // 2].pk
    print_line(f"{f'{SUBMISSIONS:,} submissions':<32}{'author':>10}{'reviewer':>10}   (ms, median)")
    limits: list[Limit] = []
    for name, path in (PAGES | SEARCHES).items():
        url = path.format(middle=middle)
        figures = [_open(user, url) for user in (people[0], reviewer)]
        print_line(f"{name:<32}" + "".join(f"{figure:10.1f}" for figure in figures))
        if name in PAGES:
            limits.append((f"{name}, ms", max(figures), MAX_MS))
    return print_limits(limits)


def _open(user: User, url: str) -> float:
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)

    def step() -> None:
        assert client.get(url).status_code == 200

    return median_ms(step, rounds=5)


def _rows(people: list[User], target: Target) -> Iterator[Submission]:
    """Yield the submissions: a tenth is the first person's, one each minute."""
    request = json.dumps(document(3), indent=2)
    for number in range(SUBMISSIONS):
        rare = number % 100
        state = RARE[rare] if rare < len(RARE) else SubmissionState.CREATED
        name, at = f"golden-{number}", START + timedelta(minutes=number)
        yield Submission(
            target=target,
            target_name=target.name,
            account=target.account,
            region=target.region,
            partition="aws",
            submitted_by=people[number % len(people)],
            name=name,
            normalized_name=normalize_name(name),
            client_token=str(uuid.UUID(int=number)),
            request=request,
            request_sha256="0" * 64,
            state=state,
            arn=arn_of(name) if state == SubmissionState.CREATED else "",
            submitted_at=at,
            settled_at=at,
            next_attempt_at=None,
        )
