"""The options of Packer's ``amazon-`` sources: what is read of them, and what is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from distui.core.formats.reading import with_place
from distui.core.formats.syntax.nodes import Node

PERMISSION = {
    "ami_users": "userIds",
    "ami_groups": "userGroups",
    "ami_org_arns": "organizationArns",
    "ami_ou_arns": "organizationalUnitArns",
}
AMI = {"ami_name": "name", "ami_description": "description", "tags": "amiTags"}
LISTS = (*PERMISSION, "ami_regions")
KEYS = ("region_kms_key_ids", "kms_key_id")
_READ = {*LISTS, *AMI, *KEYS, "region", "tag"}
# How an image is built, not where it goes. Tags of the instance, run_tags, go to the AMI too.
_BUILDING = re.compile(
    r"name|type|instance_|source_ami|ssh_|winrm_|communicator|run_volume|launch_block|subnet|vpc|"
    r"security|associate|iam_|temporary_|user_data|access_key|secret_key|profile|token|assume_role|"
    r"spot_|shutdown|pause|aws_polling|block_device|availability|metadata_|ebs_|max_retries|"
    r"custom_endpoint|mfa_|insecure|decode_|vault_|disable_|enable_|skip_(?!save|create)"
)
_VOLUMES = "amazon-ebsvolume"  # builds volumes, and no AMI


def makes_ami(type_: str) -> bool:
    """Return True for the type of a source that makes an AMI."""
    return type_.startswith("amazon-") and type_ != _VOLUMES


def volumes_notice(sources: Iterable[tuple[str, str, Node]]) -> list[str]:
    """Return a notice of the sources that make volumes; ``sources`` are types, names and places."""
    named = [
        with_place(name if name == _VOLUMES else f"{_VOLUMES}.{name}", place)
        for type_, name, place in sources
        if type_ == _VOLUMES
    ]
    return [f"Not read, because it makes volumes and no AMI: {', '.join(named)}."] if named else []


def lost_options(source: Node, keys: list[Node]) -> Iterator[tuple[str, Node]]:
    """Yield the options that are neither in the document nor about how an image is built."""
    for option, item in source.entries().items():
        if option == "tag":
            yield from (("tag", block) for block in item.items())
        elif option in KEYS and item.kind == "mapping":
            yield from ((f"{option}.{n}", k) for n, k in item.value.items() if _unused(k, keys))
        elif _unused(item, keys) if option in KEYS else _is_lost(option, item):
            yield option, item


def _unused(key: Node, keys: list[Node]) -> bool:
    return bool(key.value) and not any(key is one for one in keys)


def _is_lost(option: str, item: Node) -> bool:
    if option == "ami_regions":
        return item.kind not in ("list", "expression", "null")
    return option not in _READ and not _BUILDING.match(option)
