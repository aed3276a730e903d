"""Undo, redo, and two pages of one draft: nothing that was saved or typed is ever lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from distui.builder import models
from distui.builder.models import Draft, StaleRevision
from distui.builder.versions.versions import unsaved_versions
from distui.core.document.printing import dumps
from tests.html_forms import rendered_post

STATE = dumps(
    {"name": "golden", "distributions": [{"region": "eu-west-1"}, {"region": "us-east-1"}]}
)

TYPING = models.SavedBy("a page", 1, typing=True)


@pytest.fixture
def draft(alice):
    return Draft.objects.create(owner=alice, text=STATE)


def named(draft, name, **options):
    draft.save_state(draft.state | {"name": name}, revision=draft.revision, **options)


def undone(draft):
    draft.undo(revision=draft.revision)
    return draft.name


def redone(draft):
    draft.redo(revision=draft.revision)
    return draft.name


def test_undo_goes_back_step_by_step_and_redo_forth_again(draft):
    for name in "abc":
        named(draft, name)
    assert [undone(draft), undone(draft), undone(draft), undone(draft)] == [
        "b",
        "a",
        "golden",
        "golden",
    ]
    assert [redone(draft), redone(draft), redone(draft), redone(draft)] == ["a", "b", "c", "c"]


def test_what_is_written_in_another_order_is_another_state(draft):
    named(draft, "a")
    draft.save_state(draft.state | {"tags": {"a": "1", "b": "2"}}, revision=draft.revision)
    before = draft.revision
    draft.save_state(draft.state | {"tags": {"a": "1", "b": "2"}}, revision=before)
    assert draft.revision == before
    draft.save_state(draft.state | {"tags": {"b": "2", "a": "1"}}, revision=before)
    assert [*draft.state["tags"]] == ["b", "a"]
    regions = draft.state["distributions"]
    draft.save_state(draft.state | {"distributions": regions[::-1]}, revision=draft.revision)
    assert draft.state["distributions"] == regions[::-1]
    draft.save_state(draft.state | {"distributions": regions[:1]}, revision=draft.revision)
    assert draft.state["distributions"] == regions[:1]


def test_a_save_after_undo_leaves_nothing_to_redo_but_keeps_the_other_branch(draft):
    named(draft, "a")
    undone(draft)
    named(draft, "b")
    assert redone(draft) == "b"
    assert undone(draft) == "golden"
    assert "a" in {revision.state["name"] for revision in draft.revisions.all()}


def test_what_is_typed_without_a_pause_is_one_step(draft):
    for name in ("go", "gol", "gold"):
        named(draft, name, by=TYPING)
    assert draft.revision == 4
    assert undone(draft) == "golden"
    assert redone(draft) == "gold"


def test_undo_passes_over_what_was_typed_and_taken_back_by_hand(draft):
    named(draft, "a")
    for name in ("hello", "a"):
        named(draft, name, by=TYPING)
    assert undone(draft) == "golden"
    assert redone(draft) == "a"


def test_a_pause_begins_a_new_step(draft):
    named(draft, "first", by=TYPING)
    draft.typed_at -= models.PAUSE + timedelta(seconds=1)
    named(draft, "second", by=TYPING)
    assert undone(draft) == "first"


def test_old_revisions_are_let_go_and_the_newest_steps_stay(draft, monkeypatch):
    monkeypatch.setattr(models, "PASSING_KEPT", 2)
    monkeypatch.setattr(models, "STEPS_KEPT", 6)
    monkeypatch.setattr(models, "FORGET_EVERY", 3)
    for number in range(12):
        named(draft, f"name {number}", by=TYPING if number > 8 else None)
    numbers = [revision.number for revision in draft.revisions.all()]
    assert numbers == [12, 11, 10, 9, 8, 7, 6]


def test_a_revision_that_moved_on_is_never_written_over(draft):
    other = Draft.objects.get(pk=draft.pk)
    named(draft, "mine")
    for step in (other.undo, other.redo, lambda revision: named(other, "theirs")):
        other.past = other.future = 1
        with pytest.raises(StaleRevision):
            step(revision=1)
    assert Draft.objects.get(pk=draft.pk).name == "mine"


@pytest.fixture
def page(alice_client, draft):
    """Opens a page of the draft; what it returns posts that page, changed."""

    def opened(number=0):
        url = f"/drafts/{draft.pk}/"
        html = alice_client.get(url, {"open": number}).content.decode()
        fields = rendered_post(html, "workspace")

        def post(op="save", **changes):
            data = fields.copy()
            for name, value in (changes | {"op": op}).items():
                data[name] = value
            kind = "application/x-www-form-urlencoded"
            answer = alice_client.post(url, data.urlencode(), content_type=kind)
            draft.refresh_from_db()
            return answer

        return post

    return opened


def autosaved(page, name, changes):
    return page(op="autosave", name=name, changes=str(changes)).status_code


def test_a_page_that_closes_goes_on_from_its_own_save_whose_answer_it_never_saw(page, draft):
    one = page()
    assert [autosaved(one, "gold", 4), autosaved(one, "golden!", 7)] == [302, 302]
    assert (draft.name, draft.asides.count()) == ("golden!", 0)


def test_what_a_page_sent_before_it_closed_may_come_after_it_and_changes_nothing(page, draft):
    one = page()
    assert [autosaved(one, "golden!", 7), autosaved(one, "gold", 4)] == [302, 302]
    assert (draft.name, draft.asides.count()) == ("golden!", 0)


def test_a_page_does_not_go_on_from_what_was_done_elsewhere_since(page, draft):
    one = page()
    autosaved(one, "gold", 4)
    other = page()
    autosaved(other, "bronze", 2)
    assert autosaved(one, "golden!", 7) == 409
    draft.save_state(draft.state | {"description": "theirs"}, revision=draft.revision)
    assert autosaved(other, "bronze!", 9) == 409
    assert (draft.name, draft.state["description"]) == ("bronze", "theirs")


def test_a_save_that_another_of_the_same_page_overtakes_goes_on_from_it(page, draft, monkeypatch):
    one, save_state = page(), Draft.save_state

    def overtaken(self, *args, **options):
        monkeypatch.setattr(Draft, "save_state", save_state)
        autosaved(one, "gold", 4)
        return self.save_state(*args, **options)

    monkeypatch.setattr(Draft, "save_state", overtaken)
    assert autosaved(one, "golden!", 7) == 302
    assert (draft.name, draft.asides.count()) == ("golden!", 0)


def test_a_stale_page_overwrites_nothing_and_shows_the_difference(page, draft):
    first, second = page(), page()
    first(name="theirs", op="close")
    answer = second(name="mine")
    html = answer.content.decode()
    assert answer.status_code == 409
    assert draft.name == "theirs"
    assert "Saved elsewhere" in html
    assert 'value="mine"' in html
    assert '<td class="mono">theirs</td>' in html.replace("\n", "")
    assert draft.asides.get().state["name"] == "mine"


def test_what_was_typed_can_be_put_on_top_and_the_other_comes_back_by_undo(page, draft):
    first, second = page(), page()
    first(name="theirs", op="close")
    second(name="mine")
    second(f"mine:{draft.revision}", name="mine")
    assert draft.name == "mine"
    assert not draft.asides.exists()
    assert undone(draft) == "theirs"


def test_a_choice_is_asked_again_when_the_draft_moved_on_meanwhile(page, draft):
    first, second = page(), page()
    first(name="theirs", op="close")
    second(name="mine")
    seen = draft.revision
    page()(name="newer", op="close")
    assert second(f"mine:{seen}", name="mine").status_code == 409
    assert draft.name == "newer"


def test_a_stale_page_keeps_the_regions_that_it_grew_from(page, draft):
    first, second = page(), page(1)
    first("remove:/distributions/0")
    answer = second(**{"distributions-1-region": "us-west-2"})
    assert answer.status_code == 409
    assert [d["region"] for d in draft.document["distributions"]] == ["us-east-1"]
    typed = draft.asides.get().state["distributions"]
    assert [d["region"] for d in typed] == ["eu-west-1", "us-west-2"]


def test_a_button_of_a_stale_page_on_which_nothing_was_typed_does_nothing(page, draft):
    first, second = page(), page()
    first("remove:/distributions/1")
    answer = second("remove:/distributions/0")
    assert answer.status_code == 409
    assert "was not done" in answer.content.decode()
    assert len(draft.document["distributions"]) == 1
    assert not draft.asides.exists()


def test_a_button_that_is_pressed_twice_acts_once(page, draft):
    post = page()
    assert post("remove:/distributions/0").status_code == 302
    assert post("remove:/distributions/0").status_code == 302
    assert [d["region"] for d in draft.document["distributions"]] == ["us-east-1"]


def test_the_same_post_twice_is_no_conflict(page, draft):
    post = page()
    post(name="mine", op="close")
    assert post(name="mine", op="close").status_code == 302
    assert draft.revision == 2


def test_undo_brings_a_removed_region_back_and_opens_it(page, draft):
    page()("remove:/distributions/1")
    answer = page()("undo")
    assert [d["region"] for d in draft.document["distributions"]] == ["eu-west-1", "us-east-1"]
    assert answer["Location"].endswith("?open=1#distributions-1")


def test_undo_takes_back_what_is_typed_and_not_saved_yet(page, draft):
    page()("undo", name="typed")
    assert draft.name == "golden"
    assert redone(draft) == "typed"


@pytest.mark.parametrize("op", ["undo", "redo", "undo:/x", "mine:", "mine:x", "mine:99"])
def test_with_nothing_to_take_back_nothing_happens(page, draft, op):
    assert page()(op).status_code in (302, 422)
    assert draft.text == STATE


def test_earlier_versions_are_listed_and_brought_back(page, draft, alice_client):
    page()("remove:/distributions/1")
    url = f"/drafts/{draft.pk}/versions/"
    html = alice_client.get(url).content.decode()
    assert "us-east-1" in html
    key = f"r{draft.revisions.get().pk}"
    assert alice_client.post(url, {"version": key})["Location"] == f"/drafts/{draft.pk}/"
    draft.refresh_from_db()
    assert len(draft.document["distributions"]) == 2


def test_what_was_set_aside_is_listed_and_brought_back(page, draft, alice_client):
    first, second = page(), page()
    first(name="theirs", op="close")
    second("autosave", name="mine")
    url = f"/drafts/{draft.pk}/versions/"
    assert "Typed and not saved" in alice_client.get(url).content.decode()
    alice_client.post(url, {"version": f"a{draft.asides.get().pk}"})
    draft.refresh_from_db()
    assert draft.name == "mine"


def test_what_was_set_aside_changes_only_what_was_typed_there(page, draft, alice_client):
    first, second = page(), page()
    first(name="theirs", description="theirs", op="close")
    second("autosave", name="mine")
    url, key = f"/drafts/{draft.pk}/versions/", f"a{draft.asides.get().pk}"
    assert len(unsaved_versions(draft)[0].changed) == 1
    alice_client.post(url, {"version": key})
    draft.refresh_from_db()
    assert (draft.name, draft.state["description"]) == ("mine", "theirs")
    assert not draft.asides.exists()
    assert undone(draft) == "theirs"


def test_what_was_set_aside_is_told_until_somebody_chooses(page, draft, alice_client):
    first, second = page(), page()
    first(name="theirs", op="close")
    second("autosave", name="mine")
    url, told = f"/drafts/{draft.pk}/", "so it was kept aside"
    assert told in alice_client.get(url).content.decode()
    key = f"a{draft.asides.get().pk}"
    alice_client.post(f"{url}versions/", {"version": key, "give-up": ""})
    assert told not in alice_client.get(url).content.decode()
    assert "mine" in alice_client.get(f"{url}versions/").content.decode()
    second("autosave", name="mine again")
    assert told in alice_client.get(url).content.decode()


def test_what_is_given_up_is_kept_with_its_last_letter(page, draft):
    first, second = page(), page()
    first(name="theirs", op="close")
    second("autosave", name="min")
    assert second("theirs", name="mine")["Location"].startswith(f"/drafts/{draft.pk}/")
    assert draft.name == "theirs"
    aside = draft.asides.get()
    assert (aside.state["name"], aside.given_up) == ("mine", True)


@pytest.mark.parametrize("key", ["", "r0", "a1", "r99999999999999999999", "x"])
def test_an_unknown_version_is_not_found(draft, alice_client, key):
    answer = alice_client.post(f"/drafts/{draft.pk}/versions/", {"version": key})
    assert answer.status_code == 404


def test_versions_are_their_owners_alone(draft, charlie_client, client, alice_client):
    url = f"/drafts/{draft.pk}/versions/"
    assert charlie_client.get(url).status_code == 404
    assert charlie_client.post(url, {"version": "r1"}).status_code == 404
    assert client.get(url)["Location"].startswith("/accounts/login/")
    assert alice_client.put(url).status_code == 405


def test_what_is_put_together_is_saved_whole_or_not_at_all(draft, monkeypatch):
    move = Draft._move

    def overtaken(self, revision, *args, **values):
        if values.get("joined"):
            raise StaleRevision
        move(self, revision, *args, **values)

    monkeypatch.setattr(Draft, "_move", overtaken)
    before, typed = draft.state, draft.state | {"name": "typed"}
    with pytest.raises(StaleRevision):
        draft.rejoin(typed, typed, revision=draft.revision, by=TYPING)
    draft.refresh_from_db()
    assert (draft.state, draft.revision) == (before, 1)
