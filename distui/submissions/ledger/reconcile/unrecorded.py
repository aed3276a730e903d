"""Configurations in AWS that the history lacks, as after restoring a backup."""

from __future__ import annotations

import hashlib

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from distui.aws import gateway
from distui.aws.results import Absent, Unknown
from distui.builder.models import new_token
from distui.core.document import printing
from distui.submissions.ledger.look_up import check_account, format_time
from distui.submissions.models import Submission, SubmissionState
from distui.targets.models import Target


def unrecorded_arns(target: Target) -> list[str] | Unknown:
    """Return the ARNs in the target's account and Region that no submission has or may get."""
    connection = target.connection()
    if failure := check_account(target.account, connection):
        return failure
    listed = gateway.list_arns(connection)
    if isinstance(listed, Unknown):
        return listed
    submissions = Submission.objects.sent_to(target)
    known = set(submissions.exclude(arn="").values_list("arn", flat=True))
    known |= {submission.predicted_arn for submission in submissions.open()}
    return [arn for arn in listed if arn not in known]


def record(arn: str, *, target: Target, user: User) -> Submission | Unknown:
    """Add the configuration to the history as created, submitted by the user."""
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
            client_token=new_token(),
            request=request,
            request_sha256=hashlib.sha256(request.encode()).hexdigest(),
            state=SubmissionState.CREATED,
            arn=arn,
            reason=f"Recorded from AWS, where it was created at {format_time(found.created_at)}.",
            submitted_at=found.created_at,
            settled_at=timezone.now(),
            next_attempt_at=None,
        )
