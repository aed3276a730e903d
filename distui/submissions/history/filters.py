"""The history's search and filters, read from the query string."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest, QueryDict

from distui.people.policy import has_perm
from distui.submissions.models import SubmissionQuerySet, SubmissionState
from distui.targets.models import Target

_SEARCH_FIELDS = ("name", "arn", "request_id", "client_token")


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter, and the query string that removes it."""

    label: str
    value: str
    remove_query: str


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
            attrs={"type": "search", "placeholder": "Name, ARN, request ID or client token"}
        ),
    )
    state = forms.ChoiceField(required=False, choices=[("", "Any state"), *SubmissionState.choices])
    target = forms.CharField(required=False)
    person = forms.CharField(label="Submitted by", required=False)
    since = _date_field("From")
    until = _date_field("To")

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

    def chips(self) -> list[Chip]:
        """Return the active filters, including invalid ones."""
        labels = dict(SubmissionState.choices)
        return [
            Chip(
                label=str(self[name].label),
                value=labels.get(value, value) if name == "state" else value,
                remove_query=self.query(without=name),
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

    def _values(self) -> list[tuple[str, str]]:
        values = [(name, self.data.get(name, "").strip()) for name in self.fields]
        return [(name, value) for name, value in values if value]


def _condition(name: str, value: Any) -> Q:
    match name:
        case "q":
            matches = (Q(**{f"{field}__icontains": value}) for field in _SEARCH_FIELDS)
            return Q(*matches, _connector="OR")
        case "since":
            return Q(submitted_at__gte=datetime.combine(value, time.min, UTC))
        case "until":
            return Q(submitted_at__lte=datetime.combine(value, time.max, UTC))
        case "target":
            return Q(target_name=value)
        case "person":
            return Q(submitted_by__username=value)
        case _:
            return Q(**{name: value})
