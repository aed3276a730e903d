"""Any JSON object becomes a draft whose pages open and whose untouched form changes nothing."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from distui.builder.models import Draft
from distui.core.formats.registry import WRITERS, write
from distui.core.schema import shapes
from tests.documents.imported import read_document
from tests.html_forms import rendered_post

_leaves = (
    st.none()
    | st.booleans()
    | st.integers(-9, 10**13)
    | st.floats(0, 9)
    | st.text("aZ0-é<\n", max_size=6)
)
_any = st.recursive(
    _leaves,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=2), inner, max_size=3)
    ),
    max_leaves=6,
)


@st.composite
def near_documents(draw: st.DrawFn, shape: shapes.Shape | None = None) -> Any:
    """Draw a value of the shape in which any part may be unknown or another JSON value."""
    shape = shape or shapes.shape()
    if draw(st.integers(0, 9)) == 0 and shape.name != shapes.REQUEST:
        return draw(_any)
    match shape.kind:
        case "object":
            names = draw(
                st.lists(
                    st.sampled_from([*shape.members, "other", "Region", "region_"]), max_size=5
                )
            )
            return {
                name: draw(near_documents(shape.members[name].shape))
                if name in shape.members
                else draw(_any)
                for name in dict.fromkeys(names)
            }
        case "map":
            return draw(st.dictionaries(st.text("ab", max_size=2), _leaves, max_size=3))
        case "array":
            return draw(st.lists(near_documents(shape.item), max_size=3))
        case "integer":
            return draw(st.integers(0, 9) | _leaves)
        case "boolean":
            return draw(st.booleans() | _leaves)
        case _:
            return draw(st.sampled_from(["eu-west-1", "x", "", "321098765432"]) | _leaves)


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(near_documents())
def test_any_object_becomes_a_draft(alice, alice_client, document):
    draft = Draft.objects.create(owner=alice, text=read_document(json.dumps(document)).text)
    before = draft.document
    assert all(write(name, before).text for name in WRITERS)
    url = f"/drafts/{draft.pk}/"
    for path in ("", "review/", "outcome/", "copy/?from=/distributions/0", "versions/"):
        assert alice_client.get(url + path).status_code in (200, 302, 404, 422)
    for opened in [None, *range(len(draft.document.get("distributions", ())))]:
        page = alice_client.get(url, {} if opened is None else {"open": opened})
        assert page.status_code == 200
        data = rendered_post(page.content.decode(), "workspace")
        data["op"] = "save"
        answer = alice_client.post(
            url, data.urlencode(), content_type="application/x-www-form-urlencoded"
        )
        assert answer.status_code in (302, 422)
        draft.refresh_from_db()
        assert draft.document == {"distributions": []} | before
