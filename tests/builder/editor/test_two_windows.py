"""Two windows on one draft: whatever both do, in whatever order, nothing that was typed is lost."""

from __future__ import annotations

import random

import pytest

from distui.builder.models import Draft
from distui.core.document.printing import dumps
from tests.html_forms import rendered_post

ROUNDS, BATCH, STEPS = 200, 20, 6
STATE = {"name": "golden", "distributions": [{"region": f"eu-west-{n}"} for n in (1, 2, 3)]}
CONTROLS = ("name", "description", "distributions-0-region")


class Window:
    """A browser window without JavaScript: what it shows is what it posts, changed."""

    def __init__(self, client, draft):
        self.client, self.url = client, f"/drafts/{draft.pk}/"
        self.load()

    def load(self):
        self.fields = self._read(self.client.get(self.url, {"open": 0}))

    def _read(self, answer):
        return rendered_post(answer.content.decode(), "workspace")

    def post(self, op):
        """Press the button; the page then is what came back. Whether it was refused."""
        body = self.fields.copy()
        body["op"] = op
        kind = "application/x-www-form-urlencoded"
        answer = self.client.post(self.url, body.urlencode(), content_type=kind)
        if answer.status_code == 302:
            self.load()
        else:
            self.fields = self._read(answer)
        return answer.status_code == 409


def kept(draft):
    """Every text that can be gone back to, in whatever way."""
    rows = [*draft.revisions.all(), *draft.asides.all(), Draft.objects.get(pk=draft.pk)]
    return "\n".join(row.text for row in rows)


@pytest.mark.parametrize("first", range(0, ROUNDS, BATCH))
def test_nothing_is_lost_in_any_order_of_saves_undos_and_removals(alice_client, alice, first):
    for seed in range(first, first + BATCH):
        draft = Draft.objects.create(owner=alice, text=dumps(STATE))
        windows = [Window(alice_client, draft), Window(alice_client, draft)]
        play(random.Random(seed), draft, windows, seed)


def play(dice, draft, windows, seed):
    """Both windows type and press in the order that the dice say."""
    saved, waiting = set(), {window: {} for window in windows}
    for number in range(STEPS):
        window = dice.choice(windows)
        if controls := [name for name in CONTROLS if name in window.fields]:
            name = dice.choice(controls)
            window.fields[name] = waiting[window][name] = f"typed-{seed}-{number}"
        op = dice.choice(["save", "close", "undo", "redo", "remove:/distributions/0", "mine"])
        before = Draft.objects.get(pk=draft.pk)
        if window.post(f"mine:{before.revision}" if op == "mine" else op):
            assert Draft.objects.get(pk=draft.pk).text == before.text, f"seed {seed}: overwritten"
        else:
            saved |= {*waiting[window].values()}
            waiting[window].clear()
        texts = saved.union(*(typed.values() for typed in waiting.values()))
        found = kept(draft)
        lost = [text for text in texts if text not in found]
        assert lost == [], f"seed {seed}, step {number} ({op}): {lost}"
