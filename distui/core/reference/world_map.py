"""The world as a flat map of 720 units' width, and the Regions on it, none hiding another."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache

from distui.core.reference.geography import locations
from distui.core.reference.regions import partitions

Point = tuple[float, float]

WIDTH, HEIGHT = 720, 318
# A target of 24 pixels, WCAG's smallest, where the map is drawn 640 pixels wide or wider.
APART = 27.0
_WEST, _NORTH = -170.0, 76.0
_UNITS = WIDTH / 360
_ROUNDS, _SETTLING = 400, 200


def project(latitude: float, longitude: float) -> Point:
    """The point of a place, by Miller's projection: Europe is larger on it than it is."""
    x = (longitude - _WEST) % 360 * _UNITS
    return x, (_miller(_NORTH) - _miller(latitude)) * _UNITS


def unproject(x: float, y: float) -> Point:
    """The latitude and longitude of a point."""
    raised = math.radians(_miller(_NORTH) - y / _UNITS)
    latitude = math.degrees(2.5 * (math.atan(math.exp(0.8 * raised)) - math.pi / 4))
    return latitude, (x / _UNITS + _WEST + 180) % 360 - 180


def _miller(latitude: float) -> float:
    return math.degrees(1.25 * math.log(math.tan(math.pi / 4 + 0.4 * math.radians(latitude))))


@cache
def dot_positions(partition: str) -> dict[str, Point]:
    """Where each Region of the partition is drawn: near its place, ``APART`` from every other."""
    known = locations()
    regions = [region for region in partitions()[partition] if region in known]
    true = [project(known[region].latitude, known[region].longitude) for region in regions]
    return dict(zip(regions, spread(true), strict=True))


def spread(points: Iterable[Point], apart: float = APART) -> list[Point]:
    """The points moved as little as makes each lie ``apart`` from all others.

    The distance grows slowly and every point is drawn back to where it was, so that neighbours keep
    their sides: Milan stays south of Zurich.
    """
    true = list(points)
    now = list(true)
    growing = _ROUNDS - _SETTLING
    for turn in range(_ROUNDS):
        _push(now, min(apart, apart * turn / growing))
        if turn < growing:
            now = [_between(point, home) for point, home in zip(now, true, strict=True)]
    return [(round(x, 1), round(y, 1)) for x, y in now]


def _push(points: list[Point], apart: float) -> None:
    """Push each pair that is closer than that away from each other, half the way each."""
    for one in range(len(points)):
        for other in range(one):
            (ax, ay), (bx, by) = points[one], points[other]
            distance = math.dist(points[one], points[other])
            if distance < apart:
                # Two at one place part sideways.
                dx, dy = (ax - bx, ay - by) if distance else (1.0, 0.0)
                half = (apart - distance) / (distance or 1.0) / 2
                points[one] = (ax + dx * half, ay + dy * half)
                points[other] = (bx - dx * half, by - dy * half)


def _between(point: Point, home: Point) -> Point:
    (x, y), (home_x, home_y) = point, home
    return x + (home_x - x) * 0.05, y + (home_y - y) * 0.05
