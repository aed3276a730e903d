"""Form fields that are copied one by one: most forms made during a save use none of them."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any, Self

from distui.builder.forms.fields import MemberField


class SharedFields(dict[str, MemberField]):
    """The fields of a form class. All its forms share them: Django's deep copy is a no-op."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self


class LazyFields(dict[str, MemberField]):
    """The fields of one form: each is copied from the shared ones and prepared at first use."""

    def __init__(
        self, shared: dict[str, MemberField], prepare: Callable[[str, MemberField], None]
    ) -> None:
        super().__init__(shared)
        self._prepare, self._copied = prepare, set[str]()

    def __getitem__(self, name: str) -> MemberField:
        if name not in self._copied:
            self[name] = copy.deepcopy(super().__getitem__(name))
            self._copied.add(name)
            self._prepare(name, super().__getitem__(name))
        return super().__getitem__(name)

    def values(self) -> Any:
        """Return all fields, copied."""
        return [self[name] for name in self]

    def items(self) -> Any:
        """Return all names and fields, copied."""
        return [(name, self[name]) for name in self]
