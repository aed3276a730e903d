"""Form fields for the schema's scalars and lists of strings.

``to_python`` returns the value for the document, or None if the member is absent.
``prepare_value`` turns a value of the document back into what the control shows. No field rejects
input: a draft stores what was typed, as text if it does not fit the type, and the rules report it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from django import forms

from distui.builder.forms.field_messages import FieldMessages
from distui.core.schema import pattern_messages, shapes
from distui.core.text import account_ids, tabular

_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,14})", re.ASCII)
_SHORT_SHAPES = {"AccountId", "LaunchTemplateId"}
_BOOLEANS = {"true": True, "false": False}


def normalize_newlines(text: str) -> str:
    r"""Return the text with ``\n`` for every line break, as a document has them."""
    return re.sub(r"\r\n?", "\n", text)


def without_newlines(text: str) -> str:
    """Return the text as a browser keeps it in a one-line input: line breaks removed."""
    return re.sub(r"[\r\n]", "", text)


def as_text(value: Any) -> Any:
    """Return the value as a control shows it: JSON unless it is a string."""
    return (
        value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    )


class MemberField(forms.Field):
    """A control for one member of the API.

    ``before`` and ``after`` are templates, rendered before the field and after its control. A
    ``short`` field has another one beside it. ``required`` is set on each form's own
    copy and only marks the label; ``messages`` too is set there.
    """

    short = False
    is_account_list = False
    messages = FieldMessages("", "")

    def __init__(
        self, member: shapes.Member, *, before: str = "", after: str = "", **options: Any
    ) -> None:
        self.member, self.before, self.after = member, before, after
        super().__init__(required=False, **options)

    @property
    def max_length(self) -> int | None:
        """Return the largest number of characters that the schema allows, None if unlimited."""
        patterns = (p.value for p in self.member.shape.constraints if p.keyword == "pattern")
        from_patterns = filter(None, map(pattern_messages.max_length, patterns))
        return self.member.limit("maxLength") or next(from_patterns, None)

    def prepare_value(self, value: Any) -> Any:
        """Return the text that the control shows."""
        return as_text(value)

    def is_untouched(self, value: Any, posted: str) -> bool:
        """Return True if ``posted`` is what an untouched control showing ``value`` posts."""
        shown = str(self.prepare_value(value))
        if not isinstance(self.widget, forms.Textarea):
            return without_newlines(shown) == posted
        return normalize_newlines(shown) == normalize_newlines(posted)


class TextField(MemberField):
    """A text. If the schema has a pattern for it, spaces around it are removed."""

    def __init__(self, member: shapes.Member, **options: Any) -> None:
        super().__init__(member, **options)
        self.short = member.shape.name in _SHORT_SHAPES

    def to_python(self, value: Any) -> Any:
        """Return the member's value, or the text itself if it is not one."""
        text = normalize_newlines(value or "")
        has_pattern = any(part.keyword == "pattern" for part in self.member.shape.constraints)
        if has_pattern or not text.strip():
            text = text.strip()
        return text or None


class IntegerField(MemberField):
    """An integer, typed as ASCII digits. Anything else stays text, which the rules report."""

    short = True
    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def to_python(self, value: Any) -> Any:
        """Return the member's value, or the text itself if it is not one."""
        text = (value or "").strip(" ")
        return int(text) if _INTEGER.fullmatch(text) else text or None


class ChoiceWidget(forms.Select):
    """A select that also offers an unknown value that the document has."""

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> list[Any]:
        """Return the options, with an additional one for a value that is not allowed."""
        known = {str(choice) for choice, _ in self.choices}
        unknown = [(item, f"{item} (not allowed)") for item in value if item not in known]
        self.choices = [*self.choices, *unknown]
        return super().optgroups(name, value, attrs)


class ChoiceField(MemberField):
    """A select of ``choices`` and of the absent member, whose option reads ``empty_label``.

    With a label that explains what absence means, the select takes the whole width.
    """

    def __init__(
        self,
        member: shapes.Member,
        *,
        choices: Iterable[tuple[str, str]],
        empty_label: str = "",
        **options: Any,
    ) -> None:
        all_choices = [("", empty_label or "Not set"), *choices]
        super().__init__(member, widget=ChoiceWidget(choices=all_choices), **options)
        self.short = not empty_label


class EnumField(ChoiceField):
    """A select of the values that the schema lists."""

    def __init__(self, member: shapes.Member, **options: Any) -> None:
        choices = [(value, value) for value in member.shape.enum]
        super().__init__(member, choices=choices, **options)

    def to_python(self, value: Any) -> Any:
        """Return the member's value, or the text itself if it is not one."""
        return value or None


class BooleanField(ChoiceField):
    """A select of true, false and absent."""

    def __init__(self, member: shapes.Member, **options: Any) -> None:
        choices = [(word, word) for word in _BOOLEANS]
        super().__init__(member, choices=choices, **options)

    def to_python(self, value: Any) -> Any:
        """Return the member's value, or the text itself if it is not one."""
        return _BOOLEANS.get(value, value or None)


class ListField(MemberField):
    """A list of strings, one per line.

    Items with a pattern, such as ARNs, contain neither spaces nor commas: they may be pasted with
    any separators. Other items, such as image tags, may contain spaces in a token.
    """

    widget = forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocomplete": "off"})

    def to_python(self, value: Any) -> Any:
        """Return the member's value, or the text itself if it is not one."""
        item = self.member.shape.item
        has_pattern = item and any(part.keyword == "pattern" for part in item.constraints)
        lines = (value or "").replace(",", "\n").splitlines()
        items = tabular.split_items(value or "") if has_pattern else lines
        return [item.strip() for item in items if item.strip()] or None

    def prepare_value(self, value: Any) -> Any:
        """Return the text that the control shows."""
        return "\n".join(map(as_text, value)) if isinstance(value, list) else as_text(value)


class ListChoiceField(ChoiceField, ListField):
    """A list with few allowed values, as a select. Any other list is shown and left unchanged."""


class AccountsField(ListField):
    """A list of account IDs, pasted from tables and chats as often as typed."""

    is_account_list = True

    def to_python(self, value: Any) -> Any:
        """Return the member's value, or the text itself if it is not one."""
        return account_ids.split_ids(value or "") or None


def field_for(member: shapes.Member, **options: Any) -> MemberField:
    """Return the field that edits a scalar or a list of strings.

    Raises ``TypeError`` for any other member.
    """
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
    raise TypeError(f"{member.name} is neither a scalar nor a list of strings")
