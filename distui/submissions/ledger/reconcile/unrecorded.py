"""Configurations in AWS that the history lacks, as after restoring a backup."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from distui.aws import gateway
from distui.aws.results import Absent, Found, Listed, Unknown
from distui.builder.models import Draft, new_token
from distui.core.document import printing
from distui.core.reference.config_names import normalize_name
from distui.submissions.ledger.look_up import check_account, format_time, not_allowed
from distui.submissions.models import Submission, SubmissionState
from distui.targets.models import Target


@dataclass(frozen=True, slots=True)
class Unrecorded:
    """A configuration that the history lacks; ``proof`` says why distui has created it, if known.

    ``proof`` is "" for what anyone else may have created.
    """

    arn: str
    created_at: datetime
    proof: str


def find_unrecorded(target: Target) -> list[Unrecorded] | Unknown:
    """Return the configurations in the target's account and Region that no submission has."""
    if not target.account:
        return not_allowed("Its account ID is not set.")
    connection = target.connection()
    if failure := check_account(target.account, connection):
        return failure
    listed = gateway.list_configurations(connection)
    if isinstance(listed, Unknown):
        return listed
    submissions = Submission.objects.sent_to(target)
    known = set(submissions.exclude(arn="").values_list("arn", flat=True))
    known |= {submission.predicted_arn for submission in submissions.open()}
    return [*_with_proofs([found for found in listed if found.arn not in known])]


def _with_proofs(listed: list[Listed]) -> Iterator[Unrecorded]:
    """Tell by the ownership tag which of them distui has created; without one, by name and time.

    A configuration that was lost with a backup is newer than the history, and its draft may not be.
    """
    key = settings.DISTUI_OWNERSHIP_TAG
    newest = Submission.objects.aggregate(newest=Max("submitted_at"))["newest"]
    drafts = set() if key else {*map(normalize_name, Draft.objects.values_list("name", flat=True))}
    for found in listed:
        proof = ""
        if key and key in found.tags:
            proof = f"tag {key}"
        elif normalize_name(found.name) in drafts and not (newest and found.created_at < newest):
            proof = "name of a draft, newer than the history"
        yield Unrecorded(found.arn, found.created_at, proof)


def recover_unrecorded(arn: str, *, target: Target, user: User) -> Submission | Unknown:
    """Add the configuration to the history as created and recovered, submitted by the user."""
    found = gateway.find(target.connection(user), arn)
    if isinstance(found, Unknown):
        return found
    if isinstance(found, Absent):
        return Unknown("AWS no longer has it.", uncertain=False, retry=False)
    request = printing.dumps(found.document)
    with transaction.atomic(durable=True):
        return Submission.objects.create(
            target=target,
            target_name=target.name,
            account=target.account,
            region=target.region,
            partition=target.partition,
            submitted_by=user,
            name=found.document["name"],
            client_token=_token_of(found),
            request=request,
            request_sha256=hashlib.sha256(request.encode()).hexdigest(),
            state=SubmissionState.CREATED,
            recovered=True,
            arn=arn,
            reason=f"Found in AWS, where it was created at {format_time(found.created_at)}.",
            submitted_at=found.created_at,
            settled_at=timezone.now(),
            next_attempt_at=None,
        )


def _token_of(found: Found) -> str:
    """Return the token with which it was created, if its ownership tag has one; else a new one."""
    value = found.document.get("tags", {}).get(settings.DISTUI_OWNERSHIP_TAG, "")
    try:
        token = str(uuid.UUID(value))
    except ValueError:
        return new_token()
    return new_token() if Submission.objects.filter(client_token=token).exists() else token
