"""Documents, drafts, targets and submissions for tests, saved without the ledger's code."""

from __future__ import annotations

import itertools
import json
import uuid
from datetime import UTC, datetime, timedelta

from distui.builder.models import Draft
from distui.submissions.models import SETTLED, Submission, SubmissionState
from distui.targets.models import Target

ACCOUNT = "418273950164"  # the sandbox's
START = datetime(2026, 11, 1, 12, tzinfo=UTC)
_numbers = itertools.count(1)


def unique_name():
    """Return a name that no other test uses: all tests share one sandbox."""
    return f"base-{uuid.uuid4().hex}"


def document(name="web-server", regions=("eu-west-1", "us-east-1")):
    """Return a document without findings."""
    ami = {"name": f"{name} {{{{ imagebuilder:buildDate }}}}", "description": "Base image"}
    return {
        "name": name,
        "distributions": [
            {"region": region, "amiDistributionConfiguration": ami} for region in regions
        ],
    }


def public_document():
    """Return a document that makes an AMI public."""
    value = document(regions=("eu-west-1",))
    ami = value["distributions"][0]["amiDistributionConfiguration"]
    ami["launchPermission"] = {"userGroups": ["all"]}
    return value


def make_target(name="sandbox", **fields):
    """Return the target with that name, creating it if needed."""
    given = {"region": "eu-west-1", "kind": Target.Kind.SANDBOX, "account": ACCOUNT} | fields
    return Target.objects.get_or_create(name=name, defaults=given)[0]


def make_draft(owner, value=None):
    """Create a draft of the document ``value``."""
    return Draft.objects.create(owner=owner, text=json.dumps(value or document()))


def make_submission(
    user, *, name=None, state=SubmissionState.CREATED, regions=("eu-west-1",), **fields
):
    """Create a submission, one minute newer than the one created before."""
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
    """Return the ARN of the configuration with that name."""
    normalised = name.lower().replace(" ", "-")
    return f"arn:aws:imagebuilder:eu-west-1:{ACCOUNT}:distribution-configuration/{normalised}"
