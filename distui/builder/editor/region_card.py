"""A Region on the editor's page: its card, and its link in the outline."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from distui.builder.forms.locations import region_label
from distui.core import Severity
from distui.core.reference import regions
from distui.core.text.pluralize import severity_count


@dataclass(frozen=True, slots=True)
class RegionCard:
    """One Region: a summary if it is closed, its form if it is open.

    ``counts`` are the numbers of its errors, warnings and suggestions.
    """

    index: int
    count: int = field(compare=False)
    region: str
    labels: tuple[str, ...]
    counts: tuple[int, int, int]
    open: bool

    @property
    def severity_counts(self) -> list[tuple[Severity, str]]:
        """Return the numbers of findings with their nouns, the most severe first."""
        counts = zip(Severity, self.counts, strict=True)
        return [(severity, severity_count(severity, count)) for severity, count in counts if count]

    @property
    def number(self) -> int:
        """Return its place, counted from one."""
        return self.index + 1

    @property
    def pointer(self) -> str:
        """Return the pointer of its distribution."""
        return f"/distributions/{self.index}"

    @property
    def id(self) -> str:
        """Return the card's HTML id."""
        return f"distributions-{self.index}"

    @property
    def name(self) -> str:
        """Return the Region's name, "" if it is not known."""
        return regions.names().get(self.region, "")

    @property
    def title(self) -> str:
        """Return the Region's code, or its number if it has none."""
        return region_label(self.region, self.index)

    @property
    def aria_label(self) -> str:
        """Return a name that is unique on the page, also if a Region is there twice."""
        return f"Region {self.number}: {self.region}" if self.region else f"Region {self.number}"

    @property
    def outline_label(self) -> str:
        """Return the name of its link in the outline, which shows findings as numbers."""
        shown = [text for severity, text in self.severity_counts if severity is not Severity.INFO]
        return ", ".join([self.title, *shown])

    @property
    def heading(self) -> str:
        """Return the Region's name, or why there is none."""
        return self.name or ("Unknown Region" if self.region else "Select a Region")

    @property
    def closed_html(self) -> SafeString:
        """Return the closed card."""
        return _render_card("builder/editor/regions/_closed_region.html", self)

    @property
    def outline_html(self) -> SafeString:
        """Return the link in the outline."""
        return _render_card("builder/editor/_outline_link.html", self)


@lru_cache(maxsize=2048)
def _render_card(template: str, card: RegionCard) -> SafeString:
    """Render a card; most Regions say what they said on the page before."""
    return render_to_string(template, {"card": card})
