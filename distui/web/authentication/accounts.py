"""Users that another system has authenticated, by their name."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError


class NotAllowed(Exception):
    """The other system knows the person, but they may not sign in. The message is for them."""


def named_user(username: str, source: str) -> User:
    """Return the user with this name, or a new one that is not saved yet.

    Raise NotAllowed if the name, which comes from ``source``, is not possible here, or if the user
    is not active.
    """
    if not username:
        raise NotAllowed(f"{source} sent no username.")
    try:
        User._meta.get_field("username").run_validators(username)
    except ValidationError as error:
        raise NotAllowed(
            f"{source} sent {username!r} as your username, which isn't valid here."
        ) from error
    user = User.objects.filter(username=username).first()
    return user or User(username=username, password=make_password(None))


def check_active(user: User) -> None:
    """Raise NotAllowed if the user is deactivated."""
    if not user.is_active:
        raise NotAllowed("Your user is inactive. An administrator can activate it.")
