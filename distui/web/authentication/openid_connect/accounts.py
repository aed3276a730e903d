"""The user that the claims of a provider mean, with the groups that the provider says."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import Group, User
from django.db import transaction

from distui.web.authentication.accounts import NotAllowed, check_active, named_user
from distui.web.authentication.sessions import end_sessions
from distui.web.authentication.sign_in_settings import OpenIdConnect

Claims = dict[str, Any]


def user_for(account: SocialAccount, claims: Claims, oidc: OpenIdConnect) -> User:
    """Return the user of the account with the provider's name, address and groups.

    Raise NotAllowed if the user may not sign in; a known one who has left the required group loses
    the provider's groups and all sessions.
    """
    theirs = _groups_in(claims, oidc)
    if oidc.required_group and oidc.required_group not in theirs:
        if account.pk:
            _synchronize_groups(account.user, set(), oidc)
            end_sessions(account.user)
        raise NotAllowed(f"Only members of the group {oidc.required_group} may sign in.")
    return _updated_user(account, claims, theirs, oidc)


@transaction.atomic
def _updated_user(
    account: SocialAccount, claims: Claims, theirs: set[str], oidc: OpenIdConnect
) -> User:
    user = account.user if account.pk else _new_user(claims, oidc)
    check_active(user)
    user.email = str(claims.get("email") or "")[:254]
    user.first_name = str(claims.get("given_name") or "")[:150]
    user.last_name = str(claims.get("family_name") or "")[:150]
    user.save()
    account.user = user
    account.save()
    _synchronize_groups(user, theirs, oidc)
    return user


def _groups_in(claims: Claims, oidc: OpenIdConnect) -> set[str]:
    """Return the provider's groups of the person: a missing claim is none."""
    groups = claims.get(oidc.groups_claim) or []
    return {groups} if isinstance(groups, str) else {str(group) for group in groups}


def _new_user(claims: Claims, oidc: OpenIdConnect) -> User:
    """Return a new user, or the one with this name whose password was removed for this.

    Others are not taken over: the provider may let people choose their names.
    """
    user = named_user(str(claims.get(oidc.username_claim) or ""), oidc.name)
    if not user.pk:
        return user
    if user.has_usable_password() or SocialAccount.objects.filter(user=user).exists():
        raise NotAllowed(
            f"The username {user.get_username()} belongs to another user here. If it is yours,"
            " ask an administrator to disable its password."
        )
    return user


@transaction.atomic
def _synchronize_groups(user: User, theirs: set[str], oidc: OpenIdConnect) -> None:
    """Add and remove the groups and rights that the settings list; leave the others as they are."""
    if oidc.admin_group:
        user.is_superuser = user.is_staff = oidc.admin_group in theirs
        user.save()
    granted = {ours for group, ours in oidc.groups if group in theirs}
    for name in {ours for _group, ours in oidc.groups}:
        group, _created = Group.objects.get_or_create(name=name)
        if name in granted:
            user.groups.add(group)
        else:
            user.groups.remove(group)
