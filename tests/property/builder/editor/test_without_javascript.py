"""The bytes are the same without JavaScript: 50 documents, each built both ways.

With JavaScript in Chromium; without it as a browser does by HTML's own rules: a page is read, its
controls are changed, and one button posts them. (The main job's test does that in Chromium, too.)
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st

from distui.core.document.printing import dumps
from distui.core.pointers import tokens
from tests.chromium import sign_in
from tests.end_to_end.author import Author
from tests.factories import make_draft
from tests.html_forms import rendered_post
from tests.strategies import documents, examples

FORM = "application/x-www-form-urlencoded"


class PlainAuthor(Author):
    """An author without JavaScript: a form is all that there is."""

    def __init__(self, client, draft):
        self.client, self.url = client, f"/drafts/{draft.pk}/"
        self.read(client.get(self.url))

    def read(self, answer):
        self.html = answer.content.decode()
        self.fields = rendered_post(self.html, "workspace")

    def fill(self, pointer, text, suffix=""):
        name = "-".join(tokens(pointer)) + suffix
        assert name in self.fields, name
        self.fields[name] = text.replace("\n", "\r\n")

    def fill_row(self, pointer, row, key, value):
        self.fill(pointer, key, f"-{row}-key")
        self.fill(pointer, value, f"-{row}-value")

    def has_button(self, verb, pointer):
        return f'value="{verb}:{pointer}"' in self.html

    def act(self, verb, pointer=""):
        self.fields["op"] = f"{verb}:{pointer}" if pointer else verb
        answer = self.client.post(self.url, self.fields.urlencode(), content_type=FORM)
        assert answer.status_code in (302, 422)
        self.read(self.client.get(answer["Location"]) if answer.status_code == 302 else answer)


@pytest.fixture
def page(new_context, alice_client, site_url):
    context = new_context()
    sign_in(context, alice_client, site_url)
    return context.new_page()


@st.composite
def typable(draw):
    """Draw a document that is typed in seconds: one Region with two of its sections."""
    document = draw(documents())
    for distribution in document["distributions"][:1]:
        sections = draw(st.permutations([name for name in distribution if name != "region"]))
        document["distributions"] = [
            {name: value for name, value in distribution.items() if name not in sections[2:]}
        ]
        ami = distribution.get("amiDistributionConfiguration", {})
        if "userGroups" in ami.get("launchPermission", {}):
            ami["launchPermission"]["userGroups"] = ["all"]  # its control offers nothing else
    return document


@pytest.mark.timeout(1200)  # each document twice: minutes on a busy machine
@examples(0.15, phases=[Phase.generate], suppress_health_check=[*HealthCheck])
@given(typable())
def test_with_and_without_javascript_the_bytes_are_equal(page, alice, alice_client, document):
    quick, plain = (make_draft(alice, {}) for _ in range(2))
    page.goto(f"/drafts/{quick.pk}/")
    with_javascript = Author(page, scripts=True)
    without_javascript = PlainAuthor(alice_client, plain)
    for author, draft in ((with_javascript, quick), (without_javascript, plain)):
        author.build(document)
        author.act("save")
        draft.refresh_from_db()
        assert draft.body() == dumps(document | {"clientToken": draft.client_token})
    assert with_javascript.preview() == quick.body()
