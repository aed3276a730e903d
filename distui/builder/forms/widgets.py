"""Widgets and texts that the declarations share."""

from __future__ import annotations

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString


def bold(word: str, rest: str) -> SafeString:
    """Return a help text that begins with a bold word."""
    return format_html("<strong>{}</strong>{}", word, rest)


def lines(rows: int) -> forms.Textarea:
    """Return a textarea for a list, one item per line."""
    return forms.Textarea(attrs={"rows": rows, "spellcheck": "false", "class": "font-monospace"})


def code(**attrs: str) -> forms.TextInput:
    """Return an input for an identifier."""
    return forms.TextInput(attrs={"spellcheck": "false", "class": "font-monospace", **attrs})


def prose() -> forms.Textarea:
    """Return a textarea for a description."""
    return forms.Textarea(attrs={"rows": 2})
