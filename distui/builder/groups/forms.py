"""The form of a group: members are typed, pasted or uploaded, and what is skipped is reported."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from distui.builder.groups.models import NamedGroup
from distui.core.reference import regions
from distui.core.text import account_ids
from distui.core.text.characters import escape_invisible, quoted
from distui.core.text.group_input import (
    MAX_CHARACTERS,
    GroupInput,
    NotTextError,
    decode_upload,
    read_accounts,
    read_regions,
    typed_accounts,
)

_NAME_TAKEN = "A group with this name already exists. Choose another name."
_TOO_LONG = f"Too long: at most {MAX_CHARACTERS:,} characters. Upload only the column with the IDs."
_NOUNS = {NamedGroup.Kind.ACCOUNTS: "account ID", NamedGroup.Kind.REGIONS: "Region code"}


class NamedGroupForm(forms.Form):
    """A group's name, type and members.

    ``text`` is the content of the members' textarea after a post: what was typed, then the members
    of the uploaded file. ``notices`` report what a save skips or rewrites; ``applied_notices``
    those of them that have changed ``text`` already. With ``zeros``, leading zeros of account IDs
    are restored. ``version`` detects that the group was saved in the meantime.
    """

    name = forms.CharField(
        max_length=60,
        error_messages={
            "required": "Enter a name.",
            "max_length": "Too long: %(show_value)d characters, at most 60 are allowed.",
        },
    )
    kind = forms.ChoiceField(
        choices=NamedGroup.Kind,
        error_messages={
            "required": "Select a type.",
            "invalid_choice": "Invalid type. Select Accounts or Regions.",
        },
    )
    members = forms.CharField(required=False, strip=False)
    file = forms.FileField(
        required=False,
        allow_empty_file=True,
        error_messages={"invalid": "The upload failed. Choose the file again."},
    )
    version = forms.CharField(required=False)

    def __init__(
        self, data: Any = None, files: Any = None, *, group: NamedGroup, zeros: bool = False
    ) -> None:
        self.group, self.zeros = group, zeros
        self.text, self.items = group.members, group.items
        self.notices, self.applied_notices = list[str](), list[str]()
        super().__init__(data, files, initial={"name": group.name, "kind": group.kind})

    @property
    def saved_version(self) -> str:
        """Return the time of the group's last save; ``""`` for a new group."""
        return self.group.updated_at.isoformat() if self.group.pk else ""

    @property
    def summary(self) -> str:
        """Return a summary of the accounts in the textarea; ``""`` for Regions."""
        is_accounts = self["kind"].value() == NamedGroup.Kind.ACCOUNTS
        if not is_accounts or len(self.text) > MAX_CHARACTERS:
            return ""
        return account_ids.describe(typed_accounts(self.text))

    @property
    def can_clean_up(self) -> bool:
        """Return True if cleaning up would change the accounts."""
        items = typed_accounts(self.text) if self.summary else []
        return account_ids.clean_ids(items, zeros=True) != items

    def clean_name(self) -> str:
        """Return a name without invisible characters that no other group has in any case."""
        name = str(self.cleaned_data["name"])
        if escape_invisible(name) != name:
            raise forms.ValidationError(f"{quoted(name)} contains invisible characters.")
        if name != self.data.get("name"):
            self.notices.append("Removed spaces around the name.")
        others = NamedGroup.objects.exclude(pk=self.group.pk).values_list("name", flat=True)
        if _folded(name) in map(_folded, others):
            raise forms.ValidationError(_NAME_TAKEN)
        return name

    def clean(self) -> dict[str, Any]:
        """Read the members, and reject a post with repeated fields or of an old version."""
        cleaned: dict[str, Any] = super().clean() or {}
        self.text = str(self.data.get("members", "")).replace("\r\n", "\n")
        self.items = []
        lists: Any = self.data
        repeated = [name for name, values in lists.lists() if len(values) > 1]
        if repeated:
            name = repeated[0][:60]
            self.add_error(None, f"Field sent more than once: {name}. Nothing was saved.")
        if cleaned.get("version") != self.saved_version:
            self.add_error(
                None,
                "Someone else saved this group in the meantime. Your changes are below and not"
                " saved yet. Save again to overwrite theirs.",
            )
        if kind := cleaned.get("kind"):
            self._read_members(kind, cleaned.get("file"))
        return cleaned

    def _read_members(self, kind: str, file: Any) -> None:
        if len(self.text) > MAX_CHARACTERS:
            self.add_error("members", _TOO_LONG)
            return
        if file:
            self._append_file(kind, file)
        found = self._read(kind, self.text)
        self.items = found.items
        self.notices += found.notices
        for fault in found.errors:
            self.add_error("members", fault)
        if not found.items and "file" not in self.errors:
            self.add_error("members", f"Enter at least one {_NOUNS[NamedGroup.Kind(kind)]}.")

    def _append_file(self, kind: str, file: Any) -> None:
        """Append the members in the file to the text."""
        try:
            text = decode_upload(file.read())
        except NotTextError as error:
            self.add_error("file", str(error))
            return
        if len(text) > MAX_CHARACTERS:
            self.add_error("file", _TOO_LONG)
            return
        found = self._read(kind, text, uploaded=True)
        if not any(map(self._is_member(kind), found.items)):
            self.add_error("file", f"This file contains no {_NOUNS[NamedGroup.Kind(kind)]}.")
            return
        self.text = "\n".join([*filter(None, [self.text.strip()]), *found.items])
        if found.notices:
            self.applied_notices = [f"{file.name[:60]}: {' '.join(found.notices)}"]
        self.notices += self.applied_notices

    def _read(self, kind: str, text: str, *, uploaded: bool = False) -> GroupInput:
        if kind == NamedGroup.Kind.ACCOUNTS:
            return read_accounts(text, uploaded=uploaded, zeros=self.zeros)
        return read_regions(text, settings.DISTUI_EXTRA_REGIONS, uploaded=uploaded)

    @staticmethod
    def _is_member(kind: str) -> Callable[[str], bool]:
        if kind == NamedGroup.Kind.ACCOUNTS:
            return account_ids.looks_like_account_id
        return lambda item: bool(regions.find_region(item, settings.DISTUI_EXTRA_REGIONS))

    def clean_up(self) -> None:
        """Replace the text by the members as they were read."""
        if self.items:
            self.text = "\n".join(self.items)
            self.applied_notices = ["Cleaned up. Not saved yet.", *self.notices]

    def save(self, owner: Any) -> bool:
        """Save the group; ``owner`` is set on a new one. Return False if its name is taken."""
        group = self.group
        group.name, group.kind = self.cleaned_data["name"], self.cleaned_data["kind"]
        group.members, group.updated_at = "\n".join(self.items), timezone.now()
        group.owner = group.owner if group.pk else owner
        try:
            with transaction.atomic():
                group.save()
        except IntegrityError:  # another request has just taken the name
            self.add_error("name", _NAME_TAKEN)
        return not self.errors


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
