"""The form that fills a group: pasted, typed or uploaded, and told what was left out."""

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

_TAKEN = "There is a group of this name already. Choose another one."
_TOO_MUCH = f"This is more than {MAX_CHARACTERS:,} characters. Take only the column with the ids."
_NONE = {NamedGroup.Kind.ACCOUNTS: "account id", NamedGroup.Kind.REGIONS: "Region code"}


class NamedGroupForm(forms.Form):
    """A group's name, kind and members.

    ``text`` is what the members' control shows after a post: what was typed, and the ids found in
    the uploaded file. ``notices`` say what a save leaves out or rewrites, and ``told`` what was
    done to the text already. With ``zeros`` lost leading zeros of account ids are put back.
    ``version`` tells whether the group was saved meanwhile.
    """

    name = forms.CharField(
        max_length=60,
        error_messages={
            "required": "Give the group a name.",
            "max_length": "%(show_value)d characters are too many: 60 are allowed.",
        },
    )
    kind = forms.ChoiceField(
        choices=NamedGroup.Kind,
        error_messages={
            "required": "Choose what the group holds.",
            "invalid_choice": "A group holds accounts or Regions. Choose one of them.",
        },
    )
    members = forms.CharField(required=False, strip=False)
    file = forms.FileField(
        required=False,
        allow_empty_file=True,
        error_messages={"invalid": "The file did not arrive as one. Choose it again."},
    )
    version = forms.CharField(required=False)

    def __init__(
        self, data: Any = None, files: Any = None, *, group: NamedGroup, zeros: bool = False
    ) -> None:
        self.group, self.zeros = group, zeros
        self.text, self.items = group.members, group.items
        self.notices, self.told = list[str](), list[str]()
        super().__init__(data, files, initial={"name": group.name, "kind": group.kind})

    @property
    def saved_version(self) -> str:
        """The moment of the group's last save, empty for a new one."""
        return self.group.updated_at.isoformat() if self.group.pk else ""

    @property
    def tally(self) -> str:
        """What the accounts in the control come to."""
        counts = (
            self["kind"].value() == NamedGroup.Kind.ACCOUNTS and len(self.text) <= MAX_CHARACTERS
        )
        return account_ids.describe(typed_accounts(self.text)) if counts else ""

    @property
    def untidy(self) -> bool:
        """Whether there are leading zeros to put back, dashes to drop or the like."""
        items = typed_accounts(self.text) if self.tally else []
        return account_ids.clean_ids(items, zeros=True) != items

    def clean_name(self) -> str:
        """A name that can be seen, and that no other group has in whatever case."""
        name = str(self.cleaned_data["name"])
        if escape_invisible(name) != name:
            raise forms.ValidationError(f"{quoted(name)} holds characters that can't be seen.")
        others = NamedGroup.objects.exclude(pk=self.group.pk).values_list("name", flat=True)
        if _folded(name) in map(_folded, others):
            raise forms.ValidationError(_TAKEN)
        return name

    def clean(self) -> dict[str, Any]:
        """Reads the members, and refuses a post that is doubtful or came too late."""
        cleaned: dict[str, Any] = super().clean() or {}
        self.text = str(self.data.get("members", "")).replace("\r\n", "\n")
        self.items = []
        lists: Any = self.data
        repeated = [name for name, values in lists.lists() if len(values) > 1]
        if repeated:
            self.add_error(None, f"Sent more than once, so nothing was saved: {repeated[0][:60]}.")
        if cleaned.get("version") != self.saved_version:
            self.add_error(
                None,
                "This group was saved by somebody else meanwhile. What you typed is below and not"
                " saved yet: saving again puts it in place of what was saved there.",
            )
        if kind := cleaned.get("kind"):
            self._read_members(kind, cleaned.get("file"))
        return cleaned

    def _read_members(self, kind: str, file: Any) -> None:
        if len(self.text) > MAX_CHARACTERS:
            self.add_error("members", _TOO_MUCH)
            return
        if file:
            self._read_file(kind, file)
        found = self._read(kind, self.text)
        self.items = found.items
        self.notices += found.notices
        for fault in found.errors:
            self.add_error("members", fault)
        if not found.items and "file" not in self.errors:
            self.add_error("members", f"Paste at least one {_NONE[NamedGroup.Kind(kind)]}.")

    def _read_file(self, kind: str, file: Any) -> None:
        """Put what the file holds below what was typed."""
        try:
            text = decode_upload(file.read())
        except NotTextError as error:
            self.add_error("file", str(error))
            return
        if len(text) > MAX_CHARACTERS:
            self.add_error("file", _TOO_MUCH)
            return
        found = self._read(kind, text, uploaded=True)
        if not any(map(self._fits(kind), found.items)):
            self.add_error("file", f"There is no {_NONE[NamedGroup.Kind(kind)]} in this file.")
            return
        self.text = "\n".join([*filter(None, [self.text.strip()]), *found.items])
        self.told = [f"{file.name[:60]}: {' '.join(found.notices)}"] if found.notices else []
        self.notices += self.told

    def _read(self, kind: str, text: str, *, uploaded: bool = False) -> GroupInput:
        if kind == NamedGroup.Kind.ACCOUNTS:
            return read_accounts(text, uploaded=uploaded, zeros=self.zeros)
        return read_regions(text, settings.DISTUI_EXTRA_REGIONS, uploaded=uploaded)

    @staticmethod
    def _fits(kind: str) -> Callable[[str], bool]:
        if kind == NamedGroup.Kind.ACCOUNTS:
            return account_ids.looks_like_account_id
        return lambda item: bool(regions.find_region(item, settings.DISTUI_EXTRA_REGIONS))

    def tidy(self) -> None:
        """Show the members as they were read, in the place of what was typed."""
        if self.items:
            self.text = "\n".join(self.items)
            self.told = ["Tidied up, and not saved yet.", *self.notices]

    def save(self, owner: Any) -> bool:
        """Write the group, whose owner is who makes it. False, with an error, where it can't be."""
        group = self.group
        group.name, group.kind = self.cleaned_data["name"], self.cleaned_data["kind"]
        group.members, group.updated_at = "\n".join(self.items), timezone.now()
        group.owner = group.owner if group.pk else owner
        try:
            with transaction.atomic():
                group.save()
        except IntegrityError:  # somebody took the name a moment ago
            self.add_error("name", _TAKEN)
        return not self.errors


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
