"""The preview: coloured, escaped, in pieces, and its text is the request body."""

from __future__ import annotations

import re

from distui.builder.editor.preview import preview_sections


def test_it_escapes_what_people_write():
    joined = "".join(
        piece.html for piece in preview_sections({"description": "</script><img src=x>"})
    )
    assert "<img" not in joined
    assert "</script>" not in joined


def test_each_region_has_its_own_preview_section():
    request = {"name": "x", "distributions": [{"region": "a"}, {"region": "b"}]}
    assert [section.id for section in preview_sections(request)] == [
        "preview-head",
        "preview-0",
        "preview-1",
        "preview-tail",
    ]


def test_of_many_regions_only_the_open_one_is_unfolded():
    request = {"distributions": [{"region": code} for code in "abcd"]}
    sections = preview_sections(request, opened=2)[1:-1]
    assert [section.folded is not None for section in sections] == [True, True, False, True]
    three = preview_sections({"distributions": [{}, {}, {}]})
    assert all(section.folded is None for section in three)


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


def test_a_closed_regions_line_links_to_its_page():
    request = {"distributions": [{"region": "a"}]}
    joined = "".join(piece.html for piece in preview_sections(request))
    assert 'href="?open=0&amp;check=1#id_distributions-0-region"' in joined
