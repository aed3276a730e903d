"""Saving posts of the editor: one three-way merge, undo steps, conflicts. Nothing typed is lost."""

from __future__ import annotations

import pytest

from distui.builder.editor import save
from distui.builder.models import Draft, StaleRevision, edit_session, revision
from distui.builder.state.draft_state import load_state
from tests.factories import make_draft
from tests.html_forms import rendered_post

STATE = {"name": "golden", "distributions": [{"region": "eu-west-1"}, {"region": "us-east-1"}]}


@pytest.fixture
def draft(alice):
    return make_draft(alice, STATE)


def rename(draft, name, **options):
    draft.save_state(draft.state | {"name": name}, revision=draft.revision, **options)


def undo(draft):
    draft.undo(revision=draft.revision)
    return draft.name


def redo(draft):
    draft.redo(revision=draft.revision)
    return draft.name


def region_codes(draft):
    return [distribution["region"] for distribution in draft.document["distributions"]]


def unsaved(draft):
    return draft.sessions.exclude(pending="")


@pytest.fixture
def open_page(alice_client, draft):
    """Open a page of the draft; what it returns posts that page with changed fields."""

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


# --- Undo steps ----------------------------------------------------------------------------------


def test_undo_and_redo_go_step_by_step(draft):
    for name in "abc":
        rename(draft, name)
    assert [undo(draft) for _ in range(4)] == ["b", "a", "golden", "golden"]
    assert [redo(draft) for _ in range(4)] == ["a", "b", "c", "c"]


def test_another_order_is_another_state(draft):
    rename(draft, "a")
    draft.save_state(draft.state | {"tags": {"a": "1", "b": "2"}}, revision=draft.revision)
    before = draft.revision
    draft.save_state(draft.state | {"tags": {"a": "1", "b": "2"}}, revision=before)
    assert draft.revision == before
    draft.save_state(draft.state | {"tags": {"b": "2", "a": "1"}}, revision=before)
    assert [*draft.state["tags"]] == ["b", "a"]
    reversed_regions = draft.state["distributions"][::-1]
    draft.save_state(draft.state | {"distributions": reversed_regions}, revision=draft.revision)
    assert draft.state["distributions"] == reversed_regions


def test_a_save_after_undo_ends_redo(draft):
    rename(draft, "a")
    undo(draft)
    rename(draft, "b")
    assert redo(draft) == "b"
    assert undo(draft) == "golden"
    assert "a" in {revision.state["name"] for revision in draft.revisions.all()}


def test_typing_in_one_control_is_one_step(open_page, draft):
    page = open_page()
    for number, name in enumerate(("go", "gol", "gold"), 1):
        page("autosave", name=name, sequence=str(number))
    assert (draft.revisions.count(), draft.revision) == (1, 4)
    assert undo(draft) == "golden"
    assert redo(draft) == "gold"


def test_each_control_is_a_step_of_its_own(open_page, draft):
    page = open_page()
    page("autosave", name="a", sequence="1")
    page("autosave", name="a", description="b", sequence="2")
    page("autosave", name="ac", description="b", sequence="3")
    undo(draft)
    assert (draft.name, draft.state["description"]) == ("a", "b")
    undo(draft)
    assert (draft.name, "description" in draft.state) == ("a", False)
    assert undo(draft) == "golden"


def test_a_button_ends_the_step(open_page, draft):
    page = open_page()
    page("autosave", name="a", sequence="1")
    page("add:/tags", name="a", sequence="1")
    page("autosave", name="ab", sequence="2")
    assert draft.revisions.count() == 3


def test_undo_skips_what_was_typed_and_removed_by_hand(draft):
    rename(draft, "a")
    for name in ("hello", "a"):
        rename(draft, name, page="p", typing_place="/name")
    assert undo(draft) == "golden"
    assert redo(draft) == "a"


def test_only_the_newest_steps_are_kept(draft, monkeypatch):
    monkeypatch.setattr(revision, "STEPS_KEPT", 6)
    monkeypatch.setattr("distui.builder.models.draft.PRUNE_EVERY", 3)
    for number in range(12):
        rename(draft, f"name {number}")
    assert [revision.number for revision in draft.revisions.all()] == [12, 11, 10, 9, 8, 7]


def test_a_draft_that_moved_on_is_never_overwritten(draft):
    other = Draft.objects.get(pk=draft.pk)
    rename(draft, "mine")
    for step in (other.undo, other.redo, lambda revision: rename(other, "theirs")):
        other.undo_to = other.redo_to = 1
        with pytest.raises(StaleRevision):
            step(revision=1)
    assert Draft.objects.get(pk=draft.pk).name == "mine"


# --- One page ------------------------------------------------------------------------------------


def test_a_closing_page_continues_from_its_last_save(open_page, draft):
    page = open_page()
    page("autosave", name="gold", sequence="4")
    page("autosave", name="golden!", sequence="7")
    assert draft.name == "golden!"
    assert not unsaved(draft).exists()


def test_a_late_post_changes_nothing(open_page, draft):
    page = open_page()
    page("autosave", name="golden!", sequence="7")
    page("autosave", name="gold", sequence="4")
    assert draft.name == "golden!"
    assert not unsaved(draft).exists()


def test_a_save_overtaken_by_another_is_merged_with_it(open_page, draft, monkeypatch):
    page, other, store = open_page(), open_page(), save._store

    def overtaken(*args, **options):
        monkeypatch.setattr(save, "_store", store)
        other("autosave", description="other")
        store(*args, **options)

    monkeypatch.setattr(save, "_store", overtaken)
    page("autosave", name="mine")
    assert (draft.name, draft.state["description"]) == ("mine", "other")


def test_a_button_pressed_twice_acts_once(open_page, draft):
    page = open_page()
    assert page("remove:/distributions/0").status_code == 302
    assert page("remove:/distributions/0").status_code == 302
    assert region_codes(draft) == ["us-east-1"]


def test_the_same_post_twice_saves_once(open_page, draft):
    page = open_page()
    page("close", name="mine")
    assert page("close", name="mine").status_code == 302
    assert draft.revision == 2


def test_a_skipped_answer_is_merged_with_further_typing(open_page, draft):
    page = open_page()
    page("add:/tags", sequence="1")
    page("autosave", description="typed on", sequence="2", answer="0")
    assert (draft.state["description"], draft.state["tags"]) == ("typed on", [["", ""]])


def test_a_shown_answer_is_the_next_posts_base(open_page, draft):
    page = open_page()
    page("add:/tags", sequence="1")
    page("autosave", sequence="2", answer="1")  # the row that the answer showed is removed again
    assert "tags" not in draft.state


def test_undo_opens_the_region_that_it_brings_back(open_page, draft):
    open_page()("remove:/distributions/1")
    answer = open_page()("undo")
    assert region_codes(draft) == ["eu-west-1", "us-east-1"]
    assert answer["Location"].endswith("?open=1#distributions-1")


def test_undo_reverts_unsaved_typing(open_page, draft):
    open_page()("undo", name="typed")
    assert draft.name == "golden"
    assert redo(draft) == "typed"


@pytest.mark.parametrize("op", ["undo", "redo", "undo:/x", "mine:", "mine:x", "mine:99", "theirs"])
def test_with_nothing_to_undo_or_resolve_nothing_happens(open_page, draft, op):
    assert open_page()(op).status_code in (302, 422)
    assert draft.state == STATE


def test_a_post_that_contradicts_itself_saves_nothing(open_page, draft):
    answer = open_page()(name="x", **{"tags-TOTAL_FORMS": "-1"})
    assert answer.status_code == 422
    assert (draft.name, draft.revision) == ("golden", 1)
    assert 'value="x"' in answer.content.decode()


def test_a_save_is_atomic(open_page, draft, monkeypatch):
    page = open_page()

    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr(save, "_remember", fail)
    with pytest.raises(RuntimeError):
        page("add:/tags", name="typed")
    draft.refresh_from_db()
    assert (draft.state, draft.revision, draft.revisions.count()) == (STATE, 1, 0)


# --- Several pages -------------------------------------------------------------------------------


def test_changes_in_different_places_are_merged(open_page, draft):
    first, second = open_page(), open_page(1)
    first("close", name="first")
    second("close", description="second", **{"distributions-1-region": "us-west-2"})
    assert (draft.name, draft.state["description"]) == ("first", "second")
    assert region_codes(draft) == ["eu-west-1", "us-west-2"]


def test_a_stale_pages_button_follows_the_moved_region(open_page, draft):
    first, second = open_page(), open_page()
    first("remove:/distributions/0")
    second("remove:/distributions/1")
    assert region_codes(draft) == []


def test_the_same_place_is_a_conflict_that_overwrites_nothing(open_page, draft):
    first, second = open_page(), open_page()
    first("close", name="theirs")
    answer = second(name="mine")
    html = answer.content.decode()
    assert answer.status_code == 409
    assert draft.name == "theirs"
    assert "Edited in another window" in html
    assert 'value="mine"' in html
    assert '<td class="font-monospace">theirs</td>' in html.replace("\n", "")
    assert load_state(unsaved(draft).get().pending)["name"] == "mine"


def test_a_region_edited_elsewhere_is_not_removed(open_page, draft):
    first, second = open_page(), open_page()
    first("include:/distributions/0/s3ExportConfiguration")
    answer = second("remove:/distributions/0", description="typed")
    assert answer.status_code == 302
    assert region_codes(draft) == ["eu-west-1", "us-east-1"]
    assert draft.state["description"] == "typed"


def test_undo_first_shows_what_was_changed_elsewhere(open_page, draft, alice_client):
    first, second = open_page(), open_page()
    first("close", name="theirs")
    answer = second("undo")
    assert draft.name == "theirs"
    shown = alice_client.get(answer["Location"]).content.decode()
    assert "Check the changes, then press Undo again." in shown


def test_keep_mine_saves_mine_and_undo_brings_theirs_back(open_page, draft):
    first, second = open_page(), open_page()
    first("close", name="theirs", description="theirs")
    second(name="mine")
    second(f"mine:{draft.revision}", name="mine")
    assert (draft.name, draft.state["description"]) == ("mine", "theirs")
    assert not unsaved(draft).exists()
    assert undo(draft) == "theirs"


def test_keep_mine_asks_again_after_another_change(open_page, draft):
    first, second = open_page(), open_page()
    first("close", name="theirs")
    second(name="mine")
    shown = draft.revision
    open_page()("close", name="newer")
    assert second(f"mine:{shown}", name="mine").status_code == 409
    assert draft.name == "newer"


def test_use_theirs_can_be_undone(open_page, draft):
    first, second = open_page(), open_page()
    first("close", name="theirs")
    second("autosave", name="min", description="mine")
    answer = second("theirs", name="mine", description="mine")
    assert answer["Location"].startswith(f"/drafts/{draft.pk}/")
    assert (draft.name, draft.state["description"]) == ("theirs", "mine")
    assert not unsaved(draft).exists()
    assert undo(draft) == "mine"


def test_a_conflict_ends_when_both_say_the_same(open_page, draft):
    first, second = open_page(), open_page()
    first("close", name="theirs")
    second("autosave", name="their")
    assert second("autosave", name="theirs").status_code == 302
    assert not unsaved(draft).exists()


def test_a_page_that_is_not_known_overwrites_nothing(open_page, draft):
    page = open_page()
    draft.sessions.all().delete()
    assert page("close", name="golden").status_code == 302
    assert page("close", name="mine").status_code == 302  # its first post made it known
    draft.sessions.all().delete()
    assert page("close", name="other").status_code == 409
    assert draft.name == "mine"


def test_old_sessions_are_pruned_but_not_unsaved_changes(open_page, draft, monkeypatch):
    monkeypatch.setattr(edit_session, "SESSIONS_KEPT", 3)
    monkeypatch.setattr(edit_session, "MAX_OLD", 2)
    first, second = open_page(), open_page()
    first("close", name="theirs")
    second("autosave", name="mine")
    kept = []
    for _ in range(7):
        open_page()
        kept.append(draft.sessions.filter(pending="").count())
    assert kept == [2, 3, 4, 5, 3, 4, 5]  # two old ones are not deleted, three are
    assert unsaved(draft).count() == 1


def test_a_page_that_saves_is_kept_while_others_open(open_page, draft, monkeypatch):
    monkeypatch.setattr(edit_session, "SESSIONS_KEPT", 3)
    monkeypatch.setattr(edit_session, "MAX_OLD", 0)
    page = open_page()
    for number in range(5):
        open_page()
        assert page("close", name=f"typed {number}").status_code == 302
    assert draft.name == "typed 4"
    assert draft.sessions.count() == 3


def test_a_session_that_was_deleted_since_is_stored_again(draft):
    session = draft.sessions.create(page="one")
    session.accepted = "typed"
    draft.sessions.all().delete()
    session.store()
    session.accepted = "typed on"
    session.store()
    stored = draft.sessions.get()
    assert (stored.page, stored.accepted) == ("one", "typed on")


def test_an_idle_pages_text_is_stored_before_changes(open_page, draft):
    open_page(), open_page()
    assert set(draft.sessions.values_list("answered", flat=True)) == {""}
    rename(draft, "other")
    assert {session.base(0)["name"] for session in draft.sessions.all()} == {"golden"}
