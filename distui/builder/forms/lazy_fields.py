"""A form's fields, copied one by one: of most forms that a save makes, nobody asks for any."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any, Self

from distui.builder.forms.fields import MemberField


class SharedFields(dict[str, MemberField]):
    """The fields that all forms of a class share; Django's copy of all at once makes none."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self


class LazyFields(dict[str, MemberField]):
    """The shared fields, each copied and prepared for the one form when it is asked for."""

    def __init__(
        self, shared: dict[str, MemberField], prepare: Callable[[str, MemberField], None]
    ) -> None:
        super().__init__(shared)
        self._prepare, self._own = prepare, set[str]()

    def __getitem__(self, name: str) -> MemberField:
        if name not in self._own:
            self[name] = copy.deepcopy(super().__getitem__(name))
            self._own.add(name)
            self._prepare(name, super().__getitem__(name))
        return super().__getitem__(name)

    def values(self) -> Any:
        """All of them, copied."""
        return [self[name] for name in self]

    def items(self) -> Any:
        """The same with their names."""
        return [(name, self[name]) for name in self]
