"""What a person chooses when submitting, and says when reviewing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html

from distui.core.text.characters import quoted
from distui.submissions.models import Verdict
from distui.targets.models import Target

_UNCONFIRMED = "This makes AMIs public."
_WORD = format_html(
    "Type {} to confirm that every AWS account in the world may launch this image.",
    format_html("<code>{}</code>", "public"),
)


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
    public = forms.CharField(
        label=_WORD,
        error_messages={"required": f"{_UNCONFIRMED} Type public to confirm it, or go back."},
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
        """``targets`` are those that the person may use; ``public`` asks for the word."""
        super().__init__(*args, **kwargs)
        self.fields["target"].queryset = targets  # type: ignore[attr-defined]  # a field of models
        if not public:
            del self.fields["public"]

    def clean_public(self) -> str:
        """The word alone confirms, in whatever case a phone writes it."""
        typed: str = self.cleaned_data["public"]
        if typed.lower() != "public":
            said = f"{_UNCONFIRMED} {quoted(typed)} does not confirm it: type public, or go back."
            raise forms.ValidationError(said)
        return typed


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
