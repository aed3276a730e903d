"""Reasons why a button of the editor cannot do what it says to this draft."""

from __future__ import annotations


class EditError(ValueError):
    """An edit that cannot be applied. ``message`` tells the user why; nothing has changed."""

    message = ""


class InvalidPointer(EditError):
    """The edit has an unknown verb, or a pointer that the draft does not have."""

    message = "This part of the draft no longer exists. Nothing was changed."


class FindingGone(EditError):
    """The draft does not have the finding that a fix is for."""

    message = "This problem no longer exists. Nothing was changed."


class GroupGone(EditError):
    """The group that a button names does not exist, or the user may not see it."""

    message = "This group no longer exists. Nothing was inserted."


class WrongKind(EditError):
    """The group has accounts where Regions are needed, or the reverse."""

    message = "This group has the wrong type for this list. Nothing was inserted."
