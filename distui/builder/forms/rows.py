"""Rows of a form: lists of structures and maps, as Django formsets whose posts can't lie.

The rows are those that a post really brings, in their order, holes and all; the management form's
counter is only compared with them. A counter of -1 or 10²³ therefore drops and makes no row.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import TooManyFieldsSent
from django.forms.formsets import TOTAL_FORM_COUNT, BaseFormSet
from django.forms.renderers import get_default_renderer
from django.utils.functional import cached_property

from distui.builder.forms.field_messages import FieldMessages
from distui.builder.forms.fields import one_line, with_breaks
from distui.builder.state.draft_state import map_rows, rows_to_map
from distui.core import Finding, Severity
from distui.core.pointers import Path, pointer
from distui.core.schema import shapes

if TYPE_CHECKING:
    from distui.builder.forms.shape_form import ShapeForm

_COUNTER = re.compile(r"0|[1-9][0-9]{0,5}", re.ASCII)
_ROW = re.compile(r"-[0-9]+(?=-)", re.ASCII)
# One Region with all that the API takes has 1,250 and some.
_MOST_ROWS = 1_500


class FormPart:
    """A nested part of a form: where it stands, what it is called and what was found of it."""

    partial = ""

    def __init__(
        self,
        *,
        member: shapes.Member,
        data: Any,
        path: Path,
        state: Any,
        findings: Sequence[Finding],
        label: str,
        help_text: str,
    ) -> None:
        self.member = member
        self.data, self.path, self.state = data, path, state
        self.findings, self.label, self.help_text = findings, label, help_text
        self.needed = member.required
        self.prefix = "-".join(map(str, path))
        self.pointer = pointer(path)
        self.name = str(path[-1])

    @property
    def slot(self) -> FieldMessages:
        """Where stands what was found of the part as a whole."""
        found = [finding for finding in self.findings if finding.pointer == self.pointer]
        return FieldMessages(self.prefix, self.pointer, found)

    def is_posted(self) -> bool:
        """Whether the post brings anything below this part."""
        return any(key.startswith(f"{self.prefix}-") for key in self.data)

    def document(self) -> Any:
        """The part's state; None where the member is absent."""
        raise NotImplementedError

    def doubts(self) -> Iterator[Finding]:
        """What makes the meaning of the post doubtful."""
        return iter(())

    def slots(self) -> Iterator[FieldMessages]:
        """Where findings stand on the page; first of the part as a whole."""
        yield self.slot


class RowSet(FormPart, BaseFormSet):  # type: ignore[misc, type-arg]  # both have prefix and data
    """A formset over the rows that were posted, or over those of the state."""

    names: Sequence[str] = ()  # of a row's controls: whatever else a post has makes no row
    min_num = extra = 0
    max_num = absolute_max = 10_000
    can_order = can_delete = can_delete_extra = validate_max = validate_min = False

    def __init__(self, **options: Any) -> None:
        FormPart.__init__(self, **options)
        self.renderer = get_default_renderer()
        BaseFormSet.__init__(self, data=self.data, prefix=self.prefix)

    @cached_property
    def numbers(self) -> list[int]:
        """The rows' numbers: in a post those that it brings, holes left out."""
        if not self.is_bound:
            return list(range(len(self.state or ())))
        names = "|".join(self.names)
        row = rf"{re.escape(self.prefix)}-(0|[1-9][0-9]{{0,5}})-({names})(?![A-Za-z])"
        found = map(re.compile(row, re.ASCII).match, self.data)
        return sorted({int(match[1]) for match in found if match})

    def total_form_count(self) -> int:
        """As many forms as there are rows, whatever the counter says."""
        return len(self.numbers)

    def initial_form_count(self) -> int:
        """The server knows its rows: what the post says of them is not asked."""
        return self.total_form_count()

    def doubts(self) -> Iterator[Finding]:
        """A counter that is missing, no number, or another than that of the rows."""
        if not self.is_bound:
            return
        posted = self.data.get(f"{self.prefix}-{TOTAL_FORM_COUNT}")
        expected = self._expected()
        if posted is None and not self.numbers:
            return
        if posted is None or not _COUNTER.fullmatch(posted) or int(posted) != expected:
            yield Finding(
                "L108",
                Severity.ERROR,
                self.pointer,
                f"{self.label}: the form came with {expected} rows and a counter that says"
                f" {_shown(posted)}. Nothing was dropped or saved: check the rows, then save.",
            )

    def _expected(self) -> int:
        return len(self.numbers)


class ShapeRows(RowSet):
    """A list of structures. With ``kept``, rows that a post doesn't bring stay as they are."""

    partial = "builder/forms/_rows.html"

    def __init__(self, form: type[ShapeForm], *, kept: bool = False, **options: Any) -> None:
        self.form, self.kept, self.names = form, kept, form.Meta.fields
        super().__init__(**options)
        if self.kept and self.is_bound:
            refuse_many_rows(self.data)

    def _construct_form(self, i: int, **kwargs: Any) -> ShapeForm:
        number = self.numbers[i]
        items = self.state or []
        form: type[ShapeForm] = self.form
        return form(
            self.data if self.is_bound else None,
            path=(*self.path, number),
            state=items[number] if number < len(items) else None,
            findings=self._found[str(number)],
        )

    @cached_property
    def _found(self) -> dict[str, list[Finding]]:
        """What was found of each row: all rows looking through all of it would take too long."""
        found, start = defaultdict[str, list[Finding]](list), len(self.pointer) + 1
        for finding in self.findings:
            if finding.pointer.startswith(f"{self.pointer}/"):
                found[finding.pointer[start:].partition("/")[0]].append(finding)
        return found

    def document(self) -> list[dict[str, Any]] | None:
        """The rows' states; None where there is none."""
        posted = {form.path[-1]: form.document() for form in self.forms}
        if self.kept and self.is_bound:
            posted = dict(enumerate(self.state or [])) | posted
        return [posted[number] for number in sorted(posted)] or ([] if self.needed else None)

    def doubts(self) -> Iterator[Finding]:
        """Those of the counter and of every row."""
        yield from super().doubts()
        for form in self.forms:
            yield from form.doubts()

    def slots(self) -> Iterator[FieldMessages]:
        """Its own, and those of every row."""
        yield from super().slots()
        for form in self.forms:
            yield form.slot
            yield from form.slots()

    def _expected(self) -> int:
        return len(self.state or ()) if self.kept else len(self.numbers)


class MapRow(forms.Form):
    """One key and its value."""

    key = forms.CharField(required=False, strip=False, label="Key")
    value = forms.CharField(required=False, strip=False, label="Value")

    def __init__(
        self,
        data: Any,
        *,
        shape: shapes.Shape,
        path: Path,
        number: int,
        row: Any,
        slot: FieldMessages,
    ) -> None:
        initial = dict(zip(("key", "value"), row, strict=True))
        super().__init__(data, prefix=slot.id, initial=initial, use_required_attribute=False)
        self.number, self.slot = number, slot
        for part, inner in (("key", shape.key), ("value", shape.value)):
            longest = inner.limit("maxLength") if inner else None
            self.fields[part].widget.attrs |= self._marks(path, part, longest)

    def _marks(self, path: Path, part: str, longest: int | None) -> dict[str, str]:
        marks = {
            "class": "form-control mono",
            "spellcheck": "false",
            "aria-label": f"{part.capitalize()} {self.number + 1} of {path[-1]}",
            "data-pointer": pointer(path),
            "data-part": part,
            "data-row": str(self.number),
        }
        marks["aria-describedby"] = f"{self.prefix}_error"
        if self.slot.findings:
            marks["aria-invalid"] = "true"
        if longest:
            marks["data-longest"] = str(longest)
        return marks


class MapRows(RowSet):
    """A map: rows of a key and a value."""

    partial = "builder/forms/_map.html"
    form = MapRow
    names = ("key", "value")

    def _construct_form(self, i: int, **kwargs: Any) -> MapRow:
        number = self.numbers[i]
        data, shape = self.data if self.is_bound else None, self.member.shape
        row, slot = self._row(number), self._slot(number)
        return MapRow(data, shape=shape, path=self.path, number=number, row=row, slot=slot)

    def _row(self, number: int) -> tuple[str, str]:
        rows = map_rows(self.state or {})
        return rows[number] if number < len(rows) else ("", "")

    def _slot(self, number: int) -> FieldMessages:
        """Where stands what was found of that row."""
        place = pointer((*self.path, self._row(number)[0]))
        found = [finding for finding in self.findings if finding.pointer == place]
        return FieldMessages(f"{self.prefix}-{number}", place, found)

    def document(self) -> Any:
        """The rows as an object, or as rows where no object can hold them; None without rows."""
        if not self.is_bound:
            return self.state or None
        return rows_to_map([self._read(number) for number in self.numbers]) or None

    def slots(self) -> Iterator[FieldMessages]:
        """Its own, and one for each row."""
        yield from super().slots()
        yield from map(self._slot, self.numbers)

    def _read(self, number: int) -> tuple[str, str]:
        """The row as it was posted, and as it was where nobody has touched what shows it."""
        posted = [self.data.get(f"{self.prefix}-{number}-{part}", "") for part in self.names]
        was = self._row(number)
        if [one_line(text) for text in was] == posted:
            return was
        key, value = map(with_breaks, posted)
        return key, value


def refuse_many_rows(data: Mapping[str, Any]) -> None:
    """Raise ``TooManyFieldsSent`` for more rows than any page of ours has, as every row costs."""
    rows = {key[: row.end()] for key in data for row in _ROW.finditer(key)}
    if len(rows) > _MOST_ROWS:
        raise TooManyFieldsSent(f"{len(rows)} rows are more than {_MOST_ROWS}.")


def _shown(counter: str | None) -> str:
    return "nothing" if counter is None else f"“{counter[:20]}”"
