"""The form that submits a draft, and the form that reviews a submission."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html

from distui.core.text.characters import quoted
from distui.submissions.models import Decision
from distui.targets.models import Target

_DECISIONS = [
    (decision.value, decision.label) for decision in (Decision.REVIEWED, Decision.NEEDS_WORK)
]
_PUBLIC = "This makes AMIs public."
_CONFIRM_LABEL = format_html(
    "Type {} to confirm that anyone with an AWS account can launch this AMI.",
    format_html("<code>{}</code>", "public"),
)


class SubmitForm(forms.Form):
    """The target of a draft.

    ``token`` is the client token: a form creates at most one submission. ``revision`` is the
    draft's revision on the page: newer content isn't sent before the user has seen it.
    """

    token = forms.CharField(widget=forms.HiddenInput, required=False)
    revision = forms.CharField(widget=forms.HiddenInput, required=False)
    target = forms.ModelChoiceField(
        Target.objects.none(),
        empty_label=None,
        error_messages={
            "required": "Select a target.",
            "invalid_choice": "This target is not available to you. Select another target.",
        },
    )
    public = forms.CharField(
        label=_CONFIRM_LABEL,
        error_messages={"required": f"{_PUBLIC} Type public to confirm."},
        widget=forms.TextInput(
            attrs={
                "class": "form-control",
                "autocomplete": "off",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
    )

    def __init__(self, *args: Any, targets: Any, public: bool, **kwargs: Any) -> None:
        """Offer the targets in ``targets``; ask for confirmation if ``public``."""
        super().__init__(*args, **kwargs)
        self.targets = targets
        self.fields["target"].queryset = targets  # type: ignore[attr-defined]  # a ModelChoiceField
        if not public:
            del self.fields["public"]

    def clean_public(self) -> str:
        """Accept only the word "public", in any case: phones capitalise it."""
        typed: str = self.cleaned_data["public"]
        if typed.lower() != "public":
            raise forms.ValidationError(
                f"{_PUBLIC} {quoted(typed)} doesn't confirm it. Type public to confirm."
            )
        return typed


class ReviewForm(forms.Form):
    """A review's decision and note. The server sets the reviewer and the time."""

    decision = forms.ChoiceField(
        choices=_DECISIONS,
        widget=forms.RadioSelect,
        error_messages={"required": "Select a decision."},
    )
    note = forms.CharField(
        required=False,
        max_length=4000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField form-control"}),
    )

    def clean(self) -> dict[str, Any]:
        """Require a note if the submission needs work."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("decision") == Decision.NEEDS_WORK and not cleaned.get("note", "").strip():
            self.add_error("note", "Describe what needs to change.")
        return cleaned


class AnswerForm(forms.Form):
    """An author's answer to a review that asks for changes."""

    note = forms.CharField(
        label="Answer",
        max_length=4000,
        strip=False,
        error_messages={"required": "Describe what you changed, or why nothing has to change."},
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
    )
