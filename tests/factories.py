"""Documents, drafts, targets and submissions for tests, saved without the ledger's code."""

from __future__ import annotations

import hashlib
import itertools
import json
import uuid
from datetime import UTC, datetime, timedelta

from distui.builder.models import Draft
from distui.builder.state.draft_state import dump_state
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
    """Return the target with that name, creating one that everyone may use if needed."""
    given = {"region": "eu-west-1", "kind": Target.Kind.SANDBOX, "account": ACCOUNT}
    given |= {"everyone": True} | fields
    return Target.objects.get_or_create(name=name, defaults=given)[0]


def make_draft(owner, state=None):
    """Create a draft with that state; by default one that can be submitted."""
    return Draft.objects.create(
        owner=owner, text=dump_state(document() if state is None else state)
    )


def make_submission(
    user, *, name=None, state=SubmissionState.CREATED, regions=("eu-west-1",), **fields
):
    """Create a submission, one minute newer than the one created before."""
    number = next(_numbers)
    target = fields.pop("target", None) or make_target()
    name = name or f"image {number}"
    token = str(uuid.UUID(int=number))
    submitted_at = START + timedelta(minutes=number)
    request = json.dumps(document(name, regions) | {"clientToken": token}, indent=2)
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
        "request": request,
        "request_sha256": hashlib.sha256(request.encode()).hexdigest(),
        "state": state,
        "submitted_at": submitted_at,
        "settled_at": submitted_at + timedelta(seconds=2) if state in SETTLED else None,
    }
    return Submission.objects.create(**given | fields)


def arn_of(name):
    """Return the ARN of the configuration with that name."""
    normalised = name.lower().replace(" ", "-")
    return f"arn:aws:imagebuilder:eu-west-1:{ACCOUNT}:distribution-configuration/{normalised}"
