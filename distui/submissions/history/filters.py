"""What the history is narrowed down to: read from an address, and told back in words."""

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

_SEARCHED = ("name", "arn", "request_id", "client_token")


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter that is on, and the query string without it."""

    label: str
    value: str
    without: str


class _DayInput(forms.DateInput):
    """The browser's own choice of a day, which takes no other text; the chip shows what it was."""

    input_type = "date"

    def format_value(self, value: Any) -> str | None:
        """The day as ISO 8601 has it, None for what is no day."""
        with suppress(ValueError):
            return date.fromisoformat(str(value)).isoformat()
        return None


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=_DayInput, input_formats=["%Y-%m-%d"]
    )


class FilterForm(forms.Form):
    """The history's search box and filters; the parameters of its address are their names.

    A value that can't be read matches nothing, rather than being left out: a list, or an export,
    that is longer than was asked for misleads.
    """

    q = forms.CharField(
        label="Search",
        required=False,
        max_length=200,
        widget=forms.TextInput(
            attrs={"type": "search", "placeholder": "Name, ARN, request id or client token"}
        ),
    )
    state = forms.ChoiceField(required=False, choices=[("", "Any state"), *SubmissionState.choices])
    target = forms.CharField(required=False)
    person = forms.CharField(required=False)
    since = _day("From")
    until = _day("To")

    @classmethod
    def of(cls, request: HttpRequest) -> FilterForm:
        """The filters of the request's address, with the choices that this person has."""
        names = Target.objects.usable_by(request.user).values_list("name", flat=True)
        return cls(request.GET, targets=list(names), people=has_perm(request.user, "see all"))

    def __init__(self, parameters: QueryDict, *, targets: list[str], people: bool) -> None:
        """``targets`` are the names to choose from; ``people`` says whether to ask for a person."""
        super().__init__(parameters)
        choices = [("", "Any target"), *((name, name) for name in targets)]
        self.fields["target"].widget = forms.Select(choices=choices)
        if not people:
            self.fields["person"].widget = forms.HiddenInput()
        for field in self.fields.values():
            is_select = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if is_select else "form-control"

    def narrow(self, submissions: SubmissionQuerySet) -> SubmissionQuerySet:
        """Those that every filter lets through."""
        if not self.is_valid():
            return submissions.none()
        for name, value in self.cleaned_data.items():
            if value not in ("", None):
                submissions = submissions.filter(_condition(name, value))
        return submissions

    def chips(self) -> list[Chip]:
        """The filters that are on, whether or not their values can be read."""
        return [
            Chip(str(self[name].label), value, self.query(without=name))
            for name in self.fields
            if (value := self.data.get(name, "").strip())
        ]

    def query(self, without: str = "") -> str:
        """The query string that leads here, its page and one filter left out."""
        kept = QueryDict(mutable=True)
        for name in self.fields:
            if name != without and (value := self.data.get(name, "").strip()):
                kept[name] = value
        return f"?{kept.urlencode()}"


def _condition(name: str, value: Any) -> Q:
    match name:
        case "q":
            return Q(*(Q(**{f"{field}__icontains": value}) for field in _SEARCHED), _connector="OR")
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
