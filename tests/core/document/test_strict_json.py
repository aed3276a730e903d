"""JSON is read strictly, and what is refused is refused with its place."""

from __future__ import annotations

import pytest

from distui.core.document.strict_json import ParseError, parse

REFUSED = [
    ("", "There is nothing in it."),
    (b" \n", "There is nothing in it."),
    ('{"a": ', "expecting value in line 1, column 7"),
    ('{"a": 1,\n "b": }', "line 2, column 7"),
    ("{'a': 1}", "line 1, column 2"),
    ('{"a": 1} x', "extra data in line 1"),
    ('{"a":\n  NaN}', "NaN is not a JSON number. It stands in line 2, column 3."),
    ("[Infinity]", "Infinity is not a JSON number"),
    ("[-Infinity]", "-Infinity is not a JSON number"),
    ("[1e400]", "1e400 is too large"),
    (f"[{'9' * 4301}]", "too many digits"),
    ("[" * 100_000, "more than 12 levels. It stands in line 1, column 13."),
    ('{"a":' * 1000, "more than 12 levels"),
    ('{"a": 1, "a": 2}', "The member “a” stands twice in the same object"),
    ('{"b": {"a": 1,\n"\\u0061": 2}}', "“a” stands twice in the same object. It stands in line 2"),
    ('"\\u0000"', "U+0000"),
    ('"\\ud800"', "U+D800"),
    ('{"\\udfff": 1}', "U+DFFF"),
    ('"\ud800"', "U+D800"),
    ('"a\x00b"', "U+0000"),
    ('{"a": "line\nbreak"}', "line 1"),
    (b"\xff", "not UTF-8"),
    (b'{"a": "\xe9"}', "Byte 7 is not UTF-8. Save the file as UTF-8."),
    ('{"a": 1}'.encode("utf-16"), "not UTF-8"),
    ('{"a": 1}'.encode("utf-16-le"), "This is UTF-16-LE, not UTF-8"),
    (b"[" + b"1," * 2_000_000 + b"1]", "larger than 4 MB"),
    ('"' + '\\"' * 1_900_000, "unterminated"),
]


@pytest.mark.parametrize(("source", "said"), REFUSED, ids=range(len(REFUSED)))
def test_it_refuses_and_says_where_and_why(source: str | bytes, said: str) -> None:
    with pytest.raises(ParseError) as refusal:
        parse(source)
    assert said in str(refusal.value)


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ('{"a": "\\ud83d\\ude80"}', {"a": "🚀"}),
        (b'\xef\xbb\xbf{"a": 1}', {"a": 1}),
        ('\ufeff{"a": 1}', {"a": 1}),
        ('{"a": {"b": 1}, "b": [{"a": 1}, {"a": 2}]}', {"a": {"b": 1}, "b": [{"a": 1}, {"a": 2}]}),
        (f"[1{'0' * 30}]", [10**30]),
        ('"[[[[[[[[[[[[[[[[ NaN \\" {"', '[[[[[[[[[[[[[[[[ NaN " {'),
        ("[" * 12 + "]" * 12, [[[[[[[[[[[[]]]]]]]]]]]]),
        ("null", None),
    ],
)
def test_it_takes_json(source: str | bytes, value: object) -> None:
    assert parse(source) == value


def test_texts_that_no_database_keeps_can_be_left_to_the_rules() -> None:
    assert parse('["\\u0000", "\\ud800"]', any_text=True) == ["\0", "\ud800"]
