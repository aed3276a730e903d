"""The fields of a post, indexed once: no part of the form looks through all of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.datastructures import MultiValueDict

_ROW = re.compile(r"-(0|[1-9][0-9]{0,5})-([A-Za-z]+)", re.ASCII)
_MAX_NAME = 300  # characters; no field has a longer name


class PostedData(Mapping[str, Any]):
    """A post, with the rows and prefixes that occur in the names of its fields."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data
        if isinstance(data, MultiValueDict):
            self._data = {name: texts[-1] for name, texts in data.lists()}
        self._rows: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._prefixes: set[str] = set()
        for name in data:
            if len(name) <= _MAX_NAME:
                self._index(name)

    @classmethod
    def of(cls, data: Mapping[str, Any] | None) -> PostedData | None:
        """Return the post indexed, None without a post."""
        return data if data is None or isinstance(data, cls) else cls(data)

    def _index(self, name: str) -> None:
        for row in _ROW.finditer(name):
            self._rows[name[: row.start()]][int(row[1])].add(row[2])
        prefix = name.rpartition("-")[0]
        while prefix and prefix not in self._prefixes:
            self._prefixes.add(prefix)
            prefix = prefix.rpartition("-")[0]

    def __bool__(self) -> bool:
        """Return True: a post without fields is a post."""
        return True

    @property
    def row_count(self) -> int:
        """Return the number of rows of all lists and maps."""
        return sum(map(len, self._rows.values()))

    def row_numbers(self, prefix: str, names: set[str]) -> list[int]:
        """Return the numbers of the rows below the prefix that have any of these fields."""
        rows = self._rows.get(prefix, {})
        return sorted(number for number, found in rows.items() if not names.isdisjoint(found))

    def has_prefix(self, prefix: str) -> bool:
        """Return True if the name of any field begins with the prefix and ``-``."""
        return prefix in self._prefixes

    def __getitem__(self, name: str) -> Any:
        return self._data[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)
