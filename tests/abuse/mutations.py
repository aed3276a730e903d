"""Structure-aware mutations of a form's fields: names, counters, pointers and values."""

from __future__ import annotations

import re
from random import Random

Fields = list[tuple[str, str]]

VALUES = (
    *("", " ", "\t x \n", "0", "-1", "00", "1e9", "NaN", "٣", "9" * 18, "9" * 19, "9" * 5_000),
    *("None", "true", "[]", "{}", '{"a": 1}', "null", "a,b;c", "x:y:z", "on", "__all__"),
    *("/", "//", "~2", "/distributions", "/distributions/0", "/distributions/99999/region"),
    *("<script>alert(1)</script>", "'; DROP TABLE x; --", "{{ 7*7 }}", "%s%n", "../../etc/passwd"),
    *("\u202egnp.exe", "e\u0301\u200b", "🚀" * 50, "a\r\nb\rc", "\x0b\x0c\x1f", "\ufffd", "\0"),
    *("x" * 10_000, "123456789012\n" * 500, "1" * 300_000),
)
NAMES = (
    *("op", "open", "page", "answer", "sequence", "visited", "focused", "document", "revision"),
    *("x", "__proto__", "distributions", "distributions-", "distributions-0", "-", "id", "file"),
    *("distributions-0-region-0", "tags-TOTAL_FORMS", "distributions-99999999999-region"),
    *("_selected_action", "action", "select_across", "_popup", "_to_field", "_save", "next"),
)


def mutate(fields: Fields, rng: Random) -> Fields:
    """Return the fields after one to four random mutations."""
    mutated = list(fields)
    for _ in range(rng.randint(1, 4)):
        rng.choice(_MUTATIONS)(mutated, rng)
    return mutated


def _replace_value(fields: Fields, rng: Random) -> None:
    if fields:
        index = rng.randrange(len(fields))
        fields[index] = (fields[index][0], rng.choice(VALUES))


def _edit_value(fields: Fields, rng: Random) -> None:
    """Insert, delete or double a part of a value."""
    if fields:
        index = rng.randrange(len(fields))
        name, value = fields[index]
        at = rng.randint(0, len(value))
        change = rng.choice(
            (value[:at], value[at:] * 2, value[:at] + rng.choice("-/:,% \n\u202e0"))
        )
        fields[index] = (name, change + value[at:])


def _drop(fields: Fields, rng: Random) -> None:
    if fields:
        del fields[rng.randrange(len(fields))]


def _repeat(fields: Fields, rng: Random) -> None:
    if fields:
        name, value = rng.choice(fields)
        fields.append((name, rng.choice((value, rng.choice(VALUES)))))


def _swap_values(fields: Fields, rng: Random) -> None:
    if len(fields) > 1:
        first, second = rng.sample(range(len(fields)), 2)
        (a, one), (b, two) = fields[first], fields[second]
        fields[first], fields[second] = (a, two), (b, one)


def _rename(fields: Fields, rng: Random) -> None:
    """Change a number in a name, or its last part."""
    if fields:
        index = rng.randrange(len(fields))
        name, value = fields[index]
        number = rng.choice(("1", "7", "-1", "99999", "9" * 20, "x"))
        renamed = re.sub(r"\d+", number, name, count=1)
        fields[index] = (renamed if renamed != name else name + rng.choice("-x0"), value)


def _add(fields: Fields, rng: Random) -> None:
    fields.append((rng.choice(NAMES), rng.choice(VALUES)))


def _shuffle(fields: Fields, rng: Random) -> None:
    rng.shuffle(fields)


_MUTATIONS = (
    *(_replace_value, _replace_value, _edit_value, _edit_value, _drop, _repeat, _swap_values),
    *(_rename, _add, _shuffle),
)
