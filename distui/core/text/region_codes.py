"""Messages for unknown Region codes, with the code that was probably intended."""

from __future__ import annotations

from collections.abc import Iterable

from distui.core.reference import regions
from distui.core.text.characters import quoted


def check_region_code(text: str, extra: Iterable[str] = ()) -> tuple[str, str]:
    """Return a message and the code to use instead; both are ``""`` for a known code.

    ``extra`` are codes that the installed SDK does not list.
    """
    if text in regions.names() or text in extra:
        return "", ""
    if zone := regions.region_of_zone(text):
        return f"{text} is an Availability Zone. Use its Region, {zone}.", zone
    if exact := regions.find_region(text, extra):
        return f"{quoted(text)} must be written as {exact}.", exact
    if near := regions.nearest_region(text, extra):
        place = regions.place_of(near)
        label = f"{near} ({place})" if place else near
        return f"Unknown Region {quoted(text)}. Did you mean {label}?", near
    return f"Unknown Region {quoted(text)}.", ""
