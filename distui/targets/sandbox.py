"""The target for the embedded account."""

from __future__ import annotations

from distui.targets.models import Target
from distui.targets.resolve_account import learn_account

NAME = "sandbox"
_REGION = "eu-west-1"


def ensure_sandbox_target() -> Target:
    """The target of the running sandbox, made and told its account at the first start.

    Asking again at each start would wait for the sandbox to be filled. Raises NoAccount where no
    sandbox answers, and ValidationError where a target of another kind has its name.
    """
    target = Target.objects.filter(name=NAME, kind=Target.Kind.SANDBOX).first()
    if target and target.account:
        return target
    target = target or Target(name=NAME, kind=Target.Kind.SANDBOX, region=_REGION)
    learn_account(target)
    target.full_clean()
    target.save()
    return target
