"""Look a submission up in AWS to find out whether it was created."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from django.utils import timezone

from distui.aws import deadline, gateway
from distui.aws.connection import AwsConnection
from distui.aws.results import Absent, Found, Unknown
from distui.core.ownership_tag import tag_with_value, without_tag
from distui.core.reference.config_names import normalize_name
from distui.submissions.ledger.create import sent_document
from distui.submissions.ledger.retries import token_expired
from distui.submissions.models import Submission, SubmissionState

# How far the times of AWS and of this host may differ: with and without AWS's time in the response.
_KNOWN_SKEW = timedelta(seconds=10)
_UNKNOWN_SKEW = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Ours:
    """AWS has the configuration, and it is proved that the submission created it.

    ``tag`` is the key of the ownership tag that proves it, or "" if content and time do.
    """

    created_at: datetime
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """AWS has a configuration with the submission's ARN that may be another one.

    ``same_content`` is False if it is certainly another one. ``difference`` completes the sentence
    "The ARN exists, but …".
    """

    created_at: datetime
    same_content: bool
    difference: str


LookUp: TypeAlias = Ours | Mismatch | Absent | Unknown


def check_target(submission: Submission, connection: AwsConnection) -> Unknown | None:
    """Return why the connection doesn't lead to the submission's account and Region, or None."""
    target = submission.target
    if (target.account, target.region) != (submission.account, submission.region):
        return not_allowed(f"The target {target.name} now has another account or Region.")
    return check_account(submission.account, connection)


def check_account(account: str, connection: AwsConnection) -> Unknown | None:
    """Return why the connection's credentials are not those of the account, or None."""
    identity = gateway.identity(connection)
    if isinstance(identity, Unknown):
        return identity
    if identity.account == account:
        return None
    return not_allowed(
        f"The credentials belong to account {identity.account}, but the target's account is"
        f" {account or 'not set'}. Nothing was sent."
    )


def not_allowed(reason: str) -> Unknown:
    """Return the result of a call that may not be made now."""
    return Unknown(reason, uncertain=False, retry=False)


@deadline.shared_deadline()
def look_up(submission: Submission, connection: AwsConnection) -> LookUp:
    """Return what AWS has at the submission's predicted ARN, and under its name in the list.

    ``check_target`` has to come first: another account knows nothing about it. ``Ours``
    means that the submission created it, ``Mismatch`` that this isn't proved, ``Absent`` that
    neither exists, ``Unknown`` that AWS didn't say. Both calls together end before a lease does.
    """
    found = gateway.find(connection, submission.predicted_arn)
    if isinstance(found, Found):
        return _compare(found, submission)
    if isinstance(found, Unknown):
        return found
    names = gateway.names(connection)
    if isinstance(names, Unknown):
        return names
    if submission.normalized_name in map(normalize_name, names):
        # Get can lag behind List, but not for long.
        reason = "AWS lists a configuration with its name, but does not return it."
        return Unknown(reason, uncertain=False, retry=not token_expired(submission))
    return Absent()


@deadline.request_deadline()
def name_status(submission: Submission, user: Any) -> str:
    """Return a sentence that says whether AWS still has a created submission's configuration."""
    connection = submission.target.connection(user)
    failure = check_target(submission, connection)
    match failure or gateway.find(connection, submission.predicted_arn):
        case Unknown(reason=reason):
            return f"Can't check: {reason}"
        case Absent():
            return "AWS no longer has it: the name is free."
    return "AWS still has it."


def _compare(found: Found, submission: Submission) -> Ours | Mismatch:
    tag = tag_with_value(json.loads(submission.request), submission.client_token)
    if tag and tag_with_value(found.document, submission.client_token) == tag:
        return Ours(found.created_at, tag)
    if not _has_same_content(without_tag(found.document, tag), sent_document(submission)):
        return Mismatch(found.created_at, False, "its content differs from the request")
    if other := _creator(found, submission):
        return Mismatch(found.created_at, False, f"submission {other.pk} created it")
    if tag:
        return Mismatch(found.created_at, True, f"its tag {tag} isn't this submission's")
    if not _created_while_sending(found, submission):
        at = format_time(found.created_at)
        difference = f"it was created at {at}, outside the time in which this was sent"
        return Mismatch(found.created_at, True, difference)
    return Ours(found.created_at)


def _creator(found: Found, submission: Submission) -> Submission | None:
    """Return another submission that is known to have created it, None if there is none."""
    created_at, skew = _creation(found)
    others = Submission.objects.filter(
        state=SubmissionState.CREATED,
        account=submission.account,
        region=submission.region,
        normalized_name=submission.normalized_name,
        submitted_at__lte=created_at + skew,
        settled_at__gte=created_at - skew,
    )
    return others.exclude(pk=submission.pk).first()


def _has_same_content(document: dict[str, Any], sent: dict[str, Any]) -> bool:
    """Return True if they are equal but for empty members: AWS returns ``tags: {}``."""
    return sent == {
        name: value
        for name, value in document.items()
        if name in sent or value not in (None, "", [], {})
    }


def _creation(found: Found) -> tuple[datetime, timedelta]:
    """Return when it was created by this host's clock, and how far from it that may be.

    AWS's time in the response corrects for the difference between its clock and this host's.
    """
    if found.server_time:
        return found.created_at + (timezone.now() - found.server_time), _KNOWN_SKEW
    return found.created_at, _UNKNOWN_SKEW


def _created_while_sending(found: Found, submission: Submission) -> bool:
    """Return True if it was created during a send, which ends at its deadline or record."""
    created_at, skew = _creation(found)
    for attempt in submission.attempts.filter(sent_at__isnull=False):
        sent_at = attempt.sent_at or attempt.started_at
        ended_at = max(sent_at + timedelta(seconds=deadline.SECONDS), attempt.ended_at or sent_at)
        if sent_at - skew <= created_at <= ended_at + skew:
            return True
    return False


def format_time(time: datetime) -> str:
    """Return the time for a sentence."""
    return f"{time:%Y-%m-%d %H:%M:%S} UTC"
