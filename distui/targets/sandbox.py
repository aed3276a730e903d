"""The target of the embedded sandbox account."""

from __future__ import annotations

from distui.targets.models import Target
from distui.targets.resolve_account import resolve_account

NAME = "sandbox"
_REGION = "eu-west-1"


def ensure_sandbox_target() -> Target:
    """Return the sandbox's target, creating it and resolving its account on first use.

    Everyone may use a target created here.

    Later calls don't connect: that would wait until the sandbox is seeded. Raises
    AccountNotResolved if no sandbox answers, ValidationError if another kind of target has the
    name.
    """
    target = Target.objects.filter(name=NAME, kind=Target.Kind.SANDBOX).first()
    if target and target.account:
        return target
    target = target or Target(name=NAME, kind=Target.Kind.SANDBOX, region=_REGION, everyone=True)
    resolve_account(target)
    target.full_clean()
    target.save()
    return target
