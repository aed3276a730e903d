"""Strict JSON parsing: every error has its position."""

from __future__ import annotations

import pytest

from distui.core.document.parse_error import ParseError
from distui.core.document.strict_json import parse

INVALID = [
    ("", "The document is empty."),
    (b" \n", "The document is empty."),
    ('{"a": ', "Invalid JSON: expecting value at line 1, column 7."),
    ('{"a": 1,\n "b": }', "line 2, column 7"),
    ("{'a': 1}", "line 1, column 2"),
    ('{"a": 1} x', "extra data at line 1"),
    ('{"a":\n  NaN}', "NaN isn't a JSON number at line 2, column 3."),
    ("[Infinity]", "Infinity isn't a JSON number"),
    ("[-Infinity]", "-Infinity isn't a JSON number"),
    ("[1e400]", "1e400 is out of range at line 1, column 2."),
    (f"[{'9' * 4301}]", "with more than 100 digits"),
    ("[" * 100_000, "More than 12 levels at line 1, column 13."),
    ('{"a":' * 1000, "More than 12 levels"),
    ('{"a": 1, "a": 2}', "Duplicate key “a” at line 1, column 10."),
    ('{"b": {"a": 1,\n"\\u0061": 2}}', "Duplicate key “a” at line 2"),
    ('{"tags": {"_a": "1", "_a": "2"}}', "Duplicate key “_a” at line 1, column 22."),
    ('{"x": [{"amiTags": {"y": [{}], "//": "1", "//": "2"}}]}', "Duplicate key “//”"),
    ('{"locals": {"common": {"_a": 1, "_a": 2}}}', "Duplicate key “_a”"),
    ('"\\u0000"', "U+0000"),
    ('"\\ud800"', "U+D800"),
    ('{"\\udfff": 1}', "U+DFFF"),
    ('"\ud800"', "U+D800"),
    ('"a\x00b"', "U+0000"),
    ('{"a": "line\nbreak"}', "line 1"),
    (b"\xff", "isn't UTF-8"),
    (b'{"a": "\xe9"}', "Byte 7 isn't UTF-8. Save the file as UTF-8."),
    ('{"a": 1}'.encode("utf-16")[:-1], "isn't UTF-16. Save the file as UTF-8."),
    (b"[" + b"1," * 2_000_000 + b"1]", "exceeds the maximum size of 4 MB"),
    ('"' + '\\"' * 1_900_000, "unterminated"),
]


@pytest.mark.parametrize(("source", "message"), INVALID, ids=range(len(INVALID)))
def test_it_rejects_invalid_documents(source: str | bytes, message: str) -> None:
    with pytest.raises(ParseError) as error:
        parse(source)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ('{"a": "\\ud83d\\ude80"}', {"a": "🚀"}),
        (b'\xef\xbb\xbf{"a": 1}', {"a": 1}),
        ('\ufeff{"a": 1}', {"a": 1}),
        ('{"a": 1}'.encode("utf-16"), {"a": 1}),
        ('{"a": 1}'.encode("utf-16-be"), {"a": 1}),
        ('{"_note": 1, "_note": 2, "//": 3, "//": 4}', {"_note": 2, "//": 4}),
        (
            '{"distributions": [{"_a": 1, "_a": 2}, {"x": {"y": [1]}, "//b": 1, "//b": 2}]}',
            {"distributions": [{"_a": 2}, {"x": {"y": [1]}, "//b": 2}]},
        ),
        ('{"a": {"b": 1}, "b": [{"a": 1}, {"a": 2}]}', {"a": {"b": 1}, "b": [{"a": 1}, {"a": 2}]}),
        (f"[1{'0' * 30}]", [10**30]),
        ('"[[[[[[[[[[[[[[[[ NaN \\" {"', '[[[[[[[[[[[[[[[[ NaN " {'),
        ("[" * 12 + "]" * 12, [[[[[[[[[[[[]]]]]]]]]]]]),
        ("null", None),
    ],
)
def test_it_parses_valid_documents(source: str | bytes, value: object) -> None:
    assert parse(source) == value


def test_any_text_allows_nul_and_surrogates() -> None:
    assert parse('["\\u0000", "\\ud800"]', any_text=True) == ["\0", "\ud800"]
