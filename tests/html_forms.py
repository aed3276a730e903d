"""Read the fields of a rendered form as a browser without JavaScript would post them."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from django.http import QueryDict


def rendered_post(html: str, form_id: str = "") -> QueryDict:
    """Return the form's successful controls without buttons; without an ID, those of the page."""
    reader = _FormReader(form_id)
    reader.feed(html)
    post = QueryDict(mutable=True)
    for name, value in reader.controls:
        post.appendlist(name, value)
    return post


class _FormReader(HTMLParser):
    def __init__(self, form_id: str) -> None:
        super().__init__(convert_charrefs=True)
        self.form_id, self.in_form = form_id, not form_id
        self.controls: list[tuple[str, str]] = []
        self.textarea: str | None = None
        self.select: str | None = None
        self.text = ""

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "form" and self.form_id:
            self.in_form = attributes.get("id") == self.form_id
        if not self.in_form:
            return
        if tag == "input":
            self.add_input(attributes)
        elif tag == "textarea":
            self.textarea, self.text = attributes["name"], ""
        elif tag == "select":
            self.select = attributes["name"]
            self.first_option, self.selected_option = None, None
        elif tag == "option" and self.select:
            if self.first_option is None:
                self.first_option = attributes["value"]
            if "selected" in attributes:
                self.selected_option = attributes["value"]

    def add_input(self, attributes):
        name, kind = attributes.get("name"), attributes.get("type")
        if not name or kind in ("submit", "file"):
            return
        value = attributes.get("value") or ""
        if kind == "text":  # browsers remove line breaks
            value = value.replace("\r", "").replace("\n", "")
        self.controls.append((name, value))

    def handle_data(self, data):
        if self.textarea:
            self.text += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self.textarea:
            # Browsers drop a line break after the tag and post all others as CRLF.
            text = re.sub(r"\r\n?", "\n", self.text).removeprefix("\n").replace("\n", "\r\n")
            self.controls.append((self.textarea, text))
            self.textarea = None
        elif tag == "select" and self.select:
            value = self.first_option if self.selected_option is None else self.selected_option
            self.controls.append((self.select, value or ""))
            self.select = None
        elif tag == "form" and self.form_id:
            self.in_form = False
