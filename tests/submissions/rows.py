"""Rows of the ledger as its pages show them, written without the engine."""

from __future__ import annotations

import itertools
import json
import uuid
from datetime import UTC, datetime, timedelta

from distui.builder.models import Draft
from distui.submissions.models import SETTLED, Submission, SubmissionState
from distui.targets.models import Target

ACCOUNT = "111122223333"
START = datetime(2026, 11, 1, 12, tzinfo=UTC)
_numbers = itertools.count(1)


def document(name="web-server", regions=("eu-west-1", "us-east-1")):
    """A document without findings of severity error."""
    ami = {"name": f"{name} {{{{ imagebuilder:buildDate }}}}"}
    return {
        "name": name,
        "distributions": [
            {"region": region, "amiDistributionConfiguration": ami} for region in regions
        ],
    }


def make_target(name="sandbox", **fields):
    """A target in the account, or the one of that name that is there already."""
    given = {"region": "eu-west-1", "kind": Target.Kind.SANDBOX, "account": ACCOUNT} | fields
    return Target.objects.get_or_create(name=name, defaults=given)[0]


def make_draft(owner, value=None):
    """A draft that holds the document."""
    return Draft.objects.create(owner=owner, text=json.dumps(value or document()))


def make_submission(
    user, *, name=None, state=SubmissionState.CREATED, regions=("eu-west-1",), **fields
):
    """A submission in the state; each is a minute younger than the one before."""
    number = next(_numbers)
    target = fields.pop("target", None) or make_target()
    name = name or f"image {number}"
    token = str(uuid.UUID(int=number))
    submitted_at = START + timedelta(minutes=number)
    body = document(name, regions) | {"clientToken": token}
    if state == SubmissionState.CREATED:
        fields.setdefault("arn", arn_of(name))
    given = {
        "target": target,
        "target_name": target.name,
        "account": target.account,
        "region": target.region,
        "partition": "aws",
        "submitted_by": user,
        "name": name,
        "client_token": token,
        "request": json.dumps(body, indent=2),
        "request_sha256": "0" * 64,
        "state": state,
        "submitted_at": submitted_at,
        "settled_at": submitted_at + timedelta(seconds=2) if state in SETTLED else None,
    }
    return Submission.objects.create(**given | fields)


def arn_of(name):
    """The ARN of the configuration of that name."""
    normalised = name.lower().replace(" ", "-")
    return f"arn:aws:imagebuilder:eu-west-1:{ACCOUNT}:distribution-configuration/{normalised}"
