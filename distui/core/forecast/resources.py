"""The resources that exist after a build, by Region, and their counts.

Our own account is ``""``, and so are missing texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from distui.core.reference import arns

Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LaunchPermission:
    """Who may launch an AMI besides its owner: account IDs, and ARNs of organizations and OUs."""

    accounts: Texts = ()
    organizations: Texts = ()
    units: Texts = ()
    public: bool = False

    @property
    def private(self) -> bool:
        """Return True if only the owner may launch the AMI."""
        return not (self.accounts or self.organizations or self.units or self.public)


@dataclass(frozen=True, slots=True)
class Ami:
    """An AMI. The service generates a missing name; without a key the image's key is used."""

    owner: str
    name: str
    key: str
    launch_permission: LaunchPermission


@dataclass(frozen=True, slots=True)
class ContainerImage:
    """A container image in a repository of our own account."""

    repository: str
    tags: Texts

    @property
    def names(self) -> Texts:
        """Return ``repository:tag`` for each tag, or the repository if there are no tags."""
        return tuple(f"{self.repository}:{tag}" for tag in self.tags) or (self.repository,)


@dataclass(frozen=True, slots=True)
class TemplateVersion:
    """A new launch template version; ``explicit`` if the document has ``setDefaultVersion``."""

    template: str
    account: str
    becomes_default: bool
    explicit: bool


@dataclass(frozen=True, slots=True)
class Parameter:
    """An SSM parameter that is created or updated with the AMI's ID."""

    name: str
    account: str
    data_type: str


@dataclass(frozen=True, slots=True)
class FastLaunch:
    """Fast launch of an account's Windows AMI; None for settings that the document lacks."""

    account: str
    enabled: bool | None
    snapshots: int | None
    parallel: int | None
    template: str
    version: str


@dataclass(frozen=True, slots=True)
class License:
    """A license configuration that is associated with the AMI."""

    arn: str

    @property
    def account(self) -> str:
        """Return the account in the ARN, or ``""`` if the text is not an ARN."""
        arn = arns.parse(self.arn)
        return arn.account if arn else ""


@dataclass(frozen=True, slots=True)
class Export:
    """A disk image in an S3 bucket."""

    bucket: str
    prefix: str
    format: str
    role: str


@dataclass(frozen=True, slots=True)
class RegionForecast:
    """The resources of one Region, the distribution with that index.

    It is None for a build Region that the document lacks. A KMS key has no effect in the build
    Region. ``copies`` are the accounts that receive a copy of our own account's ``ami``.
    ``unused`` are AMI settings in a Region that receives only a container image.
    """

    index: int | None
    region: str
    is_build_region: bool
    ami: Ami | None
    copies: Texts
    image: ContainerImage | None
    templates: tuple[TemplateVersion, ...]
    parameters: tuple[Parameter, ...]
    fast_launch: tuple[FastLaunch, ...]
    licenses: tuple[License, ...]
    export: Export | None
    unused: Texts

    @property
    def amis(self) -> Iterator[Ami]:
        """Yield our own AMI, then the copies, which only their owners may launch."""
        if self.ami is not None:
            yield self.ami
            for account in self.copies:
                yield replace(self.ami, owner=account, launch_permission=LaunchPermission())

    @property
    def empty(self) -> bool:
        """Return True if the Region receives nothing."""
        return self.ami is None and self.image is None


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts; ``accounts`` are the owners of AMIs and images, including our own account."""

    amis: int
    copies: int
    regions: int
    accounts: int
    images: int
    templates: int
    defaults: int
    parameters: int
    fast_launch: int
    licenses: int
    exports: int
    public: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """The resources by Region, with names for a build at ``build_date``."""

    name: str
    build_date: str
    regions: tuple[RegionForecast, ...]

    @property
    def totals(self) -> Totals:
        """Return the counts of all Regions."""
        return totals(self.regions)


def totals(parts: Iterable[RegionForecast]) -> Totals:
    """Return the counts of the given Regions; a repeated Region is counted once."""
    full = [part for part in parts if not part.empty]
    amis = [part.ami for part in full if part.ami]
    copies = sum(len(part.copies) for part in full)
    templates = [row for part in full for row in part.templates]
    return Totals(
        amis=len(amis) + copies,
        copies=copies,
        regions=len({part.region or part.index for part in full}),
        accounts=len({account for part in full for account in part.copies}) + bool(full),
        images=sum(part.image is not None for part in full),
        templates=len(templates),
        defaults=sum(row.becomes_default for row in templates),
        parameters=sum(len(part.parameters) for part in full),
        fast_launch=sum(row.enabled is True for part in full for row in part.fast_launch),
        licenses=sum(len(part.licenses) for part in full),
        exports=sum(part.export is not None for part in full),
        public=sum(ami.launch_permission.public for ami in amis),
    )
