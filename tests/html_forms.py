"""What a browser would post for a form as a page rendered it, no script having run."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from django.http import QueryDict


def rendered_post(html: str, form_id: str = "") -> QueryDict:
    """The successful controls of the page's form of that id (or of all the HTML), buttons aside."""
    reader = _FormReader(form_id)
    reader.feed(html)
    post = QueryDict(mutable=True)
    for name, value in reader.controls:
        post.appendlist(name, value)
    return post


class _FormReader(HTMLParser):
    def __init__(self, form_id: str) -> None:
        super().__init__(convert_charrefs=True)
        self.form_id, self.inside = form_id, not form_id
        self.controls: list[tuple[str, str]] = []
        self.text_of: str | None = None
        self.select: str | None = None
        self.text = ""

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "form" and self.form_id:
            self.inside = found.get("id") == self.form_id
        if not self.inside:
            return
        if tag == "input" and found.get("name") and found.get("type") not in ("submit", "file"):
            value = found.get("value") or ""
            if found.get("type") == "text":  # which holds no line break in a browser
                value = value.replace("\r", "").replace("\n", "")
            self.controls.append((found["name"], value))
        elif tag == "textarea":
            self.text_of, self.text = found["name"], ""
        elif tag == "select":
            self.select = found["name"]
            self.first, self.chosen = None, None
        elif tag == "option" and self.select:
            self.first = found["value"] if self.first is None else self.first
            self.chosen = found["value"] if "selected" in found else self.chosen

    def handle_data(self, data):
        if self.text_of:
            self.text += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self.text_of:
            # A browser drops one line break after the tag and posts the others as CRLF.
            text = re.sub(r"\r\n?", "\n", self.text).removeprefix("\n").replace("\n", "\r\n")
            self.controls.append((self.text_of, text))
            self.text_of = None
        elif tag == "select" and self.select:
            value = self.first if self.chosen is None else self.chosen
            self.controls.append((self.select, value or ""))
            self.select = None
        elif tag == "form" and self.form_id:
            self.inside = False
