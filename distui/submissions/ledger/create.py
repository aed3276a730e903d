"""Create a submission: everything that will be sent is committed before anything is sent."""

from __future__ import annotations

import hashlib
import json
import logging
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from distui.builder.models import Draft, new_token
from distui.builder.rule_context import target_context
from distui.core import Finding
from distui.core.ownership_tag import document_of_request
from distui.core.reference.config_names import normalize_name
from distui.submissions.ledger.enqueue import enqueue
from distui.submissions.ledger.restored_backup import renew_tokens_if_restored, store_newest_number
from distui.submissions.log_context import log_context
from distui.submissions.models import Submission, SubmissionState
from distui.targets.models import Target

log = logging.getLogger(__name__)

# An open submission that blocks an insert can be settled before it is read. Each failed try is
# another submission's success.
_TRIES = 100


class SubmissionRefused(Exception):
    """The submission was not created and nothing will be sent; ``user_message`` says why."""

    user_message = ""

    def __str__(self) -> str:
        return self.user_message


class TokenReused(SubmissionRefused):
    """The form was submitted before, with other content or to another target."""

    def __init__(self, submission: Submission) -> None:
        self.submission = submission
        self.user_message = (
            f"This form was already submitted as “{submission.name}”. Review the draft again to"
            " submit your changes as a new configuration."
        )


class NotOwner(SubmissionRefused):
    """The form belongs to another user."""

    user_message = "This form belongs to another user. Nothing was submitted."


class StaleToken(SubmissionRefused):
    """The form's token is neither the draft's current one nor a submission of the user's."""

    user_message = "This form is out of date. Review the draft again, then submit it."

    def __init__(self, existing: Submission | None = None) -> None:
        if existing:
            name = existing.submitted_by.get_username()
            self.user_message = f"{name} has just submitted this draft. Yours wasn't submitted."


class HasErrors(SubmissionRefused):
    """The document has errors; ``findings`` lists them."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        count = "an error" if len(findings) == 1 else f"{len(findings)} errors"
        self.user_message = f"The document has {count}. Nothing was submitted."


class NameTaken(SubmissionRefused):
    """An unsettled submission to the same account and Region has the name."""

    def __init__(self, submission: Submission) -> None:
        self.submission = submission
        user = submission.submitted_by.get_username()
        self.user_message = (
            f"“{submission.name}” is already being submitted to this account and Region by {user}."
            " Choose another name, or wait for its result."
        )


def find_name_conflict(draft: Draft, target: Target, user: Any) -> Submission | None:
    """Return a submission visible to the user that uses the draft's name in the target.

    An open one blocks the name. A created one may have been deleted in AWS since.
    """
    visible = Submission.objects.visible_to(user).sent_to(target)
    same_name = visible.filter(normalized_name=normalize_name(draft.name))
    return same_name.open().first() or same_name.filter(state=SubmissionState.CREATED).first()


def create_submission(*, draft: Draft, target: Target, user: User, token: str) -> Submission:
    """Create the submission that a worker will send. Submitting a form twice returns the first.

    ``token`` is the client token in the form. The draft gets a new token, so later edits become
    another submission. Earlier rejections by AWS don't block: their cause may be gone.

    Raises a subclass of ``SubmissionRefused``, or ``RuntimeError`` inside a transaction, because
    a rollback would lose the row.
    """
    # Check before the look-up: a concurrent click's submission must not make the name look taken.
    findings = [
        f for f in draft.analyze(target_context(target)).findings.errors if f.source != "AWS"
    ]
    if not Draft.objects.visible_to(user).filter(pk=draft.pk).exists():
        raise NotOwner
    if existing := Submission.objects.filter(client_token=token).first():
        return _check_unchanged(existing, draft, target, user)
    if renew_tokens_if_restored() or token != draft.client_token:
        raise StaleToken
    for _ in range(_TRIES):
        if taken := _open_submission(draft, target):
            raise NameTaken(taken)
        if findings:
            raise HasErrors(findings)
        try:
            submission = _insert(draft, target, user)
        except IntegrityError:
            if existing := Submission.objects.filter(client_token=token).first():
                return _check_unchanged(existing, draft, target, user)  # a concurrent click's
        else:
            with log_context(submission):
                log.info("Submission %d to %s was stored.", submission.pk, target.name)
                enqueue(submission.pk)
            return submission
    raise StaleToken  # the draft or the target was deleted at the same time


def _open_submission(draft: Draft, target: Target) -> Submission | None:
    same_name = Submission.objects.sent_to(target).filter(
        normalized_name=normalize_name(draft.name)
    )
    # A concurrent click submits the same draft.
    others = same_name.open().exclude(client_token=draft.client_token)
    return others.select_related("submitted_by").first()


def _insert(draft: Draft, target: Target, user: User) -> Submission:
    body = draft.body()
    with transaction.atomic(durable=True):
        submission = Submission.objects.create(
            draft=draft,
            target=target,
            target_name=target.name,
            account=target.account,
            region=target.region,
            partition=target.partition,
            submitted_by=user,
            name=draft.name,
            client_token=draft.client_token,
            request=body,
            request_sha256=hashlib.sha256(body.encode()).hexdigest(),
            reason="Sending shortly.",
        )
        current = Draft.objects.filter(
            pk=draft.pk, client_token=draft.client_token, revision=draft.revision
        )
        token = new_token()
        if not current.update(client_token=token, is_new=False):
            raise StaleToken  # saved since it was read: the user hasn't seen this content
    draft.client_token = token
    store_newest_number(submission)
    return submission


def _check_unchanged(existing: Submission, draft: Draft, target: Target, user: User) -> Submission:
    """Return the form's existing submission. Raise if user, target or content differ from it."""
    if existing.submitted_by_id != user.pk:
        raise StaleToken(existing) if existing.draft_id == draft.pk else NotOwner
    if existing.target_id != target.pk or sent_document(existing) != draft.document:
        raise TokenReused(existing)
    return existing


def sent_document(submission: Submission) -> dict[str, Any]:
    """Return the document in the stored request, without client token and ownership tag."""
    return document_of_request(json.loads(submission.request))
