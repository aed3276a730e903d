"""Formsets for maps, such as tags: a row for each key and its value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.functional import cached_property

from distui.builder.forms.control_renderer import CONTROL_RENDERER
from distui.builder.forms.field_messages import FieldMessages
from distui.builder.forms.fields import as_text, normalize_newlines, without_newlines
from distui.builder.forms.rows.list_rows import RowSet
from distui.builder.state.draft_state import is_map, map_rows, rows_to_map
from distui.core import Finding
from distui.core.findings import errors
from distui.core.pointers import Path, pointer
from distui.core.schema import shapes

Pair = tuple[str, Any]  # the value of a row that was imported may be no text


class MapRow(forms.Form):
    """One key and its value."""

    default_renderer = CONTROL_RENDERER
    key = forms.CharField(required=False, strip=False, label="Key")
    value = forms.CharField(required=False, strip=False, label="Value")

    def __init__(
        self,
        data: Any,
        *,
        shape: shapes.Shape,
        path: Path,
        number: int,
        row: Pair,
        messages: FieldMessages,
    ) -> None:
        initial = dict(zip(("key", "value"), map(as_text, row), strict=True))
        super().__init__(data, prefix=messages.id, initial=initial, use_required_attribute=False)
        self.number, self.messages = number, messages
        for part, inner in (("key", shape.key), ("value", shape.value)):
            max_length = inner.limit("maxLength") if inner else None
            self.fields[part].widget.attrs |= self._attrs(path, part, max_length)

    def _attrs(self, path: Path, part: str, max_length: int | None) -> dict[str, str]:
        attrs = {
            "class": "form-control font-monospace",
            "spellcheck": "false",
            "aria-label": f"{part.capitalize()} {self.number + 1} of {path[-1]}",
            "aria-describedby": f"{self.prefix}_error",
            "data-pointer": pointer(path),
            "data-part": part,
            "data-row": str(self.number),
        }
        if errors(self.messages.findings):
            attrs["aria-invalid"] = "true"
        if max_length:
            attrs["data-max-length"] = str(max_length)
        return attrs


class MapRows(RowSet):
    """A map, as rows of a key and a value."""

    template = "builder/forms/_map.html"
    field_names = ("key", "value")

    def _construct_form(self, i: int, **kwargs: Any) -> MapRow:
        number = self.numbers[i]
        return MapRow(
            self.data if self.is_bound else None,
            shape=self.member.shape,
            path=self.path,
            number=number,
            row=self._row(number),
            messages=self._row_messages(number),
        )

    @cached_property
    def _rows(self) -> list[Pair]:
        return map_rows(self.state)

    @property
    def _state_count(self) -> int:
        return len(self._rows)

    def _row(self, number: int) -> Pair:
        return self._rows[number] if number < len(self._rows) else ("", "")

    @cached_property
    def _findings_by_pointer(self) -> dict[str, list[Finding]]:
        found = defaultdict[str, list[Finding]](list)
        for finding in self.findings:
            found[finding.pointer].append(finding)
        return found

    def _row_messages(self, number: int) -> FieldMessages:
        key_pointer = pointer((*self.path, self._row(number)[0]))
        found = self._findings_by_pointer.get(key_pointer, [])
        return FieldMessages(f"{self.prefix}-{number}", key_pointer, found)

    def document(self) -> Any:
        """Return an object, or rows if their keys fit no object; None without rows.

        A state of another type is kept until there are rows.
        """
        if not self.numbers and not is_map(self.state):
            return self.state
        if not self.is_bound:
            return self.state or None
        return rows_to_map([self._read_row(number) for number in self.numbers]) or None

    def field_messages(self) -> Iterator[FieldMessages]:
        """Yield those of the map and of every row."""
        yield self.messages
        yield from map(self._row_messages, self.numbers)

    def _read_row(self, number: int) -> Pair:
        """Return the posted row, or the row of the state if its controls are untouched."""
        posted = [self.data.get(f"{self.prefix}-{number}-{part}", "") for part in self.field_names]
        row = self._row(number)
        if [without_newlines(as_text(part)) for part in row] == posted:
            return row
        key, value = map(normalize_newlines, posted)
        return key, value
