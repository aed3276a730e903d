"""The error of a text that can't be read, with every place to correct."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

_AROUND = 1  # lines of an excerpt before and after the marked one
_WIDTH = 60  # characters of an excerpt before and after the marked one


@dataclass(frozen=True, slots=True)
class Slip:
    """A place that can't be read: what is wrong there, and its line and column from one."""

    problem: str
    line: int
    column: int

    @classmethod
    def at(cls, problem: str, text: str, offset: int) -> Slip:
        """Return the slip at an offset of the text."""
        line = text.count("\n", 0, offset) + 1
        return cls(problem, line, offset - text.rfind("\n", 0, offset))

    def __str__(self) -> str:
        return f"{self.problem} at line {self.line}, column {self.column}"


class ExcerptLine(NamedTuple):
    """A line of the text around a slip; ``marked`` is the character to look at, if it is here."""

    number: int
    before: str
    marked: str = ""
    after: str = ""


class ParseError(ValueError):
    """The text can't be read as a document; the message says where and why.

    ``slips`` are the places to correct, empty if the text as a whole is the problem.
    """

    def __init__(self, message: str, slips: Sequence[Slip] = (), text: str = "") -> None:
        super().__init__(message)
        self.slips, self._text = tuple(slips), text

    @classmethod
    def of(cls, slips: Sequence[Slip], text: str, prefix: str = "") -> Self:
        """Return the error of these slips in the text."""
        return cls(f"{prefix}{'; '.join(map(str, slips))}.", slips, text)

    @property
    def excerpts(self) -> list[list[ExcerptLine]]:
        """Return the lines around each slip, with the character at the slip marked."""
        lines = self._text.split("\n") if self.slips else []
        return [[*_excerpt(slip, lines)] for slip in self.slips]


def _excerpt(slip: Slip, lines: list[str]) -> Iterator[ExcerptLine]:
    first, last = max(slip.line - _AROUND, 1), min(slip.line + _AROUND, len(lines))
    start = max(slip.column - 1 - _WIDTH, 0)
    for number in range(first, last + 1):
        text = lines[number - 1].rstrip("\r")[start : slip.column + _WIDTH]
        if number != slip.line:
            yield ExcerptLine(number, text)
        else:
            at = slip.column - 1 - start
            yield ExcerptLine(number, text[:at], text[at : at + 1] or " ", text[at + 1 :])
