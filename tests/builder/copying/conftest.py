"""Fixtures: a draft of three Regions, and the page that copies one of them."""

from __future__ import annotations

import pytest

from tests.builder.copying.copy_page import (
    SOURCE,
    STATE,
)
from tests.factories import make_draft


@pytest.fixture
def draft(alice):
    return make_draft(alice, STATE)


@pytest.fixture
def url(draft):
    return f"/drafts/{draft.pk}/copy/"


@pytest.fixture
def send(alice_client, draft, url):
    """Return a function that posts a selection and refreshes the draft."""

    def post(*selected, place=SOURCE, revision=None, **more):
        number = draft.revision if revision is None else revision
        data = {"selected": selected, "revision": number, "source": "eu-west-1"} | more
        answer = alice_client.post(url, data, query_params={"from": place})
        draft.refresh_from_db()
        return answer

    return post
