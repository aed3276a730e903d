"""The names of the API's members in each format, and which spellings are taken for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from distui.core.schema import shapes
from distui.core.text.spelling import letters

Own = Mapping[tuple[str, str], str]  # from a shape and a member to the format's own name

_AMI, _REGION = "AmiDistributionConfiguration", "Distribution"
_CLOUDFORMATION = {(_AMI, "launchPermission"): "LaunchPermissionConfiguration"}
# The provider's schema: singular blocks, and a default for the default version.
_TERRAFORM = {
    (shapes.REQUEST, "distributions"): "distribution",
    (_REGION, "launchTemplateConfigurations"): "launch_template_configuration",
    (_REGION, "fastLaunchConfigurations"): "fast_launch_configuration",
    (_REGION, "ssmParameterConfigurations"): "ssm_parameter_configuration",
    ("LaunchTemplateConfiguration", "setDefaultVersion"): "default",
}


def pascal_case(name: str) -> str:
    """Return ``KmsKeyId`` for ``kmsKeyId``."""
    return name[:1].upper() + name[1:]


def snake_case(name: str) -> str:
    """Return ``kms_key_id`` for ``kmsKeyId`` and ``KmsKeyId``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


@dataclass(frozen=True)
class Names:
    """How a format spells the members: by a rule, with exceptions of its own."""

    spell: Callable[[str], str]
    own: Own

    def of(self, shape: str, member: str) -> str:
        """Return the format's name of a member of a shape."""
        return self.own.get((shape, member)) or self.spell(member)

    def find(self, shape: shapes.Shape, name: str) -> tuple[str, bool]:
        """Return the member with a name, "" if there is none, and True if the format spells it so.

        Every other format's spelling is taken too, in any case and with any separators.
        """
        regular, other = _known(shape.name)
        for member in shape.members:
            if name == self.of(shape.name, member):
                return member, True
        return regular.get(letters(name)) or other.get(letters(name), ""), False


API = Names(str, {})
CLOUDFORMATION = Names(pascal_case, _CLOUDFORMATION)
TERRAFORM = Names(snake_case, _TERRAFORM)
AWSCC = Names(snake_case, {key: snake_case(name) for key, name in _CLOUDFORMATION.items()})


@cache
def _known(shape: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the members by the letters of their names, and by those of formats' own names."""
    own = {
        letters(name): member
        for table in (_CLOUDFORMATION, _TERRAFORM)
        for (owner, member), name in table.items()
        if owner == shape
    }
    regular = {letters(member): member for member in shapes.shape(shape).members}
    return MappingProxyType(regular), MappingProxyType(own)
