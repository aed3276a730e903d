from __future__ import annotations

import pytest

from distui.core.pointers import items_at, pointer, region_index, resolve, tokens, value_at

DOCUMENT = {"tags": {"a/b~c": "x"}, "distributions": [{"region": "eu-west-1"}]}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), ""),
        (("tags", "a/b~c"), "/tags/a~1b~0c"),
        (("distributions", "0", "region"), "/distributions/0/region"),
    ],
)
def test_a_path_survives_as_a_pointer(path, text):
    assert pointer(path) == text
    assert tokens(text) == path


def test_a_pointer_starts_with_a_slash():
    with pytest.raises(ValueError, match="'tags' is not a JSON Pointer"):
        tokens("tags")


def test_it_resolves_members_and_items():
    assert resolve(DOCUMENT, "") is DOCUMENT
    assert resolve(DOCUMENT, "/tags/a~1b~0c") == "x"
    assert resolve(DOCUMENT, "/distributions/0/region") == "eu-west-1"


@pytest.mark.parametrize(
    "text",
    ["/name", "/distributions/1", "/distributions/-1", "/distributions/٠", "/tags/a~1b~0c/x"],
)
def test_a_missing_place_raises_lookup_error(text):
    with pytest.raises(LookupError):
        resolve(DOCUMENT, text)


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("", None),
        ("/name", None),
        ("/distributions", None),
        ("/distributions/x", None),
        ("/distributions/0", 0),
        ("/distributions/12/region", 12),
        ("/distributions/12x", None),
        ("/distributions/٠", None),
        ("/distributions/1234567890123456789", None),
        ("/tags/~1distributions~10", None),
    ],
)
def test_it_finds_the_distribution_of_a_pointer(text, index):
    assert region_index(text) == index


def test_a_missing_value_is_the_default():
    assert value_at(DOCUMENT, "/distributions/0/region") == "eu-west-1"
    assert value_at(DOCUMENT, "/name") == ""
    assert value_at(DOCUMENT, "/distributions/1/region", None) is None


def test_it_yields_items_with_their_pointers():
    assert list(items_at(DOCUMENT, "/distributions")) == [
        ("/distributions/0", DOCUMENT["distributions"][0])
    ]
    assert list(items_at(DOCUMENT, "/regions")) == []
