"""Locations of Regions, opt-in Regions and the world map."""

from __future__ import annotations

import math
from itertools import combinations

import pytest

from distui.core.reference import geography, regions, world_map

OPT_IN = [
    "af-south-1",
    *["ap-east-1", "ap-east-2", "ap-south-2"],
    *[f"ap-southeast-{number}" for number in (3, 4, 5, 6, 7)],
    "ca-west-1",
    *["eu-central-2", "eu-south-1", "eu-south-2"],
    *["il-central-1", "me-central-1", "me-south-1"],
    "mx-central-1",
]


def test_every_region_has_a_location() -> None:
    assert [*geography.locations()] == [*regions.names()]


def test_opt_in_regions_launched_after_march_2019() -> None:
    assert [region for region in regions.names() if geography.is_opt_in(region)] == OPT_IN


def test_an_unknown_region_is_not_opt_in() -> None:
    assert not geography.is_opt_in("xx-new-1")
    assert not geography.is_opt_in("")


def test_locations_are_on_the_map() -> None:
    for location in geography.locations().values():
        x, y = world_map.project(location.latitude, location.longitude)
        assert 0 < x < world_map.WIDTH
        assert 0 < y < world_map.HEIGHT


@pytest.mark.parametrize("point", [(0.0, 0.0), (59.3, 18.1), (-41.0, 174.8), (21.0, -157.8)])
def test_unproject_inverts_project(point: tuple[float, float]) -> None:
    assert world_map.unproject(*world_map.project(*point)) == pytest.approx(point)


@pytest.mark.parametrize("partition", regions.partitions())
def test_dots_are_apart_and_near_their_locations(partition: str) -> None:
    dots = world_map.dot_positions(partition)
    assert [*dots] == [*regions.partitions()[partition]]
    for one, other in combinations(dots.values(), 2):
        assert math.dist(one, other) > world_map.MIN_DISTANCE - 0.2
    for region, (x, y) in dots.items():
        location = geography.locations()[region]
        assert math.dist((x, y), world_map.project(location.latitude, location.longitude)) < 24
        assert 13 <= x <= world_map.WIDTH - 13
        assert 13 <= y <= world_map.HEIGHT - 13


@pytest.mark.parametrize(
    ("south", "north"),
    [("eu-south-1", "eu-central-2"), ("eu-central-2", "eu-central-1"), ("eu-west-3", "eu-west-2")],
)
def test_neighbors_keep_their_order(south: str, north: str) -> None:
    assert world_map.dot_positions("aws")[south][1] > world_map.dot_positions("aws")[north][1]


def test_points_at_the_same_place_move_apart() -> None:
    one, other = world_map.spread([(50.0, 50.0), (50.0, 50.0)])
    assert math.dist(one, other) == pytest.approx(world_map.MIN_DISTANCE, abs=0.2)
