"""The error of a text that can't be read, with every place to correct."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

_AROUND = 1  # lines of an excerpt before and after the marked one
_WIDTH = 60  # characters of an excerpt before and after the marked one


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    """A place that can't be read: what is wrong there, and its line and column from one."""

    problem: str
    line: int
    column: int

    @classmethod
    def at(cls, problem: str, text: str, offset: int) -> SyntaxProblem:
        """Return the problem at an offset of the text."""
        line = text.count("\n", 0, offset) + 1
        return cls(problem, line, offset - text.rfind("\n", 0, offset))

    def __str__(self) -> str:
        return f"{self.problem} at line {self.line}, column {self.column}"


class ExcerptLine(NamedTuple):
    """A line of the text around a problem; ``marked`` is the character to look at, or ""."""

    number: int
    before: str
    marked: str = ""
    after: str = ""


class ParseError(ValueError):
    """The text can't be read as a document; the message says where and why.

    ``problems`` are the places to correct, empty if the text as a whole is the problem.
    """

    def __init__(
        self, message: str, problems: Sequence[SyntaxProblem] = (), text: str = ""
    ) -> None:
        super().__init__(message)
        self.problems, self._text = tuple(problems), text

    @classmethod
    def of(cls, problems: Sequence[SyntaxProblem], text: str, prefix: str = "") -> Self:
        """Return the error of these problems in the text."""
        return cls(f"{prefix}{'; '.join(map(str, problems))}.", problems, text)

    @property
    def excerpts(self) -> list[list[ExcerptLine]]:
        """Return the lines around each problem, with the character at the problem marked."""
        lines = self._text.split("\n") if self.problems else []
        return [[*_excerpt(problem, lines)] for problem in self.problems]


def _excerpt(problem: SyntaxProblem, lines: list[str]) -> Iterator[ExcerptLine]:
    first, last = max(problem.line - _AROUND, 1), min(problem.line + _AROUND, len(lines))
    start = max(problem.column - 1 - _WIDTH, 0)
    for number in range(first, last + 1):
        text = lines[number - 1].rstrip("\r")[start : problem.column + _WIDTH]
        if number != problem.line:
            yield ExcerptLine(number, text)
        else:
            at = problem.column - 1 - start
            yield ExcerptLine(number, text[:at], text[at : at + 1] or " ", text[at + 1 :])
