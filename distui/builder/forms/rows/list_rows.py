"""Formsets for lists of structures, which do not trust the management form of a post.

The rows of a post are those whose fields it has, in the order of their numbers; numbers may be
missing. The posted row count is only compared with them, so no count can add or drop a row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.core.exceptions import TooManyFieldsSent
from django.forms.formsets import TOTAL_FORM_COUNT, BaseFormSet
from django.forms.renderers import get_default_renderer
from django.utils.functional import cached_property

from distui.builder.forms.field_messages import FieldMessages
from distui.builder.forms.parts import FormPart, MemberPart
from distui.core import Finding, Severity
from distui.core.findings import errors
from distui.core.numbers import parse_number

_MAX_SHOWN = 40  # rows of a list that a page has at once
_MAX_ROWS = 1_500  # one Region with everything that the API allows has some 1,250


class RowSet(MemberPart, BaseFormSet):  # type: ignore[misc, type-arg]  # both have prefix and data
    """A formset over the rows of a post, or over those of the state."""

    field_names: Sequence[str] = ()  # of a row: other fields of a post make no row
    min_num = extra = 0
    max_num = absolute_max = 10_000
    can_order = can_delete = can_delete_extra = validate_max = validate_min = False

    def __init__(self, **options: Any) -> None:
        MemberPart.__init__(self, **options)
        self.renderer = get_default_renderer()
        BaseFormSet.__init__(self, data=self.data, prefix=self.prefix)

    @cached_property
    def numbers(self) -> list[int]:
        """Return the numbers of the rows, in order. Those of a post may have gaps."""
        if not self.is_bound:
            return self._shown_numbers
        numbers: list[int] = self.data.row_numbers(self.prefix, {*self.field_names})
        return numbers

    @property
    def _state_count(self) -> int:
        return len(self.state) if isinstance(self.state, list) else 0

    @property
    def _shown_numbers(self) -> list[int]:
        return list(range(self._state_count))

    def total_form_count(self) -> int:
        """Return the number of rows and ignore the posted count."""
        return len(self.numbers)

    def initial_form_count(self) -> int:
        """Return the number of rows and ignore the posted count."""
        return self.total_form_count()

    def integrity_errors(self) -> Iterator[Finding]:
        """Yield an error if the row count is missing, malformed or different from the rows."""
        if not self.is_bound:
            return
        posted = self.data.get(f"{self.prefix}-{TOTAL_FORM_COUNT}")
        expected = self._expected_count()
        if posted is None and not self.numbers:
            return
        if parse_number(posted) != expected:
            count = "missing" if posted is None else f"“{posted[:20]}”"
            yield Finding(
                "L108",
                Severity.ERROR,
                self.pointer,
                f"{self.label}: the form has {expected} rows, but its row count is {count}."
                " Nothing was saved. Check the rows, then save again.",
            )

    def _expected_count(self) -> int:
        return len(self.numbers)


class ShapeRows(RowSet):
    """A list of structures, a form each.

    With ``partial``, a post has only some of the rows: the others are taken from the state. So it
    is with a long list: the page shows its first and last rows, and some with errors.
    """

    template = "builder/forms/_rows.html"

    def __init__(
        self,
        form: Callable[..., FormPart],
        *,
        field_names: Sequence[str],
        partial: bool = False,
        **options: Any,
    ) -> None:
        self._make_form, self.field_names, self.partial = form, field_names, partial
        super().__init__(**options)
        if self.partial and self.is_bound:
            refuse_many_rows(self.data.row_count)

    @property
    def hidden_count(self) -> int:
        """Return how many rows of the state the page does not show."""
        return self._state_count - len(self.numbers)

    @property
    def _is_long(self) -> bool:
        return self._state_count > _MAX_SHOWN

    @property
    def _shown_numbers(self) -> list[int]:
        count = self._state_count
        if self.partial or not self._is_long:
            return list(range(count))
        with_errors = sorted(
            int(row)
            for row, found in self._findings_by_row.items()
            if row.isdigit() and len(row) < 7 and int(row) < count and errors(found)
        )
        third = _MAX_SHOWN // 3
        return sorted({*range(third), *with_errors[:third], *range(count - third, count)})

    def _construct_form(self, i: int, **kwargs: Any) -> FormPart:
        number = self.numbers[i]
        return self._make_form(
            self.data if self.is_bound else None,
            path=(*self.path, number),
            state=self.state[number] if number < self._state_count else None,
            findings=self._findings_by_row[str(number)],
        )

    @cached_property
    def _findings_by_row(self) -> dict[str, list[Finding]]:
        """Return the findings grouped by row number, so that no row searches all of them."""
        found, start = defaultdict[str, list[Finding]](list), len(self.pointer) + 1
        for finding in self.findings:
            if finding.pointer.startswith(f"{self.pointer}/"):
                found[finding.pointer[start:].partition("/")[0]].append(finding)
        return found

    def document(self) -> Any:
        """Return the states of the rows; None if there are none, unless the list is required.

        A state of another type is kept until there are rows.
        """
        items = {form.path[-1]: form.document() for form in self.forms}
        if not items and self.state is not None and not isinstance(self.state, list):
            return self.state
        if self.partial or self._is_long:
            items = dict(enumerate(self.state or [])) | items
        return [items[number] for number in sorted(items)] or ([] if self.required else None)

    def integrity_errors(self) -> Iterator[Finding]:
        """Yield those of the row count and of every row."""
        yield from super().integrity_errors()
        for form in self.forms:
            yield from form.integrity_errors()

    def field_messages(self) -> Iterator[FieldMessages]:
        """Yield those of the list and of every row."""
        yield self.messages
        for form in self.forms:
            yield from form.field_messages()

    def _expected_count(self) -> int:
        return self._state_count if self.partial else len(self.numbers)


def refuse_many_rows(count: int) -> None:
    """Raise ``TooManyFieldsSent`` for more rows than any page of ours posts: each row costs."""
    if count > _MAX_ROWS:
        raise TooManyFieldsSent(f"{count} rows exceed the limit of {_MAX_ROWS}.")
