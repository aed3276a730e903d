"""The layout of the outcome's diagram: a tree from the image to Regions to accounts.

A long tree is split between Regions into pages, so that printing breaks no line of text. Text that
is too long for the diagram is truncated; the table has all of it.
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

KindsAndTexts = list[tuple[str, str]]

WIDTH = 840
FIRST_HEIGHT, MAX_HEIGHT = 840, 1120  # fit an A4 page; the first is below the page's heading
LINE_HEIGHT, GAP = 22, 14
TRUNK_X, BOX_X, BOX_WIDTH, BOX_HEIGHT = 12, 34, 220, 44
FORK_X, LABEL_X = 274, 292
MAX_NAMES = 3  # of a group of names; "+1,533 more" represents the others
NO_BREAK_SPACE = "\u00a0"
BOX_EMS, LABEL_EMS, NAME_EMS = 15, 39, 28  # what fits into a box, a line, and of one name
MAX_TEXT = 400  # characters of a text that are measured at all


@dataclass(frozen=True, slots=True)
class Box:
    """A box for the image or a Region: its name, and below it its code."""

    x: int
    y: int
    title: str
    code: str
    width: int = BOX_WIDTH
    height: int = BOX_HEIGHT


@dataclass(frozen=True, slots=True)
class TreeLabel:
    """A line of text. The kind selects its mark: ``own``, ``copy``, ``image``, ``more`` or none."""

    y: int
    kind: str
    text: str
    x: int = LABEL_X


@dataclass(slots=True)
class TreePage:
    """A part of the tree; ``lines`` is the SVG path that connects its boxes and labels."""

    number: int
    height: int = 0
    boxes: list[Box] = field(default_factory=list)
    labels: list[TreeLabel] = field(default_factory=list)
    lines: str = ""
    width: int = WIDTH

    @property
    def max_height(self) -> int:
        """Return the height that the page may reach."""
        return FIRST_HEIGHT if self.number == 1 else MAX_HEIGHT

    def add(self, part: RegionForecast, texts: KindsAndTexts) -> None:
        """Add a Region below the others."""
        top = self.height
        middle = top + BOX_HEIGHT // 2
        first = middle if len(texts) == 1 else top + LINE_HEIGHT // 2
        self.boxes.append(Box(BOX_X, top, *_region_names(part)))
        self.lines += f"M{TRUNK_X} {middle}H{BOX_X}M{BOX_X + BOX_WIDTH} {middle}H{FORK_X}"
        for row, (kind, text) in enumerate(texts):
            y = first + row * LINE_HEIGHT
            self.labels.append(TreeLabel(y, kind, text))
            if kind:
                end = LABEL_X + 6 if kind == "more" else LABEL_X - 6
                self.lines += f"M{FORK_X} {middle}V{y}H{end}"
        self.height += height_of(texts)


def tree_pages(forecast: Forecast) -> list[TreePage]:
    """Return the tree in pages, to be shown one below the other; none without a Region."""
    pages: list[TreePage] = []
    for part in forecast.regions:
        texts = _label_texts(part)
        if not pages or pages[-1].height + height_of(texts) > pages[-1].max_height:
            pages.append(_new_page(len(pages) + 1, forecast.name))
        pages[-1].add(part, texts)
    for page in pages:
        start = BOX_HEIGHT if page.number == 1 else -GAP
        end = page.boxes[-1].y + BOX_HEIGHT // 2 if page is pages[-1] else page.height
        page.lines += f"M{TRUNK_X} {start}V{end}"
    return pages


def _new_page(number: int, name: str) -> TreePage:
    """Return an empty page; the first one has the image at its top."""
    if number > 1:
        return TreePage(number)
    image = Box(0, 0, truncate(name, BOX_EMS) or "No name yet", "one build")
    return TreePage(number, height=BOX_HEIGHT + GAP, boxes=[image])


def height_of(texts: KindsAndTexts) -> int:
    """Return the height of a Region with these labels."""
    return max(BOX_HEIGHT, len(texts) * LINE_HEIGHT) + GAP


def _region_names(part: RegionForecast) -> tuple[str, str]:
    if not part.region:
        return "No Region selected", f"Region {(part.index or 0) + 1}"
    return regions.names().get(part.region, "Unknown Region"), truncate(part.region, BOX_EMS)


def _label_texts(part: RegionForecast) -> KindsAndTexts:
    """Return kind and text of each line at a Region, at least one; a wrapped line has no kind."""
    texts = []
    if part.ami:
        ami = ", ".join(filter(None, ("AMI", sharing_label(part.ami.launch_permission))))
        built = " (built here)" if part.is_build_region else ""
        texts.append(("own", f"Your account: {ami}{built}"))
    if part.copies:
        copies = pluralize(len(part.copies), "copy", "copies")
        texts.append(("copy", f"{copies}: {_first_names(part.copies)}"))
    if part.image:
        names = _first_names(part.image.names)
        texts.append(("image", f"Your account: container image {names}"))
    if labels := change_labels(totals([part])):
        unbroken = (label.replace(" ", NO_BREAK_SPACE) for label in labels)
        texts.append(("more", ", ".join(unbroken)))
    return [
        ("" if row else kind, line)
        for kind, text in texts or [("more", "Nothing yet")]
        for row, line in enumerate(_wrap(text))
    ]


def _first_names(names: Sequence[str]) -> str:
    rest = len(names) - MAX_NAMES
    shown = [truncate(name, NAME_EMS) for name in names[:MAX_NAMES]]
    return ", ".join([*shown, *([f"+{rest:,}{NO_BREAK_SPACE}more"] if rest > 0 else [])])


def _wrap(text: str) -> list[str]:
    """Return the text in lines that fit the diagram."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and _ems(longer := f"{lines[-1]} {word}") <= LABEL_EMS:
            lines[-1] = longer
        else:
            lines.append(truncate(word, LABEL_EMS))
    return lines


def truncate(text: str, ems: float) -> str:
    """Return the text in one line, truncated to the width."""
    line = " ".join(text[:MAX_TEXT].split())
    ends = list(accumulate(map(_width, line)))
    if not ends or ends[-1] <= ems:
        return line
    return line[: bisect_right(ends, ems - 1)].rstrip() + "…"


def _ems(text: str) -> float:
    return sum(map(_width, text))


def _width(character: str) -> float:
    """Return the approximate width in ems."""
    if east_asian_width(character) in "WF":
        return 1.0
    if character in "MWmw@%":
        return 1.1
    return 0.7 if character.isupper() else 0.52
