"""Documents ten times beyond the API's limits are refused at once: by import, paste and posts."""

from __future__ import annotations

import json

import pytest

from distui.builder.models import Draft
from tests.bench.large_documents import DIMENSIONS, document, region
from tests.html_forms import rendered_post

TEXT = json.dumps(DIMENSIONS["tags"](100))


@pytest.fixture
def draft(alice):
    return Draft.objects.create(owner=alice, text='{"name": "golden", "distributions": []}')


def saved_name(draft: Draft) -> str:
    draft.refresh_from_db()
    return draft.name


def test_an_import_is_refused_with_its_place(alice_client):
    answer = alice_client.post("/drafts/import/", {"document": TEXT})
    assert answer.status_code == 422
    assert "/tags: 5,000 entries exceed a draft" in answer.content.decode()
    assert not Draft.objects.exists()


def test_a_paste_is_refused_with_its_place(alice_client, draft):
    data = rendered_post(alice_client.get(f"/drafts/{draft.pk}/").content.decode(), "workspace")
    answer = alice_client.post(
        f"/drafts/{draft.pk}/", data.dict() | {"op": "paste", "document": TEXT}
    )
    assert answer.status_code == 422
    assert "/tags: 5,000 entries exceed a draft" in answer.content.decode()
    assert saved_name(draft) == "golden"


@pytest.mark.parametrize(("length", "status"), [(20_000, 422), (300_000, 413)])
def test_a_field_is_refused_and_nothing_saved(alice_client, draft, length, status):
    data = rendered_post(alice_client.get(f"/drafts/{draft.pk}/").content.decode(), "workspace")
    answer = alice_client.post(f"/drafts/{draft.pk}/", data.dict() | {"name": "x" * length})
    assert answer.status_code == status
    assert "Nothing was saved." in answer.content.decode()
    assert saved_name(draft) == "golden"


def test_a_copy_beyond_the_limit_is_refused(alice, alice_client, monkeypatch):
    draft = Draft.objects.create(owner=alice, text=json.dumps(document(region())))
    url, text = f"/drafts/{draft.pk}/", draft.text
    data = rendered_post(alice_client.get(url, {"open": 0}).content.decode(), "workspace").dict()
    monkeypatch.setattr("distui.core.document.bounds.MAX_VALUES", 8)
    duplicated = alice_client.post(url, data | {"op": "duplicate:/distributions/0"})
    selected = {"selected": ["us-east-1"], "revision": draft.revision}
    copied = alice_client.post(f"{url}copy/?from=/distributions/0", selected)
    for answer in (duplicated, copied):
        assert answer.status_code == 422
        assert "values exceed a draft&#x27;s maximum of 8." in answer.content.decode()
    draft.refresh_from_db()
    assert draft.text == text


def test_a_long_list_is_shown_in_part_and_kept(alice, alice_client):
    document = DIMENSIONS["templates"](1)
    draft = Draft.objects.create(owner=alice, text=json.dumps(document))
    page = alice_client.get(f"/drafts/{draft.pk}/", {"open": 0}).content.decode()
    assert "more entries aren't shown" in page
    data = rendered_post(page, "workspace").dict()
    last = "distributions-0-launchTemplateConfigurations-99-launchTemplateId"
    assert last in data
    data |= {last: "lt-0ab1234c56d789012", "op": "save"}
    assert alice_client.post(f"/drafts/{draft.pk}/", data).status_code in (302, 422)
    draft.refresh_from_db()
    rows = draft.document["distributions"][0]["launchTemplateConfigurations"]
    expected = document["distributions"][0]["launchTemplateConfigurations"]
    assert rows[:99] == expected[:99]
    assert rows[99]["launchTemplateId"] == "lt-0ab1234c56d789012"
