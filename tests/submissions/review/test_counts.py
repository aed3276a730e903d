"""The editor and the review count the same findings."""

from __future__ import annotations

import re

from tests.factories import make_draft, make_target

STATE = {
    "distributions": [
        {
            "region": code,
            "amiDistributionConfiguration": {"name": "golden"},
            "launchTemplateConfigurations": [{"launchTemplateId": "lt-0a1b2c3d4e5f67890"}],
        }
        for code in ("eu-west-1", "us-east-1")
    ]
}


def test_the_editor_and_the_review_count_the_same(alice, alice_client):
    draft = make_draft(alice, STATE)
    draft.choose_target(str(make_target().pk), alice)
    editor = alice_client.get(f"/drafts/{draft.pk}/").content.decode()
    review = alice_client.get(f"/drafts/{draft.pk}/review/").content.decode()
    badge = re.search(r'id="findings-badge".*?</a>', editor, re.DOTALL)[0]
    text = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", badge)
    counted = re.findall(r'id="findings-\d">(\w+)</h2>\s*<span class="count">(\d+)<', review)
    assert len(counted) == 3
    for title, count in counted:
        assert re.search(rf"{count}\s+{title.lower().rstrip('s')}", text), (title, count, text)
