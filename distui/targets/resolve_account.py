"""Find out which account a target's credentials belong to."""

from __future__ import annotations

from distui.aws import gateway
from distui.aws.results import Unknown
from distui.core.reference import arns
from distui.targets.models import Target


class AccountNotResolved(Exception):
    """The account ID can't be determined; the message is a sentence with the reason."""


def resolve_account(target: Target) -> None:
    """Set the target's account and partition from STS GetCallerIdentity, without saving it.

    Raises AccountNotResolved if STS doesn't answer.
    """
    identity = gateway.identity(target.connection())
    if isinstance(identity, Unknown):
        detail = f" ({identity.message})" if identity.message else ""
        raise AccountNotResolved(f"{identity.reason}{detail}")
    target.account, target.partition = identity.account, identity.partition


def resolve_account_or_warn(target: Target) -> str:
    """Set the target's account and partition, from its role ARN if STS doesn't answer.

    Returns a warning in that case, else "". Raises AccountNotResolved if there is no role ARN.
    """
    try:
        resolve_account(target)
    except AccountNotResolved as error:
        role = arns.parse(target.role_arn)
        if role is None:
            raise
        target.account, target.partition = role.account, role.partition
        return f"Could not assume the role: {error} The account ID was taken from the role ARN."
    return ""
