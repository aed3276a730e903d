"""Copy a Region to other Regions, add Regions, or apply a section or one value to others.

All functions return a new state and change nothing that they are given. A KMS key is adjusted if
its ARN in the other Region is known: a multi-Region key keeps its ID, an alias its name. Other
Region-specific values are copied as they are, and the rules report them in the copies.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from distui.builder.copying.source import Source, for_region, region_code, replaced
from distui.builder.state.draft_state import DraftState
from distui.builder.state.errors import InvalidPointer
from distui.core.schema import shapes


def copy_region(state: DraftState, index: int, selected: Iterable[str]) -> DraftState:
    """Insert a copy after the source for each selected Region that the draft does not have.

    Raises ``InvalidPointer``.
    """
    source = Source.at(state, f"/distributions/{index}")
    items = state["distributions"]
    blank = {"region": ""} | source.distribution
    copies = [for_region(blank | {"region": code}, code) for code in _new(state, selected)]
    after = index + 1
    return state | {"distributions": [*items[:after], *copies, *items[after:]]}


def add_regions(state: DraftState, selected: Iterable[str]) -> DraftState:
    """Add the selected Regions that the draft does not have, without content."""
    items = state.get("distributions", ())
    new = [{"region": code} for code in _new(state, selected)]
    return state | {"distributions": [*items, *new]}


def _new(state: DraftState, selected: Iterable[str]) -> list[str]:
    existing = {*map(region_code, state.get("distributions", ()))}
    return [region for region in dict.fromkeys(selected) if region not in existing]


def apply_value(state: DraftState, place: str, indexes: Sequence[int]) -> DraftState:
    """Give other distributions what the one at the pointer has there: a section or one value.

    Raises ``InvalidPointer``.
    """
    source, shape = Source.at(state, place), shapes.shape("Distribution")
    items = [*state["distributions"]]
    for index in indexes:
        if not source.path or not 0 <= index < len(items):
            raise InvalidPointer(place)
        if index != source.index:
            value = source.value_for(region_code(items[index]))
            items[index] = replaced(items[index], source.path, value, shape)
    return state | {"distributions": items}
