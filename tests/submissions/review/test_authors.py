"""The database refuses reviews of one's own submissions."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from distui.submissions.models import Decision, Review, Submission
from distui.submissions.review.reviews import add_reviews
from tests.factories import make_submission

BEFORE = [("submissions", "0009_sorting_indexes")]


@pytest.fixture
def submission(alice):
    """Return a created submission of alice."""
    return make_submission(alice)


def insert(**columns):
    """Insert a review by SQL."""
    columns = {"note": "", "created_at": timezone.now()} | columns
    names, values = ", ".join(columns), ", ".join(["%s"] * len(columns))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO submissions_review ({names}) VALUES ({values})", [*columns.values()]
        )


@pytest.mark.parametrize("decision", ["reviewed", "needs-work"])
def test_sql_cannot_insert_a_review_by_the_author(decision, submission, alice, bob):
    review = {"submission_id": submission.pk, "author_id": alice.pk, "decision": decision}
    with pytest.raises(IntegrityError, match="reviewer_is_not_author"):
        insert(**review, reviewer_id=alice.pk)
    insert(**review, reviewer_id=bob.pk)
    assert Review.objects.get().reviewer == bob


def test_code_without_a_check_cannot_either(submission, alice, bob):
    with pytest.raises(IntegrityError, match="reviewer_is_not_author"), transaction.atomic():
        submission.reviews.create(decision=Decision.REVIEWED, reviewer=alice, author=bob)
    submission.reviews.create(decision=Decision.ANSWERED, reviewer=alice)
    assert Review.objects.get().author == alice


def test_reviews_of_many_have_their_authors(alice, bob, db):
    carol = User.objects.create_user("carol")
    made = [make_submission(user) for user in (alice, carol)]
    assert add_reviews(Submission.objects, decision=Decision.REVIEWED, note="", reviewer=bob) == 2
    authors = dict(Review.objects.values_list("submission_id", "author_id"))
    assert authors == {made[0].pk: alice.pk, made[1].pk: carol.pk}


@pytest.mark.django_db(transaction=True)
def test_the_migration_sets_authors_and_keeps_every_review(alice, bob):
    executor = MigrationExecutor(connection)
    pk = make_submission(alice).pk
    executor.migrate(BEFORE)
    reviews = executor.loader.project_state(BEFORE).apps.get_model("submissions", "Review").objects
    try:
        for decision, reviewer in (("reviewed", alice), ("answered", alice), ("reviewed", bob)):
            reviews.create(submission_id=pk, decision=decision, reviewer_id=reviewer.pk)
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
    assert [*Review.objects.order_by("pk").values_list("decision", "reviewer", "author")] == [
        ("reviewed", alice.pk, None),  # inserted by SQL, and kept
        ("answered", alice.pk, alice.pk),
        ("reviewed", bob.pk, alice.pk),
    ]
