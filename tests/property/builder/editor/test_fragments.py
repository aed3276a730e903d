"""Fragments of the page of any document."""

from __future__ import annotations

from django.contrib.auth.models import User
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from distui.builder.editor.fragments import fragments
from distui.builder.editor.page import EditorPage
from distui.builder.editor.request import TargetControl
from distui.builder.models import Draft
from distui.targets.models import Target
from tests.strategies import documents, examples

DRAFT = Draft(pk=1, owner=User())
TARGETS = [Target(pk=number, name=f"t{number}", region="eu-west-1") for number in (1, 2)]


def page_of(state, target=None, **options):
    options |= {"targets": TARGETS, "target_control": TargetControl(None, target)}
    return EditorPage(DRAFT, User(is_active=False), state=state, page="a page", **options)


def all_fragments(found):
    """Yield fragments and all that is in them."""
    for fragment in found:
        yield fragment
        yield from all_fragments(fragment.parts())


@examples(0.1, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents(), documents(), st.integers(0, 3), st.integers(0, 3), st.booleans())
def test_equal_keys_give_equal_html(db, before, after, one, other, strict):
    pages = (
        page_of(before, open=one, target=1),
        page_of(after, open=other, strict=strict, target=2),
    )
    known, found = ({part.id: part for part in all_fragments(fragments(page))} for page in pages)
    for fragment in found.values():
        old = known.get(fragment.id)
        if old and fragment.template and old.key == fragment.key and not fragment.always:
            assert old.html == fragment.html, fragment.id


@examples(0.1, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents(), st.integers(0, 3))
def test_ids_are_unique_and_parts_are_inside(db, document, opened):
    seen = set()
    for fragment in all_fragments(fragments(page_of(document, open=opened))):
        assert fragment.id not in seen
        seen.add(fragment.id)
        parts = [*fragment.parts()] if fragment.template else []
        html = fragment.html if parts else ""
        for part in parts:
            for inner in with_template(part):
                assert inner.html.strip() in html, inner.id


def with_template(fragment):
    """Yield the fragment, or the outermost ones in it that have a template."""
    if fragment.template:
        yield fragment
    else:
        for part in fragment.parts():
            yield from with_template(part)
