"""The outcome as a table: a row for each resource that is created or changed, by Region."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

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
    """The content of a cell, or a part of it: a text, then names and IDs.

    With ``is_unset``, the text describes a default of AWS; with ``is_warning``,
    it is shown as a warning.
    """

    text: str = ""
    codes: tuple[str, ...] = ()
    is_unset: bool = False
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class Detail:
    """A label and its values."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One resource, or several that differ only in their account."""

    resource: str
    account: Cell
    name: Cell
    details: tuple[Detail, ...]


@dataclass(frozen=True, slots=True)
class RegionRows:
    """The rows of one Region, which has that index in the document, or None if it is not there.

    ``more`` rows are left out.
    """

    index: int | None
    region: str
    is_build_region: bool
    rows: tuple[Row, ...]
    more: int = 0

    @property
    def name(self) -> str:
        """Return the Region's name; ``""`` if the Region is unknown."""
        return regions.names().get(self.region, "")


def region_rows(forecast: Forecast, *, most: int | None = None) -> list[RegionRows]:
    """Return the rows of the table, grouped by Region, ``most`` of each Region."""
    found = []
    for part in forecast.regions:
        rows = tuple(islice(_rows(part, forecast.build_date), most))
        more = _row_count(part) - len(rows)
        found.append(RegionRows(part.index, part.region, part.is_build_region, rows, more))
    return found


def _row_count(part: RegionForecast) -> int:
    """Return the number of rows without making them: fast launch can have thousands."""
    single = (part.ami, part.ami and part.copies, part.image, part.export, part.unused)
    lists = (part.templates, part.parameters, part.fast_launch, part.licenses)
    return sum(map(bool, single)) + sum(map(len, lists))


def _rows(part: RegionForecast, build_date: str) -> Iterator[Row]:
    if part.ami:
        yield from _amis(part.ami, part, build_date)
    if part.image:
        yield _image(part.image)
    yield from map(_template, part.templates)
    yield from map(_parameter, part.parameters)
    yield from map(_fast_launch, part.fast_launch)
    yield from map(_license, part.licenses)
    if part.export:
        yield _export(part.export)
    if part.unused:
        reason = Cell("applies to AMIs, and this Region gets only a container image")
        yield Row(
            "No effect", Cell("None"), Cell(codes=part.unused), (Detail("Reason", (reason,)),)
        )


def _amis(ami: Ami, part: RegionForecast, build_date: str) -> Iterator[Row]:
    copies = part.copies
    name = Cell("Image name and", (build_date,))
    if ami.name:
        name = Cell(codes=(ami.name,))
    key = Detail("KMS key", (_code(ami.key, "not set: the source image's key or the EBS default"),))
    shared_with = Detail("Shared with", tuple(_shared_with(ami.launch_permission)))
    own_key = Detail("KMS key", (_code("", "set in the recipe"),)) if part.is_build_region else key
    yield Row("AMI", _account(""), name, (own_key, shared_with))
    if copies:
        resource = pluralize(len(copies), "AMI copy", "AMI copies")
        shared_with = Detail("Shared with", (Cell("no one"),))
        yield Row(resource, Cell(codes=copies), name, (key, shared_with))


def _shared_with(permission: LaunchPermission) -> Iterator[Cell]:
    if permission.private:
        yield Cell("no one")
    if permission.public:
        yield Cell("everyone (public)", is_warning=True)
    for names, word in (
        (permission.accounts, "account"),
        (permission.organizations, "organization"),
        (permission.units, "organizational unit"),
    ):
        if names:
            yield Cell(pluralize(len(names), word), names)


def _image(image: ContainerImage) -> Row:
    name = Cell(codes=image.names) if image.repository else _code("", "No repository yet")
    tags = Cell(codes=image.tags) if image.tags else _code("", "none")
    details = (Detail("Registry", (Cell("ECR"),)), Detail("Tags", (tags,)))
    return Row("Container image", _account(""), name, details)


def _template(row: TemplateVersion) -> Row:
    text = "new" if row.becomes_default else "unchanged"
    default = Cell(text if row.explicit else f"{text} (not set)")
    name = _code(row.template, "No launch template yet")
    details = (Detail("Default version", (default,)),)
    return Row("Launch template version", _account(row.account), name, details)


def _parameter(row: Parameter) -> Row:
    details = (
        Detail("Value", (Cell("AMI ID"),)),
        Detail("Data type", (_code(row.data_type, "default (text)"),)),
    )
    return Row("SSM parameter", _account(row.account), _code(row.name, "No name yet"), details)


def _fast_launch(row: FastLaunch) -> Row:
    enabled = {True: "yes", False: "no (no effect)", None: "not set"}
    details = [Detail("Enabled", (Cell(enabled[row.enabled]),))]
    if row.snapshots is not None:
        details.append(Detail("Snapshots", (Cell(f"{row.snapshots:,}"),)))
    if row.parallel is not None:
        details.append(Detail("Parallel launches", (Cell(f"at most {row.parallel:,}"),)))
    name = _code("", "EC2's default launch template")
    if row.template:
        version = f"Version {row.version} of" if row.version else ""
        name = Cell(version, (row.template,))
    return Row("EC2 Fast Launch", _account(row.account), name, tuple(details))


def _license(row: License) -> Row:
    details = (Detail("Associated with", (Cell("the AMI"),)),)
    account = _code(row.account, "Unknown")
    return Row("License configuration", account, Cell(codes=(row.arn,)), details)


def _export(row: Export) -> Row:
    url = f"s3://{row.bucket}/{row.prefix}" if row.bucket else ""
    details = (
        Detail("Format", (_code(row.format, "not set"),)),
        Detail("Role", (_code(row.role, "not set"),)),
    )
    return Row("VM export", _account(""), _code(url, "No bucket yet"), details)


def _account(account: str) -> Cell:
    return Cell(codes=(account,)) if account else Cell("Your account")


def _code(name: str, placeholder: str) -> Cell:
    return Cell(codes=(name,)) if name else Cell(placeholder, is_unset=True)
