"""Forecast of the resources that exist after a build, computed from the document alone.

Our own account is ``""``, and so are missing texts. The account and the Region of the build are
not in the document: they are the target's, if it is known.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from distui.core.forecast.resources import (
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
    Texts,
)
from distui.core.reference.accounts import without_own_account
from distui.core.reference.ami_names import format_build_date, resolve_tokens
from distui.core.schema import shapes

Json = dict[str, Any]

_AMI, _CONTAINER = "amiDistributionConfiguration", "containerDistributionConfiguration"


def forecast(
    document: Any, moment: datetime, *, own_account: str = "", home_region: str = ""
) -> Forecast:
    """Return the forecast of a build at that moment; the document may be any JSON value.

    ``own_account`` and ``home_region`` are the target's, if it is known.
    """
    typed = shapes.well_typed(document if isinstance(document, dict) else {}, shapes.shape())
    own = (without_own_account(part, own_account) for part in typed.get("distributions", ()))
    regions = tuple(_region(index, part, moment, home_region) for index, part in enumerate(own))
    has_amis = any(part.ami for part in regions)
    if home_region and has_amis and home_region not in {part.region for part in regions}:
        regions += (_region(None, {"region": home_region, _AMI: {}}, moment, home_region),)
    return Forecast(typed.get("name", ""), format_build_date(moment), regions)


def _region(index: int | None, part: Json, moment: datetime, home_region: str) -> RegionForecast:
    others = (name for name in part if name not in ("region", _AMI, _CONTAINER))
    for_amis = tuple(name for name in others if part[name] != [])
    # Without a container image, settings for an AMI imply one that the service names.
    has_ami = _AMI in part or (bool(for_amis) and _CONTAINER not in part)
    used = part if has_ami else {}
    settings = part.get(_AMI, {})
    export = used.get("s3ExportConfiguration")
    return RegionForecast(
        index=index,
        region=part.get("region", ""),
        is_build_region=bool(home_region) and part.get("region") == home_region,
        ami=_ami(settings, moment) if has_ami else None,
        copies=_texts(settings, "targetAccountIds"),
        image=_image(part[_CONTAINER]) if _CONTAINER in part else None,
        templates=tuple(map(_template, used.get("launchTemplateConfigurations", ()))),
        parameters=tuple(map(_parameter, used.get("ssmParameterConfigurations", ()))),
        fast_launch=tuple(map(_fast_launch, used.get("fastLaunchConfigurations", ()))),
        licenses=tuple(map(License, _texts(used, "licenseConfigurationArns"))),
        export=None if export is None else _export(export),
        unused=() if has_ami else for_amis,
    )


def _ami(settings: Json, moment: datetime) -> Ami:
    permission = settings.get("launchPermission", {})
    launch_permission = LaunchPermission(
        accounts=_texts(permission, "userIds"),
        organizations=_texts(permission, "organizationArns"),
        units=_texts(permission, "organizationalUnitArns"),
        public="all" in permission.get("userGroups", ()),
    )
    name = resolve_tokens(settings.get("name", ""), moment)
    return Ami("", name, settings.get("kmsKeyId", ""), launch_permission)


def _image(settings: Json) -> ContainerImage:
    repository = settings.get("targetRepository", {}).get("repositoryName", "")
    return ContainerImage(repository, _texts(settings, "containerTags"))


def _template(row: Json) -> TemplateVersion:
    return TemplateVersion(
        template=row.get("launchTemplateId", ""),
        account=row.get("accountId", ""),
        becomes_default=row.get("setDefaultVersion", True),  # not set means true
        explicit="setDefaultVersion" in row,
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
    """Return the distinct texts in the list."""
    return tuple(text for text in dict.fromkeys(container.get(name, ())) if text)
