"""The first step of a submission: all that is to be sent is on disk before anything is."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from distui.builder.models import Draft, new_token
from distui.builder.rule_context import rule_context
from distui.core import Context, Finding
from distui.core.findings import errors
from distui.core.reference.config_names import normalize_name
from distui.submissions.models import Submission
from distui.targets.models import Target


class SubmissionRefused(Exception):
    """Nothing was written down, and nothing will be sent; ``user_message`` says why."""

    user_message = ""

    def __str__(self) -> str:
        return self.user_message


class TokenReused(SubmissionRefused):
    """This form was submitted before, with other content or to another target."""

    def __init__(self, submission: Submission) -> None:
        self.submission = submission
        self.user_message = (
            f"This form was already submitted as “{submission.name}”. Review the draft again to"
            " submit your changes as a new configuration."
        )


class NotOwner(SubmissionRefused):
    """The form belongs to somebody else."""

    user_message = "This form belongs to somebody else. Nothing was submitted."


class StaleToken(SubmissionRefused):
    """The form's key is neither the draft's present one nor that of a submission."""

    user_message = "This form is out of date. Look at the draft again, then submit it."


class HasErrors(SubmissionRefused):
    """The document has errors; ``findings`` are all of them."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        some = "an error" if len(findings) == 1 else f"{len(findings)} errors"
        self.user_message = f"The document has {some}. Nothing was submitted."


class NameTaken(SubmissionRefused):
    """A submission that isn't settled yet has the name; ``submission`` is that one."""

    def __init__(self, submission: Submission) -> None:
        self.submission = submission
        self.user_message = (
            f"The name is taken: “{submission.name}” is on its way to the same account and Region."
        )


def context_for(target: Target) -> Context:
    """What the rules have to know of the target: its account, its Region, the names taken there."""
    names = Submission.objects.holding_names_at(target).values_list("normalized_name", flat=True)
    return rule_context(
        own_account=target.account, home_region=target.region, existing_names=frozenset(names)
    )


def name_conflict(draft: Draft, target: Target, user: Any) -> Submission | None:
    """The submission that has the draft's name there, where the person may see it."""
    holding = Submission.objects.visible_to(user).holding_names_at(target)
    return holding.filter(normalized_name=normalize_name(draft.name)).first()


def prepare(*, draft: Draft, target: Target, user: User, token: str) -> Submission:
    """Write the submission down, to be sent by a worker; the same form gives the same one again.

    ``token`` is the client token that the form showed. The draft gets a new one, so that what is
    edited from now on is another submission. What AWS said of the draft before doesn't bar it:
    the reason may be gone. Raises ``SubmissionRefused``, one of its kinds for each reason, and
    ``RuntimeError`` within a transaction, which could undo the row.
    """
    # Judged before the look-up: the other click's submission must not make the name seem taken.
    found = [f for f in errors(draft.findings(context_for(target))) if f.source != "AWS"]
    if before := Submission.objects.filter(client_token=token).first():
        return _same(before, draft, target, user)
    if draft.owner_id != user.pk:
        raise NotOwner
    if token != draft.client_token:
        raise StaleToken
    if found:
        raise HasErrors(found)
    try:
        return _write(draft, target, user)
    except IntegrityError:
        if before := Submission.objects.filter(client_token=token).first():
            return _same(before, draft, target, user)  # the other click's
        open_there = Submission.objects.holding_names_at(target).open()
        if taken := open_there.filter(normalized_name=normalize_name(draft.name)).first():
            raise NameTaken(taken) from None
        raise


def _write(draft: Draft, target: Target, user: User) -> Submission:
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
            reason="It is written down and will be sent in a moment.",
        )
        current = Draft.objects.filter(
            pk=draft.pk, client_token=draft.client_token, revision=draft.revision
        )
        fresh = new_token()
        if not current.update(client_token=fresh):
            raise StaleToken  # it was saved meanwhile: nobody has seen what would be sent
    draft.client_token = fresh
    return submission


def _same(before: Submission, draft: Draft, target: Target, user: User) -> Submission:
    """The submission that the form made before, where it is still the same form."""
    if before.submitted_by_id != user.pk:
        raise NotOwner
    if before.target_id != target.pk or sent_document(before) != draft.document:
        raise TokenReused(before)
    return before


def sent_document(submission: Submission) -> dict[str, Any]:
    """The document of the stored request, without the client token."""
    sent: dict[str, Any] = json.loads(submission.request)
    return {name: value for name, value in sent.items() if name != "clientToken"}
