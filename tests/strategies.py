"""Hypothesis strategies: any JSON, documents that a form can contain, documents without errors."""

from __future__ import annotations

import os
from functools import cache
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from distui.core.reference import regions
from distui.core.schema import shapes

Json = dict[str, Any]
Texts = SearchStrategy[str]

HOSTILE = (
    "</script><script>alert(1)</script>",
    '"\'`<b title="x">&amp;&#10;',
    "{{ imagebuilder:buildDate }} {% csrf_token %} {{ form }}",
    "Überprüft; 東京 🚀 e\u0301 \u200bזה",
    "back\\slash \\u0041 \\n",
    "= SUM(A1)",
    "null",
    "0012",
)
any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)

_VISIBLE = st.characters(exclude_categories=("C", "Z"))
_words = st.one_of(st.sampled_from(HOSTILE), st.text(_VISIBLE, min_size=1, max_size=12))
_lines = st.lists(_words, min_size=1, max_size=3)
_one_line: Texts = _lines.map(" ".join)
_prose: Texts = st.one_of(_lines.map("\n".join), _one_line, st.just("é" * 1024))


def _from(alphabet: str, size: int) -> Texts:
    return st.text(alphabet, min_size=size, max_size=size)


_HEX, _SMALL = "0123456789abcdef", "abcdefghijklmnopqrstuvwxyz0123456789"
accounts: Texts = st.integers(0, 10**12 - 1).map("{:012d}".format)
_organizations = st.builds("o-{}".format, _from(_SMALL, 10))
_templates = st.builds("lt-{}".format, _from(_HEX, 17))
_region_names = st.sampled_from([*regions.names()])


def examples(factor: float, **options: Any) -> settings:
    """Return settings with the profile's number of examples times the factor.

    A fixed ``max_examples`` would hide the profile, so that the nightly one finds no more.
    """
    return settings(max_examples=round(settings().max_examples * factor), **options)


def round_trips(factor: float) -> settings:
    """Return settings with as many examples as ``ROUND_TRIPS`` says, else as ``examples`` does."""
    count = os.environ.get("ROUND_TRIPS")
    return settings(max_examples=int(count)) if count else examples(factor)


def sample(strategy: SearchStrategy[Any], count: int) -> list[Any]:
    """Return that many examples of a strategy, the same each time."""
    found: list[Any] = []

    @given(strategy)
    @settings(max_examples=count, derandomize=True, database=None, phases=[Phase.generate])
    def draw(example: Any) -> None:
        found.append(example)

    draw()
    return found


@cache
def documents() -> SearchStrategy[Json]:
    """Return a strategy for documents with the API's members and types, and any content.

    Optional values are not empty, strings have no space at either end, and list items have no
    line breaks. ``clientToken`` and ``dryRun`` are excluded, since no form offers them.
    """
    return _structure(shapes.shape(), excluded=("clientToken", "dryRun"))


def _structure(shape: shapes.Shape, excluded: tuple[str, ...] = ()) -> SearchStrategy[Json]:
    offered = {
        name: _prose if name == "description" else _values(member.shape)
        for name, member in shape.members.items()
        if name not in excluded
    }
    required = {name: offered[name] for name in offered if shape.members[name].required}
    optional = {name: offered[name] for name in offered if name not in required}
    return st.fixed_dictionaries(required, optional=optional)


def _values(shape: shapes.Shape) -> SearchStrategy[Any]:
    """Return a strategy for values of a shape's type."""
    match shape:
        case shapes.Shape(kind="object"):
            return _structure(shape)
        case shapes.Shape(kind="map"):
            return st.dictionaries(_one_line, st.just("") | _one_line, min_size=1, max_size=3)
        case shapes.Shape(name="AccountList"):
            return _account_lists
        case shapes.Shape(kind="array", item=shapes.Shape() as item):
            inner = _values(item) if item.kind == "object" else _items(item)
            return st.lists(inner, min_size=1, max_size=2)
        case shapes.Shape(kind="integer"):
            return st.integers(-(10**14), 10**14)
        case shapes.Shape(kind="boolean"):
            return st.booleans()
        case _ if shape.enum:
            return st.sampled_from(shape.enum)
    return _SCALARS.get(shape.name, st.nothing()) | _one_line


def _items(item: shapes.Shape) -> Texts:
    """Return a strategy for items of a string list; those with a pattern contain no separator."""
    return _SCALARS.get(item.name, _one_line)


_many_accounts = st.integers(0, 10**11).map(
    lambda first: [f"{first + offset:012d}" for offset in range(1536)]
)
_few_accounts = st.lists(accounts, min_size=1, max_size=3)
_account_lists = st.one_of(*[_few_accounts] * 9, _many_accounts)
_SCALARS: dict[str, Texts] = {
    "AccountId": accounts,
    "AmiNameString": st.just("golden-{{ imagebuilder:buildDate }}"),
    "LaunchTemplateId": _templates,
    "LicenseConfigurationArn": st.builds(
        "arn:aws:license-manager:{}:{}:license-configuration:lic-{}".format,
        _region_names,
        accounts,
        _from(_HEX, 32),
    ),
    "OrganizationArn": st.builds(
        "arn:aws:organizations::{}:organization/{}".format, accounts, _organizations
    ),
    "OrganizationalUnitArn": st.builds(
        "arn:aws:organizations::{}:ou/{}/ou-ab12-{}".format,
        accounts,
        _organizations,
        _from(_SMALL, 8),
    ),
}


@st.composite
def valid_documents(draw: DrawFn) -> Json:
    """Draw a document without errors, sometimes with every Region of a partition."""
    partition = draw(st.sampled_from(["aws", "aws", "aws", "aws-cn", "aws-us-gov", "aws-eusc"]))
    codes = [*regions.partitions()[partition]]
    some = st.lists(st.sampled_from(codes), min_size=1, max_size=3, unique=True)
    chosen = draw(st.one_of(*[some] * 9, st.just(codes)))
    full = [draw(_valid_distributions(partition, region)) for region in chosen[:3]]
    plain = {"amiDistributionConfiguration": {"name": draw(_valid_ami_names)}}
    rest = [plain | {"region": region} for region in chosen[3:]]
    document = {"name": draw(_valid_names), "distributions": full + rest}
    return document | draw(
        st.fixed_dictionaries({}, optional={"description": _prose, "tags": _valid_tags("+-._:/=")})
    )


@cache
def _valid_distributions(partition: str, region: str) -> SearchStrategy[Json]:
    licenses = st.builds(
        f"arn:{partition}:license-manager:{region}:{{}}:license-configuration:lic-{{}}".format,
        accounts,
        _from(_HEX, 32),
    )
    return st.fixed_dictionaries(
        {"region": st.just(region)},
        optional={
            "licenseConfigurationArns": st.lists(licenses, min_size=1, max_size=2),
            "launchTemplateConfigurations": _valid_launch_templates,
            "fastLaunchConfigurations": st.lists(_valid_fast_launch, min_size=1, max_size=2),
            "ssmParameterConfigurations": _valid_parameters,
            "s3ExportConfiguration": _valid_exports,
        },
    ).flatmap(lambda rest: _with_output(rest, partition, region))


def _with_output(rest: Json, partition: str, region: str) -> SearchStrategy[Json]:
    ami, container = _valid_amis(partition, region), _valid_containers
    return st.one_of(
        st.fixed_dictionaries({"amiDistributionConfiguration": ami}),
        st.fixed_dictionaries({"containerDistributionConfiguration": container}),
        st.fixed_dictionaries(
            {"amiDistributionConfiguration": ami, "containerDistributionConfiguration": container}
        ),
    ).map(lambda outputs: rest | outputs)


@st.composite
def _valid_amis(draw: DrawFn, partition: str, region: str) -> Json:
    ami: Json = draw(
        st.fixed_dictionaries(
            {"name": _valid_ami_names},
            optional={
                "description": _prose,
                "targetAccountIds": _account_lists,
                "amiTags": _valid_tags(" +-._:/=@"),
            },
        )
    )
    key = st.builds(f"arn:{partition}:kms:{region}:{{}}:{{}}".format, accounts, _keys)
    sharing = st.none() | _valid_sharing(partition)
    kind = draw(st.sampled_from(["plain", "public", "shared", "encrypted"]))
    if kind == "public":
        ami["launchPermission"] = {"userGroups": ["all"]}
    elif kind == "encrypted":
        ami["kmsKeyId"] = draw(key)
    if kind in ("shared", "encrypted") and (permission := draw(sharing)):
        ami["launchPermission"] = permission
    return ami


@cache
def _valid_sharing(partition: str) -> SearchStrategy[Json]:
    organization = st.builds(
        f"arn:{partition}:organizations::{{}}:organization/{{}}".format, accounts, _organizations
    )
    unit = st.builds(
        f"arn:{partition}:organizations::{{}}:ou/{{}}/ou-ab12-{{}}".format,
        accounts,
        _organizations,
        _from(_SMALL, 8),
    )
    return st.fixed_dictionaries(
        {"userIds": _account_lists},
        optional={
            "organizationArns": st.lists(organization, min_size=1, max_size=25),
            "organizationalUnitArns": st.lists(unit, min_size=1, max_size=25),
        },
    )


def _valid_tags(marks: str) -> SearchStrategy[dict[str, str]]:
    """Return a strategy for tags; keys end in their index, so none differ only in case."""
    key = st.text(_SMALL.upper() + _SMALL + marks, max_size=20).map("k{}".format)
    value = st.just("") | st.just("v" * 256) | _one_line.map(lambda text: text[:256].strip())
    pairs = st.lists(st.tuples(key, value), min_size=1, max_size=3)
    return pairs.map(lambda items: {f"{k}{i}": v for i, (k, v) in enumerate(items)}) | st.just(
        {f"{'k' * 126}{i:02d}": "" for i in range(50)}
    )


def _parameter_name(levels: list[str]) -> str:
    return "/".join(["/imagebuilder", *levels, "ami"])


_words_of_names = st.text(_SMALL + "_-" + _SMALL.upper(), min_size=1, max_size=20)
_valid_names = st.lists(_words_of_names, min_size=2, max_size=6).map(" ".join) | st.just("n" * 128)
_valid_ami_names = st.sampled_from(
    ["{{ imagebuilder:buildDate }}", "{{imagebuilder:buildDate}}"]
).flatmap(lambda token: _words_of_names.map(lambda word: f"{word} v1.2 {token}"))
_keys = _from(_HEX, 32).map("key/mrk-{}".format) | _words_of_names.map("alias/x{}".format)
_namespaces = st.lists(_from(_SMALL, 5), min_size=1, max_size=3).map("/".join)
_repositories = st.fixed_dictionaries({"service": st.just("ECR"), "repositoryName": _namespaces})
_valid_containers = st.fixed_dictionaries(
    {"targetRepository": _repositories},
    optional={
        "description": _prose,
        "containerTags": st.sampled_from([["latest"], ["1.2.3", "v1_x-y"], ["t" * 128]]),
    },
)
_valid_launch_templates = st.lists(
    st.fixed_dictionaries(
        {"launchTemplateId": _templates},
        optional={"accountId": accounts, "setDefaultVersion": st.booleans()},
    ),
    min_size=1,
    max_size=2,
)
_valid_fast_launch = st.fixed_dictionaries(
    {"enabled": st.booleans()},
    optional={
        "accountId": accounts,
        "maxParallelLaunches": st.integers(6, 10_000),
        "snapshotConfiguration": st.fixed_dictionaries(
            {"targetResourceCount": st.integers(1, 10_000)}
        ),
        "launchTemplate": st.fixed_dictionaries(
            {}, optional={"launchTemplateVersion": st.sampled_from(["1", "$Latest", "$Default"])}
        ).flatmap(
            lambda version: st.one_of(
                _templates.map(lambda text: version | {"launchTemplateId": text}),
                _words_of_names.map(lambda text: version | {"launchTemplateName": f"lt/{text}"}),
            )
        ),
    },
)
_valid_parameters = st.lists(
    st.fixed_dictionaries(
        {"parameterName": st.lists(_from(_SMALL, 6), max_size=6).map(_parameter_name)},
        optional={"dataType": st.sampled_from(["text", "aws:ec2:image"])},
    ),
    min_size=1,
    max_size=2,
    unique_by=lambda parameter: parameter["parameterName"],
)
_valid_exports = st.fixed_dictionaries(
    {
        "roleName": st.just("vmimport") | _words_of_names.map("role+{}@x".format),
        "diskImageFormat": st.sampled_from(["VMDK", "RAW", "VHD"]),
        "s3Bucket": _from(_SMALL, 20).map("b.{}-x".format),
    },
    optional={"s3Prefix": st.sampled_from(["exports/golden", "é/€"])},
)
