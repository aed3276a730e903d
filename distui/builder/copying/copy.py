"""A Region copied to others, and a section of it applied to others: what follows and what can't.

All of it is from state to new state; nothing given is changed. A KMS key follows where its ARN in
the other Region is known: a multi-Region key keeps its id, an alias its name. What else is bound to
a Region stays as it is, and the rules say so where it stands.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from distui.builder.changes.edits import InvalidPointer
from distui.builder.state.draft_state import DraftState
from distui.core.pointers import pointer, tokens
from distui.core.reference import arns, regions
from distui.core.schema import shapes

Json = dict[str, Any]

_CODE = re.compile(r"[a-z]+(-[a-z0-9]+)+", re.ASCII)
_AMI = "amiDistributionConfiguration"


@dataclass(frozen=True, slots=True)
class Source:
    """What is copied: the distribution of that index, or the member of it that is named."""

    index: int
    member: str
    distribution: Json

    @classmethod
    def at(cls, state: DraftState, place: str) -> Source:
        """The source at ``/distributions/2`` or ``/distributions/2/<member>``.

        Raises ``InvalidPointer`` where nothing stands there, and for the region itself.
        """
        path = tokens(place) if place.startswith("/") else ()
        items = state.get("distributions", [])
        if len(path) not in (2, 3) or path[0] != "distributions" or not _is_index(path[1], items):
            raise InvalidPointer(place)
        distribution = items[int(path[1])]
        member = path[2] if len(path) == 3 else ""
        if len(path) == 3 and (member == "region" or member not in distribution):
            raise InvalidPointer(place)
        return cls(int(path[1]), member, distribution)

    @property
    def pointer(self) -> str:
        """Where it stands."""
        place = ("distributions", self.index)
        return pointer((*place, self.member) if self.member else place)

    @property
    def region(self) -> str:
        """The Region that it is written for."""
        return region_code(self.distribution)

    @property
    def part(self) -> Json:
        """What of the distribution is copied."""
        if not self.member:
            return self.distribution
        return {self.member: self.distribution[self.member]}


def copy_region(state: DraftState, index: int, chosen: Iterable[str]) -> DraftState:
    """The state with one more distribution for each Region that has none yet, after the source.

    Raises ``InvalidPointer``.
    """
    source = Source.at(state, f"/distributions/{index}")
    items = state["distributions"]
    there = {region_code(item) for item in items}
    new = [region for region in dict.fromkeys(chosen) if region not in there]
    blank = {"region": ""} | source.distribution
    copies = [_fitted(blank | {"region": region}, region) for region in new]
    after = index + 1
    return state | {"distributions": [*items[:after], *copies, *items[after:]]}


def apply_section(state: DraftState, place: str, indexes: Sequence[int]) -> DraftState:
    """The state with the section at that pointer in place of that of the other distributions.

    A key in it follows to each of them. Raises ``InvalidPointer``.
    """
    source = Source.at(state, place)
    items = list(state["distributions"])
    for index in indexes:
        if not source.member or not _is_index(str(index), items):
            raise InvalidPointer(place)
        if index != source.index:
            items[index] = _with(items[index], source.part)
    return state | {"distributions": items}


def _with(distribution: Json, section: Json) -> Json:
    both = distribution | _fitted(section, region_code(distribution))
    order = [name for name in shapes.shape("Distribution").members if name in both]
    return {name: both[name] for name in dict.fromkeys((*order, *both))}


def region_code(distribution: Json) -> str:
    """The distribution's Region without case and spaces, empty where it has none."""
    return str(distribution.get("region", "")).strip().lower()


def _fitted(part: Json, region: str) -> Json:
    """A copy of a distribution or of members of it, with the key that is known for the Region."""
    fitted = copy.deepcopy(part)
    if isinstance(key := fitted.get(_AMI, {}).get("kmsKeyId"), str):
        fitted[_AMI]["kmsKeyId"] = key_for_region(region, key)
    return fitted


def key_for_region(region: str, key: str) -> str:
    """The key's ARN in the Region where one can be told, else the key as it is."""
    arn = arns.parse(key)
    if not arn or arn.service != "kms" or not _follows(arn) or not _CODE.fullmatch(region):
        return key
    partition = regions.partition_of(region) or arn.partition
    return ":".join(("arn", partition, "kms", region, arn.account, arn.resource))


def _follows(arn: arns.Arn) -> bool:
    return arn.resource.startswith(("key/mrk-", "alias/"))


def _is_index(token: str, items: Sequence[Any]) -> bool:
    plain = token.isascii() and token.isdigit() and len(token) < 6
    return plain and int(token) < len(items)


@dataclass(frozen=True, slots=True)
class RegionalValue:
    """A value that belongs to one Region: its name, and what becomes of it in others.

    ``follows`` says that another Region's is known.
    """

    name: str
    fate: str
    follows: bool = False


def regional_values(part: Json) -> list[RegionalValue]:
    """What of a distribution, or of members of it, belongs to one Region."""
    return [*_keys(part), *_licences(part), *_templates(part), *_buckets(part)]


def _keys(part: Json) -> Iterator[RegionalValue]:
    arn = arns.parse(str(part.get(_AMI, {}).get("kmsKeyId", "")))
    if not arn or arn.service != "kms":
        return
    kind, _, name = arn.resource.partition("/")
    if kind == "alias":
        fate = "becomes the alias of that name in each Region, where it has to exist."
        yield RegionalValue(f"KMS alias {name}", fate, follows=True)
    elif _follows(arn):
        fate = "keeps its id: each Region names its own replica, which has to exist."
        yield RegionalValue(f"Multi-Region KMS key {name}", fate, follows=True)
    else:
        yield RegionalValue(f"KMS key {name}", _fate("exists", "an error", "you replace it"))


def _licences(part: Json) -> Iterator[RegionalValue]:
    names = [text.rpartition(":")[2] for text in part.get("licenseConfigurationArns", [])]
    yield from _named("licence configuration", names, "an error", "you replace it or leave it out")


def _templates(part: Json) -> Iterator[RegionalValue]:
    rows = [
        *part.get("launchTemplateConfigurations", []),
        *[row.get("launchTemplate", {}) for row in part.get("fastLaunchConfigurations", [])],
    ]
    names = [row["launchTemplateId"] for row in rows if row.get("launchTemplateId")]
    yield from _named("launch template", names, "a warning", "you replace it")


def _buckets(part: Json) -> Iterator[RegionalValue]:
    bucket = part.get("s3ExportConfiguration", {}).get("s3Bucket", "")
    yield from _named("bucket", [bucket] if bucket else [], "a warning", "you replace it")


def _named(kind: str, names: list[str], what: str, until: str) -> Iterator[RegionalValue]:
    """One value by its name, several by their number."""
    several = dict.fromkeys(names)
    if len(several) == 1:
        yield RegionalValue(
            f"{kind.capitalize()} {next(iter(several))}", _fate("exists", what, until)
        )
    elif several:
        yield RegionalValue(f"{len(several)} {kind}s", _fate("each exist", what, until))


def _fate(exists: str, what: str, until: str) -> str:
    return f"{exists} in one Region only: {what} elsewhere, until {until}."
