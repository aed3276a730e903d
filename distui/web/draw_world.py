"""Draw ``static/world.svg`` from the country outlines of ``countryinfo``: ``make world``.

Land is drawn as dots; a run of adjacent dots is one dotted line. Pages use the file as a mask, so
that CSS sets its color. A test fails if this module would draw a different file.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from countryinfo import all_countries

from distui.core.reference.world_map import HEIGHT, WIDTH, Point, unproject

FILE = Path(__file__).parent.parent.parent / "static" / "world.svg"
_STEP = 4
_OFFSETS = (-1.3, 0.0, 1.3)  # each cell is sampled at nine points
_MIN_ON_LAND = 3  # a cell with fewer of its points on land is sea

Ring = list[Point]

# Rough outlines of countries that countryinfo lacks, as (longitude, latitude): without them the
# continents would have holes.
_MISSING: dict[str, Ring] = {
    "Hungary": [(16.2, 46.9), (17.1, 48), (20.5, 48.5), (22.8, 48), (21.2, 46.2), (18.8, 45.9)],
    "Serbia and Montenegro": [
        *[(18.9, 45.9), (20.3, 46.1), (22.6, 44.6), (22.9, 42.9), (20.2, 41.9), (18.5, 42.5)],
        (19.2, 43.6),
    ],
    "Myanmar": [
        *[(92.3, 20.8), (94, 23.9), (97.3, 28.3), (98.7, 25.8), (97.6, 24), (101.1, 21.6)],
        *[(98, 19.6), (97.7, 18.5), (98.9, 16.3), (99.2, 12), (98.5, 10), (97.8, 16.5)],
        *[(94.3, 15.9), (94.5, 17.6)],
    ],
}


def render_svg() -> str:
    """Return the SVG as text."""
    land = Land([*_rings(), *_MISSING.values()])
    runs = "".join(_runs(land))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<path d="{runs}" fill="none" stroke="#000" stroke-width="2.5" stroke-linecap="round"'
        f' stroke-dasharray="0 {_STEP}"/></svg>\n'
    )


def _rings() -> Iterator[Ring]:
    """Yield all outlines as (longitude, latitude); Antarctica is outside the map."""
    for country in all_countries():
        for feature in country.geo_json().get("features", ()):
            shape = feature["geometry"]
            is_multi = shape["type"] == "MultiPolygon"
            for polygon in shape["coordinates"] if is_multi else [shape["coordinates"]]:
                yield [(point[0], point[1]) for point in polygon[0]]


class Land:
    """Outlines with their bounding boxes, which rule out most outlines quickly."""

    def __init__(self, rings: list[Ring]) -> None:
        self.outlines = [(_bounding_box(ring), ring) for ring in rings]

    def contains(self, x: float, y: float) -> bool:
        """Return True if a point of the map is on land."""
        latitude, longitude = unproject(x, y)
        return any(
            west <= longitude <= east
            and south <= latitude <= north
            and _is_inside(longitude, latitude, ring)
            for (west, east, south, north), ring in self.outlines
        )


def _bounding_box(ring: Ring) -> tuple[float, float, float, float]:
    longitudes, latitudes = [point[0] for point in ring], [point[1] for point in ring]
    return min(longitudes), max(longitudes), min(latitudes), max(latitudes)


def _is_inside(x: float, y: float, ring: Ring) -> bool:
    """Return True if a ray from the point crosses the outline an odd number of times."""
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def _runs(land: Land) -> Iterator[str]:
    """Yield an SVG path for each run of adjacent dots in a row."""
    for y in range(_STEP // 2, HEIGHT, _STEP):
        row = [(x, _is_dot(land, x, y)) for x in range(_STEP // 2, WIDTH, _STEP)]
        for on_land, run in groupby(row, key=lambda cell: cell[1]):
            columns = [x for x, _ in run]
            if on_land:
                yield f"M{columns[0]} {y}h{columns[-1] - columns[0]}"


def _is_dot(land: Land, x: int, y: int) -> bool:
    samples = (land.contains(x + dx, y + dy) for dy in _OFFSETS for dx in _OFFSETS)
    return sum(samples) >= _MIN_ON_LAND


if __name__ == "__main__":
    FILE.write_text(render_svg(), encoding="utf-8")
