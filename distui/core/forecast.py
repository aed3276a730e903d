"""What will exist once a built image was distributed, computed from the document alone.

An account is ``""`` where it is one's own: no document knows it. A text that is not written yet is
``""`` too. What the pipeline builds, and in which Region, is not in a document either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from distui.core.reference import arns
from distui.core.reference.ami_names import format_build_date, resolve_tokens
from distui.core.schema import shapes

Json = dict[str, Any]
Texts = tuple[str, ...]

_AMI, _CONTAINER = "amiDistributionConfiguration", "containerDistributionConfiguration"


@dataclass(frozen=True, slots=True)
class LaunchPermission:
    """Who may launch an AMI besides the account that owns it: accounts, and ARNs of the rest."""

    accounts: Texts = ()
    organizations: Texts = ()
    units: Texts = ()
    everyone: bool = False

    @property
    def nobody(self) -> bool:
        """Whether the owner alone may launch it."""
        return not (self.accounts or self.organizations or self.units or self.everyone)


@dataclass(frozen=True, slots=True)
class Ami:
    """One AMI. Without a name the service gives one; without a key the image's own stays."""

    owner: str
    name: str
    key: str
    launchers: LaunchPermission


@dataclass(frozen=True, slots=True)
class ContainerImage:
    """A push to a repository of one's own account."""

    repository: str
    tags: Texts

    @property
    def names(self) -> Texts:
        """``repository:tag`` for each tag, or the repository alone."""
        return tuple(f"{self.repository}:{tag}" for tag in self.tags) or (self.repository,)


@dataclass(frozen=True, slots=True)
class TemplateVersion:
    """A new version of a launch template; ``stated`` where the document says of its default."""

    template: str
    account: str
    becomes_default: bool
    stated: bool


@dataclass(frozen=True, slots=True)
class Parameter:
    """An SSM parameter that is made, or written anew, with the AMI's id."""

    name: str
    account: str
    data_type: str


@dataclass(frozen=True, slots=True)
class FastLaunch:
    """Windows fast launch of an account's AMI. None: not set, for ``enabled`` not yet."""

    account: str
    enabled: bool | None
    snapshots: int | None
    parallel: int | None
    template: str
    version: str


@dataclass(frozen=True, slots=True)
class License:
    """A licence configuration that is attached to the AMI."""

    arn: str

    @property
    def account(self) -> str:
        """Whose it is, as its ARN says; empty where that is no ARN."""
        arn = arns.parse(self.arn)
        return arn.account if arn else ""


@dataclass(frozen=True, slots=True)
class Export:
    """A disk image in a bucket."""

    bucket: str
    prefix: str
    format: str
    role: str


@dataclass(frozen=True, slots=True)
class RegionForecast:
    """What comes to one Region, ``index`` being its place in the document.

    ``ami`` is that of one's own account, ``copies`` are the accounts that get one like it.
    ``unused`` are settings for AMIs in a Region to which only a container image comes.
    """

    index: int
    region: str
    ami: Ami | None
    copies: Texts
    image: ContainerImage | None
    templates: tuple[TemplateVersion, ...]
    parameters: tuple[Parameter, ...]
    fast_launch: tuple[FastLaunch, ...]
    licences: tuple[License, ...]
    export: Export | None
    unused: Texts

    @property
    def amis(self) -> Iterator[Ami]:
        """Each AMI, one's own first. A copy is launched by its owner, nobody else."""
        if self.ami is not None:
            yield self.ami
            for account in self.copies:
                yield replace(self.ami, owner=account, launchers=LaunchPermission())

    @property
    def empty(self) -> bool:
        """Whether nothing comes."""
        return self.ami is None and self.image is None


@dataclass(frozen=True, slots=True)
class Totals:
    """How many of each; ``accounts`` are those that own an AMI or an image, one's own included."""

    amis: int
    copies: int
    regions: int
    accounts: int
    images: int
    templates: int
    defaults: int
    parameters: int
    fast_launch: int
    licences: int
    exports: int
    public: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """What will exist, Region by Region; ``build_date`` is the moment that names were made for."""

    name: str
    build_date: str
    regions: tuple[RegionForecast, ...]

    @property
    def totals(self) -> Totals:
        """The numbers, for all Regions together."""
        return totals(self.regions)


def totals(parts: Iterable[RegionForecast]) -> Totals:
    """The numbers of those Regions; one that stands twice counts as one."""
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
        licences=sum(len(part.licences) for part in full),
        exports=sum(part.export is not None for part in full),
        public=sum(ami.launchers.everyone for ami in amis),
    )


def forecast(document: Any, moment: datetime) -> Forecast:
    """What will exist after a build at that moment, of any JSON value as a request."""
    typed = shapes.well_typed(document if isinstance(document, dict) else {}, shapes.shape())
    parts = enumerate(typed.get("distributions", ()))
    regions = tuple(_region(index, part, moment) for index, part in parts)
    return Forecast(typed.get("name", ""), format_build_date(moment), regions)


def _region(index: int, part: Json, moment: datetime) -> RegionForecast:
    others = (name for name in part if name not in ("region", _AMI, _CONTAINER))
    for_amis = tuple(name for name in others if part[name] != [])
    # Settings that go with an AMI bring one, named by the service, where nothing else comes.
    has_ami = _AMI in part or (bool(for_amis) and _CONTAINER not in part)
    used = part if has_ami else {}
    settings = part.get(_AMI, {})
    export = used.get("s3ExportConfiguration")
    return RegionForecast(
        index=index,
        region=part.get("region", ""),
        ami=_ami(settings, moment) if has_ami else None,
        copies=_texts(settings, "targetAccountIds"),
        image=_image(part[_CONTAINER]) if _CONTAINER in part else None,
        templates=tuple(map(_template, used.get("launchTemplateConfigurations", ()))),
        parameters=tuple(map(_parameter, used.get("ssmParameterConfigurations", ()))),
        fast_launch=tuple(map(_fast_launch, used.get("fastLaunchConfigurations", ()))),
        licences=tuple(map(License, _texts(used, "licenseConfigurationArns"))),
        export=None if export is None else _export(export),
        unused=() if has_ami else for_amis,
    )


def _ami(settings: Json, moment: datetime) -> Ami:
    permission = settings.get("launchPermission", {})
    launchers = LaunchPermission(
        accounts=_texts(permission, "userIds"),
        organizations=_texts(permission, "organizationArns"),
        units=_texts(permission, "organizationalUnitArns"),
        everyone="all" in permission.get("userGroups", ()),
    )
    name = resolve_tokens(settings.get("name", ""), moment)
    return Ami("", name, settings.get("kmsKeyId", ""), launchers)


def _image(settings: Json) -> ContainerImage:
    repository = settings.get("targetRepository", {}).get("repositoryName", "")
    return ContainerImage(repository, _texts(settings, "containerTags"))


def _template(row: Json) -> TemplateVersion:
    return TemplateVersion(
        template=row.get("launchTemplateId", ""),
        account=row.get("accountId", ""),
        becomes_default=row.get("setDefaultVersion", True),  # not set means true
        stated="setDefaultVersion" in row,
    )


def _parameter(row: Json) -> Parameter:
    name, account = row.get("parameterName", ""), row.get("amiAccountId", "")
    return Parameter(name, account, row.get("dataType", ""))


def _fast_launch(row: Json) -> FastLaunch:
    template = row.get("launchTemplate", {})
    return FastLaunch(
        account=row.get("accountId", ""),
        enabled=row.get("enabled"),
        snapshots=row.get("snapshotConfiguration", {}).get("targetResourceCount"),
        parallel=row.get("maxParallelLaunches"),
        template=template.get("launchTemplateId") or template.get("launchTemplateName", ""),
        version=template.get("launchTemplateVersion", ""),
    )


def _export(settings: Json) -> Export:
    names = ("s3Bucket", "s3Prefix", "diskImageFormat", "roleName")
    return Export(*(settings.get(name, "") for name in names))


def _texts(container: Json, name: str) -> Texts:
    """The list's texts, each once: what stands there twice comes to be once."""
    return tuple(text for text in dict.fromkeys(container.get(name, ())) if text)
