"""Three windows on one draft: nothing typed is lost, in any order of events."""

from __future__ import annotations

import os
import random

import pytest
from django.test import Client

from distui.builder.models import Draft
from tests.factories import make_draft
from tests.html_forms import rendered_post

ROUNDS, BATCH, STEPS = int(os.environ.get("ORDERS", "12")), 12, 9
STATE = {"name": "golden", "distributions": [{"region": f"eu-west-{n}"} for n in (1, 2, 3)]}
CONTROLS = ("name", "description", "distributions-0-region")
BUTTONS = (
    *("save", "close", "undo", "redo", "mine", "theirs", "add:/tags"),
    *("remove:/distributions/0", "duplicate:/distributions/0"),
)
FORM = "application/x-www-form-urlencoded"


class Window:
    """A browser window: what it shows is what it posts, changed.

    ``typed`` has the texts by control that were typed and must still be found somewhere.
    """

    def __init__(self, client, draft, dice):
        self.client, self.url, self.dice = client, f"/drafts/{draft.pk}/", dice
        self.typed = {}
        self.reload()

    def reload(self):
        self.fields = self.read(self.client.get(self.url, {"open": 0}))
        self.sequence = 0

    def read(self, answer):
        return rendered_post(answer.content.decode(), "workspace")

    def type(self, text):
        if controls := [name for name in CONTROLS if name in self.fields]:
            name = self.dice.choice(controls)
            self.fields[name] = self.typed[name] = text
            self.sequence += 1

    def post(self, op, client=None, **headers):
        body = self.fields.copy()
        body["op"], body["sequence"] = op, str(self.sequence)
        client = client or self.client
        return client.post(self.url, body.urlencode(), content_type=FORM, headers=headers)

    def press(self, op):
        """Press a button without JavaScript, and show the page that comes back."""
        answer = self.post(op)
        if answer.status_code == 302:
            self.reload()
        else:
            self.fields = self.read(answer)
        return answer

    def press_and_type_on(self, op):
        """Press a button whose answer is not shown, as when the person types or closes the page."""
        return self.post(op, **{"HX-Request": "true"})

    def autosave(self):
        """Save while typing; a whole page that comes back is shown, or skipped."""
        answer = self.post("autosave", **{"HX-Request": "true"})
        if "HX-Retarget" in answer and self.dice.random() < 0.5:
            self.fields = self.read(answer)
        return answer

    def post_signed_out(self):
        """Post after the session has ended: nothing is saved, and the page stays."""
        answer = self.post("save", client=Client())
        assert answer.status_code in (302, 403)
        return answer


def stored_texts(draft):
    """Return every text from which something can be restored."""
    draft = Draft.objects.get(pk=draft.pk)
    sessions = [session.pending for session in draft.sessions.all()]
    return "\n".join([draft.text, *sessions, *(step.text for step in draft.revisions.all())])


@pytest.mark.parametrize("first", range(0, ROUNDS, BATCH))
def test_nothing_typed_is_lost_in_any_order(alice_client, alice, first):
    for seed in range(first, first + BATCH):
        draft = make_draft(alice, STATE)
        dice = random.Random(seed)
        windows = [Window(alice_client, draft, dice) for _ in range(3)]
        for number in range(STEPS):
            play(dice, draft, windows, f"{seed}-{number}")


def play(dice, draft, windows, mark):
    """Let one window type and post; then everything typed is stored or still on a page."""
    window = dice.choice(windows)
    window.type(f"typed-{mark}")
    before = Draft.objects.get(pk=draft.pk)
    op = dice.choice(BUTTONS)
    op = f"mine:{before.revision}" if op == "mine" else op
    actions = [
        lambda: window.press(op),
        lambda: window.press_and_type_on(op),
        window.autosave,
        window.post_signed_out,
    ]
    answer = dice.choices(actions, weights=(4, 2, 3, 1))[0]()
    assert answer.status_code < 500
    if answer.status_code == 409:
        assert Draft.objects.get(pk=draft.pk).text == before.text, f"{mark}: overwritten"
    stored = stored_texts(draft)
    for other in windows:
        for control, text in other.typed.items():
            on_the_page = other.fields.get(control) == text
            assert on_the_page or text in stored, f"{mark} ({op}): {text} is lost"
