"""The outcome as a table: a row for each thing that is made or changed, Region by Region."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from distui.core.forecast import (
    Ami,
    ContainerImage,
    Export,
    FastLaunch,
    Forecast,
    LaunchPermission,
    License,
    Parameter,
    RegionForecast,
    TemplateVersion,
)
from distui.core.reference import regions
from distui.core.text.pluralize import pluralize


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says, or a part of it: words, then the names and ids that they are of.

    ``vague`` is what the document does not say, ``warning`` what everybody should notice.
    """

    text: str = ""
    codes: tuple[str, ...] = ()
    vague: bool = False
    warning: bool = False


@dataclass(frozen=True, slots=True)
class Detail:
    """What is said under a label."""

    label: str
    said: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One thing, or several that differ in nothing but their account."""

    what: str
    account: Cell
    name: Cell
    facts: tuple[Detail, ...]


@dataclass(frozen=True, slots=True)
class RegionRows:
    """The rows of one Region, ``index`` being its place in the document."""

    index: int
    region: str
    rows: tuple[Row, ...]

    @property
    def name(self) -> str:
        """The Region's name, empty where it is not known."""
        return regions.names().get(self.region, "")


def region_rows(found: Forecast) -> list[RegionRows]:
    """The table."""
    return [
        RegionRows(part.index, part.region, tuple(_rows(part, found.build_date)))
        for part in found.regions
    ]


def _rows(part: RegionForecast, build_date: str) -> Iterator[Row]:
    if part.ami:
        yield from _amis(part.ami, part.copies, build_date)
    if part.image:
        yield _image(part.image)
    yield from map(_template, part.templates)
    yield from map(_parameter, part.parameters)
    yield from map(_fast_launch, part.fast_launch)
    yield from map(_licence, part.licenses)
    if part.export:
        yield _export(part.export)
    if part.unused:
        why = Detail("Why", (Cell("for AMIs, and a container image alone comes to this Region"),))
        yield Row("Without effect", Cell("None"), Cell(codes=part.unused), (why,))


def _amis(ami: Ami, copies: tuple[str, ...], build_date: str) -> Iterator[Row]:
    name = Cell("The image's name and", (build_date,))
    if ami.name:
        name = Cell(codes=(ami.name,))
    key = Detail("Key", (_code(ami.key, "not set: the image's own, or the EBS default"),))
    launchers = Detail("May launch", tuple(_launchers(ami.launch_permission)))
    yield Row("AMI", _account(""), name, (key, launchers))
    if copies:
        what = f"{pluralize(len(copies), 'copy', 'copies')} of the AMI"
        launchers = Detail("May launch", (Cell("the account that owns it"),))
        yield Row(what, Cell(codes=copies), name, (key, launchers))


def _launchers(who: LaunchPermission) -> Iterator[Cell]:
    if who.private:
        yield Cell("your own account alone")
    if who.public:
        yield Cell("everyone: the AMI is public", warning=True)
    for names, word in (
        (who.accounts, "account"),
        (who.organizations, "organization"),
        (who.units, "organizational unit"),
    ):
        if names:
            yield Cell(pluralize(len(names), word), names)


def _image(image: ContainerImage) -> Row:
    name = Cell(codes=image.names) if image.repository else _code("", "No repository yet")
    tags = Cell(codes=image.tags) if image.tags else _code("", "none given")
    facts = (Detail("Registry", (Cell("ECR"),)), Detail("Tags", (tags,)))
    return Row("Container image", _account(""), name, facts)


def _template(row: TemplateVersion) -> Row:
    said = "the new version" if row.becomes_default else "stays as it is"
    default = Cell(said if row.explicit else f"{said}, since nothing is set")
    name = _code(row.template, "No template yet")
    return Row(
        "Launch template version", _account(row.account), name, (Detail("Default", (default,)),)
    )


def _parameter(row: Parameter) -> Row:
    facts = (
        Detail("Holds", (Cell("the AMI's id"),)),
        Detail("Data type", (_code(row.data_type, "not set"),)),
    )
    return Row("SSM parameter", _account(row.account), _code(row.name, "No name yet"), facts)


def _fast_launch(row: FastLaunch) -> Row:
    enabled = {True: "yes", False: "no, so no action is taken", None: "not chosen yet"}
    facts = [Detail("Enabled", (Cell(enabled[row.enabled]),))]
    if row.snapshots is not None:
        facts.append(Detail("Snapshots", (Cell(f"{row.snapshots:,} kept ready"),)))
    if row.parallel is not None:
        facts.append(Detail("At once", (Cell(f"{row.parallel:,} launches at most"),)))
    name = _code("", "From EC2's own template")
    if row.template:
        version = f"From version {row.version} of" if row.version else "From"
        name = Cell(version, (row.template,))
    return Row("Fast launch", _account(row.account), name, tuple(facts))


def _licence(row: License) -> Row:
    facts = (Detail("Attached to", (Cell("the AMI"),)),)
    return Row("License", _code(row.account, "Not known"), Cell(codes=(row.arn,)), facts)


def _export(row: Export) -> Row:
    place = f"s3://{row.bucket}/{row.prefix}" if row.bucket else ""
    facts = (
        Detail("Format", (_code(row.format, "not set"),)),
        Detail("Role", (_code(row.role, "not set"),)),
    )
    return Row("VM export", _account(""), _code(place, "No bucket yet"), facts)


def _account(account: str) -> Cell:
    return Cell(codes=(account,)) if account else Cell("Your own account")


def _code(name: str, otherwise: str) -> Cell:
    return Cell(codes=(name,)) if name else Cell(otherwise, vague=True)
