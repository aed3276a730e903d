"""The preview: coloured, escaped, in pieces, and its text is the request body."""

from __future__ import annotations

import html
import re

from hypothesis import given, settings

from distui.builder.editor.preview import preview_sections
from distui.core.document import printing as documents_text
from tests.strategies import documents


def text_of(request) -> str:
    """The text content of the preview's element."""
    joined = "".join(piece.html for piece in preview_sections(request))
    return html.unescape(re.sub(r"</?(span|a)[^>]*>", "", joined))


@settings(max_examples=200, deadline=None)
@given(documents())
def test_its_text_is_the_request_body(document):
    assert text_of(document) == documents_text.dumps(document)


def test_it_escapes_what_people_write():
    joined = "".join(
        piece.html for piece in preview_sections({"description": "</script><img src=x>"})
    )
    assert "<img" not in joined
    assert "</script>" not in joined


def test_each_region_is_a_piece_of_its_own():
    request = {"name": "x", "distributions": [{"region": "a"}, {"region": "b"}]}
    assert [piece.id for piece in preview_sections(request)] == [
        "preview-head",
        "preview-0",
        "preview-1",
        "preview-tail",
    ]


def test_of_many_regions_only_the_open_one_is_unfolded():
    request = {"distributions": [{"region": code} for code in "abcd"]}
    assert [piece.folded for piece in preview_sections(request, opened=2)][1:-1] == [
        True,
        True,
        False,
        True,
    ]
    assert not any(piece.folded for piece in preview_sections({"distributions": [{}, {}, {}]}))


def test_a_line_leads_to_its_field():
    ami = {"name": "x", "targetAccountIds": ["1"], "amiTags": {"a/b": "c"}}
    request = {"distributions": [{"amiDistributionConfiguration": ami}], "clientToken": "t"}
    joined = "".join(piece.html for piece in preview_sections(request, opened=0))
    places = re.findall(r'href="([^"]*)"', joined)
    section = "distributions-0-amiDistributionConfiguration"
    assert places == [
        "#distributions",
        "#distributions-0",
        f"#{section}",
        f"#id_{section}-name",
        f"#id_{section}-targetAccountIds",
        f"#id_{section}-targetAccountIds",
        f"#{section}-amiTags",
        f"#{section}-amiTags",
    ]


def test_a_line_of_a_closed_region_leads_to_its_page():
    request = {"distributions": [{"region": "a"}]}
    joined = "".join(piece.html for piece in preview_sections(request))
    assert 'href="?open=0&amp;check=1#id_distributions-0-region"' in joined


def region_piece(ami, opened=0):
    """The piece of one Region with that AMI."""
    request = {"distributions": [{"region": "a", "amiDistributionConfiguration": ami}]}
    return next(found for found in preview_sections(request, opened=opened) if found.index == 0)


def test_of_what_is_typed_only_its_line_changes():
    changes = region_piece({"name": "b", "kmsKeyId": "k"}).changes(
        region_piece({"name": "a", "kmsKeyId": "k"})
    )
    [line] = changes
    assert 'hx-swap-oob="replace:#preview-0 &gt; a:nth-of-type(4)"' in line
    assert "&quot;b&quot;" in line
    assert region_piece({"name": "a"}).changes(region_piece({"name": "a"})) == []


def test_a_piece_changes_as_a_whole_where_lines_come_or_go_or_lead_elsewhere():
    old = region_piece({"name": "a"})
    assert region_piece({"name": "a", "kmsKeyId": "k"}).changes(old) is None
    assert old.changes(None) is None
    long = {
        "targetAccountIds": [f"{number:012d}" for number in range(9)],
        **dict.fromkeys("abcdefghi", "1"),
    }
    assert region_piece(long, opened=None).changes(region_piece(long)) is None


def test_what_turns_the_direction_of_text_turns_nothing_but_itself():
    request = {"description": "\u05d0\u202e evil\u2066"}
    joined = "".join(piece.html for piece in preview_sections(request))
    assert joined.count('<span class="turn">') == 2
    assert text_of(request) == documents_text.dumps(request)
