"""The history's search and filters, read from the query string."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, QueryDict

from distui.people.policy import has_perm
from distui.submissions.models import (
    OPEN,
    Decision,
    Review,
    Submission,
    SubmissionQuerySet,
    SubmissionState,
)
from distui.targets.models import Target

NOT_REVIEWED = "none"
TO_REVIEW = "to-review"
NEWEST_FIRST = "-submitted"
# In the other states, nothing was created.
REVIEWED_STATES = (*OPEN, SubmissionState.CREATED)
_SEARCH_FIELDS = ("name", "arn", "request_id", "client_token")
# The field that each column is ordered by.
_ORDERS = {
    "state": "state",
    "name": "name",
    "number": "id",
    "target": "target_name",
    "person": "submitted_by__username",
    "submitted": "submitted_at",
}


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter, and the query string that removes it."""

    label: str
    value: str
    remove_query: str


@dataclass(frozen=True, slots=True)
class SortableHead:
    """A column's head: the query string that sorts by it, and its ``aria-sort``, if any."""

    href: str
    sorted: str = ""


class _DateInput(forms.DateInput):
    """The browser's date picker. It can't show an invalid date; the filter's chip does."""

    input_type = "date"

    def format_value(self, value: Any) -> str | None:
        """Return the date in ISO 8601, or None if ``value`` isn't a date."""
        with suppress(ValueError):
            return date.fromisoformat(str(value)).isoformat()
        return None


def _date_field(label: str) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=_DateInput, input_formats=["%Y-%m-%d"]
    )


class FilterForm(forms.Form):
    """The search box and filters; field names are the query parameters.

    An invalid value matches nothing. If it were ignored, the list or export would be longer than
    what was asked for.
    """

    q = forms.CharField(
        label="Search",
        required=False,
        max_length=200,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "placeholder": "Name, ARN, request ID or client token",
            }
        ),
    )
    state = forms.ChoiceField(required=False, choices=[("", "Any state"), *SubmissionState.choices])
    target = forms.CharField(required=False)
    person = forms.CharField(label="Submitted by", required=False)
    since = _date_field("From")
    until = _date_field("To")
    review = forms.ChoiceField(
        required=False,
        choices=[
            ("", "Any review"),
            (TO_REVIEW, "To review"),
            (NOT_REVIEWED, "Not reviewed"),
            *Decision.choices,
        ],
    )
    region = forms.CharField(label="Region", required=False, max_length=40)
    error = forms.CharField(label="Error code", required=False, max_length=200)

    MORE = ("since", "until", "region", "error")  # folded until one of them is used
    field_order = ("q", "state", "review", "target", "person", *MORE)

    @classmethod
    def from_request(cls, request: HttpRequest) -> FilterForm:
        """Return the form bound to the query string, with the choices this user has."""
        names = Target.objects.usable_by(request.user).values_list("name", flat=True)
        return cls(request.GET, targets=list(names), by_person=has_perm(request.user, "view all"))

    def __init__(self, parameters: QueryDict, *, targets: list[str], by_person: bool) -> None:
        """Offer the target names in ``targets``; show the person filter if ``by_person``."""
        super().__init__(parameters)
        choices = [("", "Any target"), *((name, name) for name in targets)]
        self.fields["target"].widget = forms.Select(choices=choices)
        if not by_person:
            self.fields["person"].widget = forms.HiddenInput()
        for field in self.fields.values():
            is_select = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if is_select else "form-control"

    def apply(self, submissions: SubmissionQuerySet) -> SubmissionQuerySet:
        """Return the submissions that match all filters."""
        if not self.is_valid():
            return submissions.none()
        for name, value in self.cleaned_data.items():
            if value not in ("", None):
                submissions = submissions.filter(_condition(name, value))
        return submissions

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """Return the fields that are always shown."""
        return [field for field in self if field.name not in self.MORE]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """Return the fields that are folded until one of them is used."""
        return [field for field in self if field.name in self.MORE]

    @property
    def uses_more(self) -> bool:
        """Return True if one of those is used."""
        return any(name in self.MORE for name, _ in self._values())

    @property
    def sort(self) -> str:
        """Return the column that the rows are ordered by, descending with a ``-`` in front."""
        wanted = str(self.data.get("sort", ""))
        return wanted if wanted.removeprefix("-") in _ORDERS else NEWEST_FIRST

    @property
    def order(self) -> str:
        """Return the field that the rows are ordered by, descending with a ``-`` in front."""
        column = self.sort.removeprefix("-")
        return self.sort.replace(column, _ORDERS[column])

    @property
    def heads(self) -> dict[str, SortableHead]:
        """Return the heads of the columns that can be sorted."""
        return {column: self._head(column) for column in _ORDERS}

    def _head(self, column: str) -> SortableHead:
        if self.sort == column:
            return SortableHead(f"{self.query()}&sort=-{column}", "ascending")
        first = NEWEST_FIRST if NEWEST_FIRST.endswith(column) else column
        if self.sort == f"-{column}":
            return SortableHead(f"{self.query()}&sort={column}", "descending")
        return SortableHead(f"{self.query()}&sort={first}")

    def chips(self) -> list[Chip]:
        """Return the active filters, including invalid ones."""
        labels: dict[str, dict[Any, Any]] = {
            name: dict(self.fields[name].choices)  # type: ignore[attr-defined]  # ChoiceFields
            for name in ("state", "review")
        }
        return [
            Chip(
                label=str(self[name].label),
                value=str(labels.get(name, {}).get(value, value)),
                remove_query=self._with_sort(self.query(without=name)),
            )
            for name, value in self._values()
        ]

    def query(self, without: str = "") -> str:
        """Return the filters' query string, without the page and the filter ``without``."""
        query = QueryDict(mutable=True)
        for name, value in self._values():
            if name != without:
                query[name] = value
        return f"?{query.urlencode()}"

    def _with_sort(self, query: str) -> str:
        return query if self.sort == NEWEST_FIRST else f"{query}&sort={self.sort}"

    def _values(self) -> list[tuple[str, str]]:
        values = [(name, self.data.get(name, "").strip()) for name in self.fields]
        return [(name, value) for name, value in values if value]


def _condition(name: str, value: Any) -> Q:
    match name:
        case "q":
            return Q(*map(_matches, value.split()))
        case "since":
            return Q(submitted_at__gte=datetime.combine(value, time.min, UTC))
        case "until":
            return Q(submitted_at__lte=datetime.combine(value, time.max, UTC))
        case "target":
            return Q(target_name=value)
        case "person":
            return Q(submitted_by__username__icontains=value)
        case "review":
            return _matches_review(value)
        case "region":
            return Q(request__contains=f'"region": {json.dumps(value)}')
        case "error":
            return Q(error_code__icontains=value)
        case _:
            return Q(**{name: value})


def _matches(word: str) -> Q:
    """Return the condition that one of the searched fields has the word."""
    fields = (Q(**{f"{field}__icontains": word}) for field in _SEARCH_FIELDS)
    return Q(*fields, _connector="OR")


def _matches_review(value: str) -> Q:
    """Return the condition on the newest review: its decision, or one of the values above."""
    newest = Review.objects.filter(submission=OuterRef("pk")).order_by("-created_at", "-id")
    not_reviewed = Q(~Exists(newest))
    if value == NOT_REVIEWED:
        return not_reviewed
    if value == TO_REVIEW:
        answered = Q(pk__in=_with_newest(newest, Decision.ANSWERED))
        return Q(state__in=REVIEWED_STATES) & (not_reviewed | answered)
    return Q(pk__in=_with_newest(newest, value))


def _with_newest(newest: QuerySet[Review], decision: str) -> QuerySet[Submission, int]:
    """Return the IDs of the submissions whose newest review has that decision."""
    annotated = Submission.objects.annotate(newest=Subquery(newest.values("decision")[:1]))
    return annotated.filter(newest=decision).values_list("pk", flat=True)
