"""A flat world map, 720 units wide, and non-overlapping positions of the Regions on it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from distui.core.reference.geography import locations
from distui.core.reference.regions import partitions

Point = tuple[float, float]

WIDTH, HEIGHT = 720, 318
# WCAG's minimum target size of 24 pixels, if the map is rendered at least 640 pixels wide.
MIN_DISTANCE = 27.0
_WEST, _NORTH = -170.0, 76.0
_UNITS_PER_DEGREE = WIDTH / 360
_ITERATIONS = 400
_GROWING = 200  # iterations in which the distance grows and points are pulled back


def project(latitude: float, longitude: float) -> Point:
    """Return the point of a location in Miller's projection, which enlarges Europe."""
    x = (longitude - _WEST) % 360 * _UNITS_PER_DEGREE
    return x, (_miller(_NORTH) - _miller(latitude)) * _UNITS_PER_DEGREE


def unproject(x: float, y: float) -> Point:
    """Return the latitude and longitude of a point."""
    height = math.radians(_miller(_NORTH) - y / _UNITS_PER_DEGREE)
    latitude = math.degrees(2.5 * (math.atan(math.exp(0.8 * height)) - math.pi / 4))
    return latitude, (x / _UNITS_PER_DEGREE + _WEST + 180) % 360 - 180


def _miller(latitude: float) -> float:
    return math.degrees(1.25 * math.log(math.tan(math.pi / 4 + 0.4 * math.radians(latitude))))


@cache
def dot_positions(partition: str) -> Mapping[str, Point]:
    """Return the position of each Region's dot: near its location, apart from all others."""
    known = locations()
    regions = [region for region in partitions()[partition] if region in known]
    origins = [project(known[region].latitude, known[region].longitude) for region in regions]
    return MappingProxyType(dict(zip(regions, spread(origins), strict=True)))


def spread(points: Iterable[Point], distance: float = MIN_DISTANCE) -> list[Point]:
    """Move the points as little as possible until all are ``distance`` apart.

    The distance grows slowly and each point is pulled back towards its origin, so that neighbors
    keep their order: Milan stays south of Zurich.
    """
    origins = list(points)
    current = list(origins)
    for step in range(_ITERATIONS):
        _push_apart(current, min(distance, distance * step / _GROWING))
        if step < _GROWING:
            current = [_pull_back(point, to) for point, to in zip(current, origins, strict=True)]
    return [(round(x, 1), round(y, 1)) for x, y in current]


def _push_apart(points: list[Point], distance: float) -> None:
    """Move each pair that is too close away from each other, half of the way each."""
    for one in range(len(points)):
        for other in range(one):
            (ax, ay), (bx, by) = points[one], points[other]
            actual = math.dist(points[one], points[other])
            if actual < distance:
                # Two points at the same place move sideways.
                dx, dy = (ax - bx, ay - by) if actual else (1.0, 0.0)
                half = (distance - actual) / (actual or 1.0) / 2
                points[one] = (ax + dx * half, ay + dy * half)
                points[other] = (bx - dx * half, by - dy * half)


def _pull_back(point: Point, origin: Point) -> Point:
    (x, y), (origin_x, origin_y) = point, origin
    return x + (origin_x - x) * 0.05, y + (origin_y - y) * 0.05
