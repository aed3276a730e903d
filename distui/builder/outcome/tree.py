"""The outcome as a tree, image to Regions to accounts: where its boxes, lines and labels are drawn.

A long tree is cut between Regions into sheets, so that a printed page breaks no line of text. What
is too long for the picture is cut short; the table beside it says everything.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from unicodedata import east_asian_width

from distui.builder.outcome.summary import change_labels, sharing_label
from distui.core.forecast import Forecast, RegionForecast, totals
from distui.core.reference import regions
from distui.core.text.pluralize import pluralize

Texts = list[tuple[str, str]]

WIDTH = 840
FIRST, TALLEST = 840, 1120  # heights of sheets that fit an A4 page, the first below the page's head
LINE, GAP = 22, 14
TRUNK, BOX, BOX_WIDTH, BOX_HEIGHT = 12, 34, 220, 44
FORK, LEAF = 274, 292
NAMED = 3  # of a group: "+1,533 more" stands for the rest
UNBROKEN = "\u00a0"
BOX_EMS, LEAF_EMS, NAME_EMS = 15, 39, 28  # what fits into a box, a line, and of one name
MOST = 400  # characters: of a longer text the rest is not even looked at


@dataclass(frozen=True, slots=True)
class Box:
    """The image or a Region: its name, and its code below."""

    x: int
    y: int
    title: str
    code: str
    width: int = BOX_WIDTH
    height: int = BOX_HEIGHT


@dataclass(frozen=True, slots=True)
class TreeLabel:
    """A line of text. Its kind, ``own``, ``copy``, ``image``, ``more`` or none, makes its mark."""

    y: int
    kind: str
    text: str
    x: int = LEAF


@dataclass(slots=True)
class TreePage:
    """A part of the tree; ``lines`` is the path that connects what is on it."""

    number: int
    height: int = 0
    boxes: list[Box] = field(default_factory=list)
    leaves: list[TreeLabel] = field(default_factory=list)
    lines: str = ""
    width: int = WIDTH

    @property
    def tallest(self) -> int:
        """How high it may become."""
        return FIRST if self.number == 1 else TALLEST

    def add(self, part: RegionForecast, texts: Texts) -> None:
        """Draw a Region below the others."""
        top = self.height
        middle = top + BOX_HEIGHT // 2
        first = middle if len(texts) == 1 else top + LINE // 2
        self.boxes.append(Box(BOX, top, *_names(part)))
        self.lines += f"M{TRUNK} {middle}H{BOX}M{BOX + BOX_WIDTH} {middle}H{FORK}"
        for row, (kind, text) in enumerate(texts):
            y = first + row * LINE
            self.leaves.append(TreeLabel(y, kind, text))
            if kind:
                end = LEAF + 6 if kind == "more" else LEAF - 6
                self.lines += f"M{FORK} {middle}V{y}H{end}"
        self.height += height_of(texts)


def tree_pages(found: Forecast) -> list[TreePage]:
    """The tree in parts that stand one below the other; none where there is no Region."""
    drawn: list[TreePage] = []
    for part in found.regions:
        texts = _leaves(part)
        if not drawn or drawn[-1].height + height_of(texts) > drawn[-1].tallest:
            drawn.append(_begun(len(drawn) + 1, found.name))
        drawn[-1].add(part, texts)
    for sheet in drawn:
        begin = BOX_HEIGHT if sheet.number == 1 else -GAP
        last = sheet.boxes[-1].y + BOX_HEIGHT // 2
        sheet.lines += f"M{TRUNK} {begin}V{last if sheet is drawn[-1] else sheet.height}"
    return drawn


def _begun(number: int, name: str) -> TreePage:
    """A new sheet; the first one has the image at its top."""
    if number > 1:
        return TreePage(number)
    image = Box(0, 0, cut(name, BOX_EMS) or "No name yet", "the image of one build")
    return TreePage(number, height=BOX_HEIGHT + GAP, boxes=[image])


def height_of(texts: Texts) -> int:
    """How much of a sheet a Region with these lines takes."""
    return max(BOX_HEIGHT, len(texts) * LINE) + GAP


def _names(part: RegionForecast) -> tuple[str, str]:
    if not part.region:
        return "No Region chosen", f"Region {part.index + 1}"
    return regions.names().get(part.region, "Unknown Region"), cut(part.region, BOX_EMS)


def _leaves(part: RegionForecast) -> Texts:
    """Kind and text of each line at a Region, at least one; what goes on has no kind."""
    said = []
    if part.ami:
        ami = ", ".join(filter(None, ("AMI", sharing_label(part.ami.launch_permission))))
        said.append(("own", f"Your own account: {ami}"))
    if part.copies:
        copies = pluralize(len(part.copies), "copy", "copies")
        said.append(("copy", f"{copies}: {_named(part.copies)}"))
    if part.image:
        said.append(("image", f"Your own account: container image {_named(part.image.names)}"))
    if labels := change_labels(totals([part])):
        said.append(("more", ", ".join(label.replace(" ", UNBROKEN) for label in labels)))
    return [
        ("" if row else kind, line)
        for kind, text in said or [("more", "Nothing yet")]
        for row, line in enumerate(_wrapped(text))
    ]


def _named(names: Sequence[str]) -> str:
    """The first few, and how many more."""
    rest = len(names) - NAMED
    shown = [cut(name, NAME_EMS) for name in names[:NAMED]]
    return ", ".join([*shown, *([f"+{rest:,}{UNBROKEN}more"] if rest > 0 else [])])


def _wrapped(text: str) -> list[str]:
    """The text in lines that fit."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and _ems(longer := f"{lines[-1]} {word}") <= LEAF_EMS:
            lines[-1] = longer
        else:
            lines.append(cut(word, LEAF_EMS))
    return lines


def cut(text: str, ems: float) -> str:
    """The text in one line, as much of it as fits into the width."""
    line = " ".join(text[:MOST].split())
    ends = list(accumulate(map(_width, line)))
    if not ends or ends[-1] <= ems:
        return line
    return line[: bisect_right(ends, ems - 1)].rstrip() + "…"


def _ems(text: str) -> float:
    return sum(map(_width, text))


def _width(character: str) -> float:
    if east_asian_width(character) in "WF":
        return 1.0
    if character in "MWmw@%":
        return 1.1
    return 0.7 if character.isupper() else 0.52
