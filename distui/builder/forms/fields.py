"""Form fields over the schema's scalars and lists: what is typed becomes what the document holds.

``to_python`` gives the document's value, None where the member is absent; ``prepare_value`` turns
it back into what is shown. No field refuses anything: a draft keeps what was typed, as text where
it fits no other type, and the rule engine says what is wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms

from distui.builder.forms.field_messages import FieldMessages
from distui.core.schema import shapes
from distui.core.schema.pattern_messages import max_length
from distui.core.text import account_ids, tabular

_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,14})", re.ASCII)
_SHORT = {"AccountId", "LaunchTemplateId"}
_BOOLEANS = {"true": True, "false": False}


def with_breaks(text: str) -> str:
    """The text with its line breaks as a document has them, however they came."""
    return re.sub(r"\r\n?", "\n", text)


def one_line(text: str) -> str:
    """The text as a browser has it in an input: without line breaks."""
    return re.sub(r"[\r\n]", "", text)


class MemberField(forms.Field):
    """A control for one member of the API. A ``short`` one leaves room for another beside it.

    ``note`` and ``more`` are templates: what stands above the control, and what right below it.
    Where it stands and what was found there is told to each form's own copy.
    """

    short = False
    holds_accounts = False
    needed = False
    slot = FieldMessages("", "")

    def __init__(
        self, member: shapes.Member, *, note: str = "", more: str = "", **options: Any
    ) -> None:
        self.member, self.note, self.more = member, note, more
        super().__init__(required=False, **options)

    @property
    def longest(self) -> int | None:
        """How many characters a text may have, None where there is no limit."""
        patterns = (p.value for p in self.member.shape.constraints if p.keyword == "pattern")
        return self.member.limit("maxLength") or next(filter(None, map(max_length, patterns)), None)

    def is_untouched(self, value: Any, posted: str) -> bool:
        """Whether that is what a browser posts of the control that shows the value."""
        shown = str(self.prepare_value(value))
        if not isinstance(self.widget, forms.Textarea):
            return one_line(shown) == posted
        return with_breaks(shown) == with_breaks(posted)


class TextField(MemberField):
    """Text as it was typed. Where the member has a pattern, spaces around it are never meant."""

    def __init__(self, member: shapes.Member, **options: Any) -> None:
        super().__init__(member, **options)
        self.short = member.shape.name in _SHORT

    def to_python(self, value: Any) -> Any:
        text = with_breaks(value or "")
        patterned = any(part.keyword == "pattern" for part in self.member.shape.constraints)
        if patterned or not text.strip():
            text = text.strip()
        return text or None


class IntegerField(MemberField):
    """ASCII digits become a number; anything else stays text, for the rules to refuse."""

    short = True
    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def to_python(self, value: Any) -> Any:
        text = (value or "").strip(" ")
        return int(text) if _INTEGER.fullmatch(text) else text or None


class ChoiceWidget(forms.Select):
    """A select that also offers a value it does not know, since a document may hold it."""

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> list[Any]:
        known = {str(choice) for choice, _ in self.choices}
        unknown = [(item, f"{item} (not allowed)") for item in value if item not in known]
        self.choices = [*self.choices, *unknown]
        return super().optgroups(name, value, attrs)


class ChoiceField(MemberField):
    """A select of ``choices`` and of absence, which is a value of its own.

    ``absent`` says what absence means where that is known, and then takes the whole width.
    """

    def __init__(
        self,
        member: shapes.Member,
        *,
        choices: Iterable[tuple[str, str]],
        absent: str = "",
        **options: Any,
    ) -> None:
        offered = [("", f"Not set: {absent}" if absent else "Not set"), *choices]
        super().__init__(member, widget=ChoiceWidget(choices=offered), **options)
        self.short = not absent


class EnumField(ChoiceField):
    """One of the member's values, or none."""

    def __init__(self, member: shapes.Member, **options: Any) -> None:
        choices = [(value, value) for value in member.shape.enum]
        super().__init__(member, choices=choices, **options)

    def to_python(self, value: Any) -> Any:
        return value or None


class BooleanField(ChoiceField):
    """True, false, or absent: the service decides then."""

    def __init__(self, member: shapes.Member, **options: Any) -> None:
        choices = [(word, word) for word in _BOOLEANS]
        super().__init__(member, choices=choices, **options)

    def to_python(self, value: Any) -> Any:
        return _BOOLEANS.get(value, value or None)

    def prepare_value(self, value: Any) -> Any:
        return {True: "true", False: "false"}.get(value, value)


class ListField(MemberField):
    """A list of plain strings, an item a line.

    Items that can hold neither spaces nor commas, as ARNs, are taken apart at whatever separators
    they were pasted with.
    """

    widget = forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocomplete": "off"})

    def to_python(self, value: Any) -> Any:
        item = self.member.shape.item
        apart = item and any(part.keyword == "pattern" for part in item.constraints)
        lines = tabular.split_items(value or "") if apart else (value or "").splitlines()
        return [line.strip() for line in lines if line.strip()] or None

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list) else value


class ListChoiceField(ChoiceField, ListField):
    """A list of which only a few are allowed, as a select; any other list is kept and shown."""


class AccountsField(ListField):
    """A list of account ids, which come from tables and chats as often as from keyboards."""

    holds_accounts = True

    def to_python(self, value: Any) -> Any:
        return account_ids.split_ids(value or "") or None


def field_for(member: shapes.Member, **options: Any) -> MemberField:
    """The field that edits a scalar or a list of strings. ``TypeError`` for any other member."""
    match member.shape:
        case shapes.Shape(kind="array", item=shapes.Shape(kind="string")) if "choices" in options:
            return ListChoiceField(member, **options)
        case shapes.Shape(kind="string") if member.shape.enum:
            return EnumField(member, **options)
        case shapes.Shape(kind="string"):
            return TextField(member, **options)
        case shapes.Shape(kind="integer"):
            return IntegerField(member, **options)
        case shapes.Shape(kind="boolean"):
            return BooleanField(member, **options)
        case shapes.Shape(kind="array", item=shapes.Shape(name="AccountId")):
            return AccountsField(member, **options)
        case shapes.Shape(kind="array", item=shapes.Shape(kind="string")):
            return ListField(member, **options)
    raise TypeError(f"{member.name} is no scalar and no list of strings")
