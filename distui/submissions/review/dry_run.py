"""Ask AWS to check a draft: a dry run, which creates nothing."""

from __future__ import annotations

import logging

from django.contrib.auth.models import User

from distui.aws import gateway
from distui.aws.deadline import request_deadline
from distui.aws.results import Accepted, Rejected
from distui.builder.models import Draft, new_token
from distui.builder.rule_context import request_of
from distui.core.document import printing
from distui.submissions.ledger.error_messages import author_message, escape_lines
from distui.submissions.ledger.look_up import check_account
from distui.targets.models import Target

_PASSED = "DryRunOperationException"  # how the service says that it would have succeeded

log = logging.getLogger(__name__)


def problem_in_aws(draft: Draft, target: Target, user: User) -> str:
    """Return a sentence if AWS doesn't accept the draft, or can't be asked; else "".

    A rejection is attached to the draft, at the member that it names. The request has a token of
    its own, so that the draft's can't be used up.
    """
    connection = target.connection(user)
    body = printing.dumps(request_of(draft.document, new_token()) | {"dryRun": True})
    with request_deadline():
        if failure := check_account(target.account, connection):
            return f"Could not check with AWS. {failure.reason}"
        result = gateway.create(connection, body.encode(), account=target.account)
    if isinstance(result, Rejected):
        message = escape_lines(author_message(result.code, result.message))
        draft.attach_rejection(result.pointer, message)
        return f"AWS would reject this request: {message}"
    if isinstance(result, Accepted):
        log.error("AWS created %s although it was asked for a dry run.", result.arn)
        return f"AWS created {result.arn} instead of checking. Ask an administrator to delete it."
    return "" if result.code == _PASSED else f"AWS did not check the request. {result.reason}"
