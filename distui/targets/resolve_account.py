"""Which account the credentials of a target belong to."""

from __future__ import annotations

from distui.aws import gateway
from distui.aws.results import Unknown
from distui.core.reference import arns
from distui.targets.models import Target


class NoAccount(Exception):
    """AWS didn't say whose the credentials are; the message is a sentence with the reason."""


def learn_account(target: Target) -> None:
    """Writes account and partition on the target, unsaved, as STS tells them.

    Raises NoAccount where it doesn't.
    """
    identity = gateway.identity(target.access())
    if isinstance(identity, Unknown):
        detail = f" ({identity.message})" if identity.message else ""
        raise NoAccount(f"{identity.reason}{detail}")
    target.account, target.partition = identity.account, identity.partition


def learn_account_or_say_why(target: Target) -> str:
    """As ``learn_account``; "", or the sentence why the credentials could not be tried.

    A role's ARN says its account all the same. Raises NoAccount where nothing does.
    """
    try:
        learn_account(target)
    except NoAccount as error:
        role = arns.parse(target.role_arn)
        if role is None:
            raise
        target.account, target.partition = role.account, role.partition
        return f"The role could not be assumed now: {error}"
    return ""
