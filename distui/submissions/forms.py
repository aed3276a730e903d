"""What a person chooses when submitting, and says when reviewing."""

from __future__ import annotations

from typing import Any

from django import forms

from distui.submissions.models import Verdict
from distui.targets.models import Target


class SubmitForm(forms.Form):
    """Where a draft goes. ``token`` is the key under which it is sent once at most.

    ``revision`` is that of the draft whose body the page showed: another one is not sent unseen.
    """

    token = forms.CharField(widget=forms.HiddenInput, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    target = forms.ModelChoiceField(
        Target.objects.none(),
        empty_label=None,
        error_messages={
            "required": "Choose where it is created.",
            "invalid_choice": "You can't submit there (any more). Choose another target.",
        },
    )
    public = forms.BooleanField(
        required=False,
        label="Yes, make these AMIs public: everybody with an AWS account can start them.",
        error_messages={"required": "Confirm that the AMIs may become public, or go back."},
    )

    def __init__(self, *args: Any, targets: Any, public: bool, **kwargs: Any) -> None:
        """``targets`` are those that the person may use; ``public`` asks for the confirmation."""
        super().__init__(*args, **kwargs)
        self.fields["target"].queryset = targets  # type: ignore[attr-defined]  # a field of models
        if public:
            self.fields["public"].required = True
        else:
            del self.fields["public"]


class ReviewForm(forms.Form):
    """A review; who and when are the server's to say."""

    verdict = forms.ChoiceField(choices=Verdict, widget=forms.RadioSelect)
    note = forms.CharField(
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
    )

    def clean(self) -> dict[str, Any]:
        """A note goes with what needs work: its author has to know what."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("verdict") == Verdict.NEEDS_WORK and not cleaned.get("note"):
            self.add_error("note", "Say what has to change: the author reads it.")
        return cleaned
