"""Cases that each rule reports or does not report, besides the errors in mistakes.py."""

from __future__ import annotations

from typing import Any

import pytest

from distui.core import Context, Severity, check
from distui.core.document.configurations import configuration_of
from tests.core.rules.mistakes import (
    ACCOUNTS,
    AMI,
    BOX,
    EVERYTHING,
    FAST,
    ORG,
    S3,
    SHARE,
    SSM,
    TEMPLATES,
    UNIT,
)

OWN = "210987654321"


def everything(**members: Any) -> dict[str, Any]:
    """Return the document that has every member, with other members in its first distribution."""
    first = EVERYTHING["distributions"][0] | members
    return EVERYTHING | {"distributions": [first, *EVERYTHING["distributions"][1:]]}


def alone(**members: Any) -> dict[str, Any]:
    return {"name": "web", "distributions": [{"region": "eu-west-1", **members}]}


def in_regions(*parts: dict[str, Any]) -> dict[str, Any]:
    """Return a document with a distribution for each part; the second is in an opt-in Region."""
    codes = ("eu-west-1", "ap-east-1", "us-east-1")
    pairs = zip(codes, parts, strict=False)
    return {"name": "web", "distributions": [{"region": code, **part} for code, part in pairs]}


def ami(**members: Any) -> dict[str, Any]:
    known = {"name": "web {{ imagebuilder:buildDate }}", "description": "Web"}
    return {"amiDistributionConfiguration": known | members}


def shared(**permission: Any) -> dict[str, Any]:
    return alone(**ami(launchPermission=permission))


def shared_under_key(**permission: Any) -> dict[str, Any]:
    return alone(**ami(kmsKeyId=KEY, launchPermission=permission))


def tagged_and_shared(accounts: list[str]) -> dict[str, Any]:
    return alone(**ami(amiTags={"a": "b"}, launchPermission={"userIds": accounts}))


def known_with(document: dict[str, Any]) -> Context:
    """Return the context in which the document exists already."""
    return Context(own_account=OWN, configurations=(configuration_of(document, OWN),))


def fast(**row: Any) -> dict[str, Any]:
    return alone(**ami(), fastLaunchConfigurations=[row])


def parameter(**row: Any) -> dict[str, Any]:
    row = {"parameterName": "/imagebuilder/x", "dataType": "text"} | row
    return alone(**ami(), ssmParameterConfigurations=[row])


def template(**row: Any) -> dict[str, Any]:
    row = {"launchTemplateId": "lt-0a1b2c3d4e5f67890", "setDefaultVersion": False} | row
    return alone(**ami(), launchTemplateConfigurations=[row])


def ami_permissions() -> list[dict[str, Any]]:
    """Return the ways in which account A may launch an AMI."""
    return [
        {"userIds": [A]},
        {"userGroups": ["all"]},
        {"organizationArns": [ORG]},
        {"organizationalUnitArns": [UNIT]},
    ]


def with_template(permissions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a document for each permission, with a template and fast launch of account A."""
    return [
        alone(
            **ami(launchPermission=permission),
            launchTemplateConfigurations=[{"launchTemplateId": "lt-1", "accountId": A}],
            fastLaunchConfigurations=[{"enabled": True, "accountId": A}],
        )
        for permission in permissions
    ]


def fifty_tags(count=50):
    """Return that many tags."""
    return {f"key-{number}": "" for number in range(count)}


A, B = "310987654321", "410987654321"
KEY_ID = "1234abcd-12ab-34cd-56ef-1234567890ab"
KEY = f"arn:aws:kms:eu-west-1:{A}:alias/images"
LATEST = {"launchTemplateName": "web", "launchTemplateVersion": "$Latest"}
MANAGED = f"arn:aws:kms:eu-west-1:{A}:alias/aws/ebs"
WARN, INFO, ERROR = Severity.WARNING, Severity.INFO, Severity.ERROR
WITH_TARGET = Context(own_account=OWN, home_region="eu-west-1")
TAKEN = Context(names_being_submitted=frozenset({"my-config"}))
CREATED = Context(created_names=frozenset({"my-config"}))
TAGGED = Context(ownership_tag="own")

AWAY = Context(own_account=OWN, home_region="sa-east-1")
THIRD = "/distributions/2/amiDistributionConfiguration"
AMI_TAGS = f"{AMI}/amiTags"
TEMPLATE = {
    "launchTemplateConfigurations": [
        {"launchTemplateId": "lt-0a1b2c3d4e5f67890", "setDefaultVersion": False}
    ]
}
OTHER_ORG = ORG.replace("o-abcde12345", "o-fghij67890")
OTHERS = (parameter() | {"name": "API"}, template() | {"name": "db"}, shared(userIds=[A, B]))
WITH_OTHERS = Context(
    own_account=OWN, configurations=tuple(configuration_of(other, OWN) for other in OTHERS)
)

# Warnings, suggestions and findings with a target: document, context, rule, severity, pointer.
FOUND: list[tuple[Any, Context, str, Severity, str]] = [
    (alone(licenseConfigurationArns=["x"]), Context(), "L005", INFO, "/distributions/0"),
    (
        alone(**ami(name="{{ x }} {{ imagebuilder:buildDate }}")),
        Context(),
        "L010",
        WARN,
        f"{AMI}/name",
    ),
    (shared(userIds=[A, B, A]), Context(), "L013", WARN, f"{SHARE}/userIds/2"),
    (alone(**ami(targetAccountIds=[A, A])), Context(), "L013", WARN, f"{AMI}/targetAccountIds/1"),
    (
        everything(containerDistributionConfiguration={"containerTags": ["1", "1"]}),
        Context(),
        "L013",
        WARN,
        f"{BOX}/containerTags/1",
    ),
    (
        everything(launchTemplateConfigurations=[{"launchTemplateId": "lt-1"}] * 2),
        Context(),
        "L013",
        WARN,
        f"{TEMPLATES}/1",
    ),
    (shared(userGroups=["all"]), Context(), "L016", WARN, f"{SHARE}/userGroups"),
    (
        alone(**ami(kmsKeyId=KEY, launchPermission={"userGroups": ["all"]})),
        Context(),
        "L017",
        WARN,
        f"{AMI}/kmsKeyId",
    ),
    (shared(userGroups=["all"], userIds=[A]), Context(), "L018", INFO, f"{SHARE}/userIds"),
    (shared(userIds=[A]), Context(), "L022", WARN, f"{AMI}/kmsKeyId"),
    (alone(**ami(kmsKeyId=KEY_ID)), Context(), "L020", WARN, f"{AMI}/kmsKeyId"),
    (alone(**ami(kmsKeyId="alias/images")), Context(), "L020", WARN, f"{AMI}/kmsKeyId"),
    (alone(**ami(kmsKeyId="aws/ebs")), Context(), "L020", WARN, f"{AMI}/kmsKeyId"),
    (alone(**ami(kmsKeyId=KEY)), WITH_TARGET, "L023", WARN, f"{AMI}/kmsKeyId"),
    (alone(**ami(targetAccountIds=[A])), WITH_TARGET, "L024", INFO, f"{AMI}/targetAccountIds"),
    (alone(**ami(kmsKeyId=KEY)), WITH_TARGET, "L024", INFO, f"{AMI}/kmsKeyId"),
    (shared_under_key(userIds=[A]), Context(), "L024", INFO, f"{AMI}/kmsKeyId"),
    (in_regions({}, {}), Context(), "L028", INFO, "/distributions/1/region"),
    (parameter(amiAccountId=A), Context(), "L030", INFO, f"{SSM}/0/amiAccountId"),
    (parameter(amiAccountId=A), WITH_TARGET, "L030", ERROR, f"{SSM}/0/amiAccountId"),
    (parameter(parameterName="/x"), Context(), "L032", WARN, f"{SSM}/0/parameterName"),
    (parameter(dataType="aws:ec2:image"), Context(), "L033", INFO, f"{SSM}/0/dataType"),
    (
        alone(containerDistributionConfiguration={}, licenseConfigurationArns=["x"]),
        Context(),
        "L035",
        WARN,
        "/distributions/0/licenseConfigurationArns",
    ),
    (everything(launchTemplateConfigurations=[{}] * 6), Context(), "L036", INFO, TEMPLATES),
    (
        alone(launchTemplateConfigurations=[{"launchTemplateId": "lt-1"}]),
        Context(),
        "L037",
        WARN,
        f"{TEMPLATES}/0/setDefaultVersion",
    ),
    (template(accountId=A), Context(), "L038", INFO, f"{TEMPLATES}/0/accountId"),
    (template(accountId=A), WITH_TARGET, "L038", WARN, f"{TEMPLATES}/0/accountId"),
    (template(accountId=A), WITH_TARGET, "L039", INFO, f"{TEMPLATES}/0/accountId"),
    (
        fast(enabled=True, launchTemplate={"launchTemplateName": "abc"}),
        Context(),
        "L042",
        WARN,
        f"{FAST}/0/launchTemplate/launchTemplateVersion",
    ),
    (
        fast(enabled=True, maxParallelLaunches=10_001),
        Context(),
        "L041",
        WARN,
        f"{FAST}/0/maxParallelLaunches",
    ),
    (fast(enabled=False, maxParallelLaunches=6), Context(), "L043", WARN, f"{FAST}/0/enabled"),
    (fast(enabled=True, accountId=A), WITH_TARGET, "L044", WARN, f"{FAST}/0/accountId"),
    (
        alone(fastLaunchConfigurations=[{"accountId": A}, {"accountId": A}]),
        Context(),
        "L044",
        WARN,
        f"{FAST}/1/accountId",
    ),
    (
        {
            "distributions": [
                {"region": "us-east-1", "s3ExportConfiguration": {"s3Bucket": "Golden_Images"}}
            ]
        },
        Context(),
        "L046",
        WARN,
        "/distributions/0/s3ExportConfiguration/s3Bucket",
    ),
    (
        everything(s3ExportConfiguration={"s3Prefix": "/x"}),
        Context(),
        "L046",
        WARN,
        f"{S3}/s3Prefix",
    ),
    (everything(), Context(), "L047", WARN, S3),
    (
        alone(containerDistributionConfiguration={"containerTags": ["latest"]}),
        Context(),
        "L048",
        WARN,
        f"{BOX}/containerTags/0",
    ),
    (everything(), Context(), "L050", WARN, BOX),
    (EVERYTHING | {"tags": {"a": "", "A": ""}}, Context(), "L051", WARN, "/tags/A"),
    (
        alone(**ami(amiTags={"CreatedBy": "me"})),
        Context(),
        "L053",
        WARN,
        f"{AMI}/amiTags/CreatedBy",
    ),
    (
        alone(**ami(amiTags={"a": "b"}, launchPermission={"userIds": [A]})),
        Context(),
        "L054",
        INFO,
        f"{AMI}/amiTags",
    ),
    (alone(**ami(description="d" * 256)), Context(), "L055", WARN, f"{AMI}/description"),
    (
        alone(amiDistributionConfiguration={"targetAccountIds": [A]}),
        Context(),
        "L056",
        INFO,
        f"{AMI}/description",
    ),
    (shared(), Context(), "L060", WARN, SHARE),
    (
        fast(enabled=True, snapshotConfiguration={}),
        Context(),
        "L060",
        WARN,
        f"{FAST}/0/snapshotConfiguration",
    ),
    (EVERYTHING | {"clientToken": "clientToken1"}, Context(), "L062", WARN, "/clientToken"),
    (EVERYTHING | {"dryRun": True}, Context(), "L063", WARN, "/dryRun"),
    (EVERYTHING | {"name": "My Config"}, TAKEN, "L064", ERROR, "/name"),
    (EVERYTHING | {"name": "My Config"}, CREATED, "L064", WARN, "/name"),
    (EVERYTHING | {"tags": {"own": "x"}}, TAGGED, "L077", ERROR, "/tags/own"),
    (EVERYTHING | {"tags": fifty_tags()}, TAGGED, "L077", ERROR, "/tags"),
    (EVERYTHING | {"name": "my_config"}, TAKEN, "L064", ERROR, "/name"),
    (shared(userIds=["123456789012"]), Context(), "L065", WARN, f"{SHARE}/userIds/0"),
    (
        alone(**ami(targetAccountIds=[A], launchPermission={"userIds": [A]})),
        Context(),
        "L066",
        INFO,
        f"{SHARE}/userIds/0",
    ),
    (alone(**ami(targetAccountIds=[OWN])), WITH_TARGET, "L066", INFO, f"{AMI}/targetAccountIds/0"),
    (in_regions({}, ami(targetAccountIds=[A])), AWAY, "L029", WARN, "/distributions"),
    (in_regions({}, template()["distributions"][0]), AWAY, "L029", WARN, "/distributions"),
    (
        {"name": "web", "distributions": [{"region": "us-gov-west-1", **ami()}]},
        WITH_TARGET,
        "L026",
        ERROR,
        "/distributions/0/region",
    ),
    *(
        (in_regions(*[ami(**member)] * 2, ami()), Context(), "L070", WARN, f"{THIRD}{pointer}")
        for member, pointer in (
            ({"kmsKeyId": KEY}, "/kmsKeyId"),
            ({"targetAccountIds": [A]}, "/targetAccountIds"),
            ({"launchPermission": {"userIds": [A, B]}}, "/launchPermission/userIds"),
            ({"amiTags": {"team": "a"}}, "/amiTags"),
        )
    ),
    (
        in_regions(*[ami() | TEMPLATE] * 2, ami()),
        Context(),
        "L070",
        WARN,
        "/distributions/2/launchTemplateConfigurations",
    ),
    (alone(**ami(amiTags={f"k{i}": "" for i in range(49)})), Context(), "L071", WARN, AMI_TAGS),
    (
        shared(organizationArns=[ORG], organizationalUnitArns=[UNIT]),
        Context(),
        "L072",
        INFO,
        f"{SHARE}/organizationalUnitArns/0",
    ),
    (
        shared(organizationArns=[ORG, OTHER_ORG]),
        Context(),
        "L073",
        WARN,
        f"{SHARE}/organizationArns/1",
    ),
    (
        shared(organizationArns=[OTHER_ORG], organizationalUnitArns=[UNIT]),
        Context(),
        "L073",
        WARN,
        f"{SHARE}/organizationalUnitArns/0",
    ),
    (
        alone(**ami(targetAccountIds=ACCOUNTS[:51])),
        Context(),
        "L074",
        INFO,
        f"{AMI}/targetAccountIds",
    ),
    (parameter(), WITH_OTHERS, "L075", WARN, f"{SSM}/0/parameterName"),
    (template(), WITH_OTHERS, "L075", WARN, f"{TEMPLATES}/0/launchTemplateId"),
    (alone(**ami()), WITH_OTHERS, "L076", WARN, "/distributions"),
    *(
        (shared(userIds=[A, B]), known_with(shared(**permission)), "L076", WARN, "/distributions")
        for permission in ami_permissions()[1:]
    ),
    (
        in_regions(*[{"launchTemplateConfigurations": [{"launchTemplateId": "lt-1"}]}] * 2),
        Context(),
        "L069",
        WARN,
        "/distributions/1/launchTemplateConfigurations/0/launchTemplateId",
    ),
    (
        in_regions(
            {"launchTemplateConfigurations": [{"launchTemplateId": "lt-1"}]},
            {"fastLaunchConfigurations": [{"launchTemplate": {"launchTemplateId": "lt-1"}}]},
        ),
        Context(),
        "L069",
        WARN,
        "/distributions/1/fastLaunchConfigurations/0/launchTemplate/launchTemplateId",
    ),
    (
        in_regions(*[{"s3ExportConfiguration": {"s3Bucket": "exports"}}] * 2),
        Context(),
        "L069",
        WARN,
        "/distributions/1/s3ExportConfiguration/s3Bucket",
    ),
]


@pytest.mark.parametrize(
    ("document", "context", "rule", "severity", "pointer"), FOUND, ids=[row[2] for row in FOUND]
)
def test_it_reports(
    document: Any, context: Context, rule: str, severity: Severity, pointer: str
) -> None:
    found = [(f.rule, f.severity, f.pointer) for f in check(document, context)]
    assert (rule, severity, pointer) in found


# Valid documents that resemble a mistake: document, context, rule.
VALID: list[tuple[Any, Context, str]] = [
    (alone(**ami()), Context(), "L005"),
    (alone(**ami(name="{{imagebuilder:buildDate}}")), Context(), "L006"),
    (alone(**ami(name="a.b {{ imagebuilder:buildDate }}")), Context(), "L008"),
    (alone(**ami(name=f"{'a' * 99}{{{{ imagebuilder:buildDate }}}}")), Context(), "L009"),
    (shared(userIds=[A, B]), Context(), "L013"),
    (shared(userIds=[A]), Context(), "L016"),
    (alone(**ami(kmsKeyId=KEY)), Context(), "L019"),
    (alone(**ami(kmsKeyId=KEY)), Context(), "L020"),
    (shared(userGroups=["all"]), Context(), "L022"),
    (alone(**ami(kmsKeyId=KEY)), Context(home_region="eu-west-2"), "L023"),
    (alone(**ami(kmsKeyId=KEY)), Context(), "L025"),
    (alone(**ami(targetAccountIds=[OWN])), WITH_TARGET, "L024"),
    (
        {"name": "web", "distributions": [{"region": "xx-new-1"}]},
        Context(extra_regions=frozenset({"xx-new-1"})),
        "L027",
    ),
    (alone(**ami()), Context(), "L028"),
    (parameter(amiAccountId=OWN), WITH_TARGET, "L030"),
    (parameter(), Context(), "L032"),
    (
        parameter(parameterName=f"arn:aws:ssm:eu-west-1:{OWN}:parameter/imagebuilder/x"),
        Context(),
        "L032",
    ),
    (template(accountId=OWN), WITH_TARGET, "L038"),
    (template(accountId=OWN), WITH_TARGET, "L039"),
    (template(), Context(), "L037"),
    (fast(enabled=True, maxParallelLaunches=6), Context(), "L041"),
    (fast(enabled=False), Context(), "L043"),
    (alone(amiDistributionConfiguration={}), Context(), "L060"),
    (EVERYTHING | {"clientToken": "6b1f7a52-2f0e-4d3a-9d43-0d6a0b8f7c11"}, Context(), "L062"),
    (EVERYTHING | {"dryRun": False}, Context(), "L063"),
    (EVERYTHING | {"name": "my-config-2"}, TAKEN, "L064"),
    (EVERYTHING | {"name": "my-config-2"}, CREATED, "L064"),
    (EVERYTHING | {"tags": fifty_tags(49)}, TAGGED, "L077"),
    (EVERYTHING | {"tags": fifty_tags()}, Context(), "L077"),
    (EVERYTHING, Context(), "L065"),
    (alone(**ami(description="two\nlines 🚀 זה")), Context(), "L068"),
    (in_regions(ami(), ami(targetAccountIds=[A])), WITH_TARGET, "L029"),
    (in_regions(ami(targetAccountIds=[A]), ami()), Context(), "L029"),
    (alone(**ami()), AWAY, "L029"),
    (alone(**ami()), WITH_TARGET, "L026"),
    (in_regions(*[ami(targetAccountIds=[A])] * 3), Context(), "L070"),
    (in_regions(ami(kmsKeyId=KEY), ami()), Context(), "L070"),
    (
        in_regions(ami(), *[ami(kmsKeyId=KEY)] * 2),
        WITH_TARGET,
        "L070",
    ),
    (alone(**ami(amiTags={f"k{i}": "" for i in range(48)})), Context(), "L071"),
    (
        shared(organizationArns=[OTHER_ORG], organizationalUnitArns=[UNIT]),
        Context(),
        "L072",
    ),
    (shared(organizationArns=[ORG], organizationalUnitArns=[UNIT]), Context(), "L073"),
    (alone(**ami(targetAccountIds=ACCOUNTS[:50])), Context(), "L074"),
    (shared(userIds=ACCOUNTS[:60]), Context(), "L074"),
    (parameter() | {"name": "api"}, WITH_OTHERS, "L075"),
    (parameter(amiAccountId=A), WITH_OTHERS, "L075"),
    (shared(userIds=[A, B]), WITH_OTHERS, "L076"),
    *((sharing, WITH_TARGET, "L038") for sharing in with_template(ami_permissions())),
    *((sharing, WITH_TARGET, "L044") for sharing in with_template(ami_permissions())),
    (alone(**ami(targetAccountIds=[OWN], kmsKeyId=MANAGED)), WITH_TARGET, "L021"),
    (alone(**ami(targetAccountIds=[OWN])), WITH_TARGET, "L022"),
    (shared(userIds=[]), Context(), "L022"),
    (alone(**ami(kmsKeyId="aws/ebs", targetAccountIds=[A])), Context(), "L020"),
    (alone(**ami()), WITH_TARGET, "L056"),
    (alone(amiDistributionConfiguration={"name": "x"}), Context(), "L056"),
    (tagged_and_shared([]), Context(), "L054"),
    (tagged_and_shared([OWN]), WITH_TARGET, "L054"),
    (fast(launchTemplate=LATEST), Context(), "L042"),
    (template(), Context(), "L069"),
    (everything(), Context(), "L069"),
    (
        in_regions(
            {"launchTemplateConfigurations": [{"launchTemplateId": "lt-1"}]},
            {"launchTemplateConfigurations": [{"launchTemplateId": "lt-2"}, {}]},
            {"launchTemplateConfigurations": [{}], "s3ExportConfiguration": {"s3Bucket": "lt-1"}},
        ),
        Context(),
        "L069",
    ),
]


@pytest.mark.parametrize(("document", "context", "rule"), VALID, ids=[row[2] for row in VALID])
def test_it_does_not_report(document: Any, context: Context, rule: str) -> None:
    assert rule not in {found.rule for found in check(document, context)}


def test_it_suggests_the_replica_of_a_multi_region_key() -> None:
    key = f"arn:aws:kms:us-east-1:{A}:key/mrk-1234abcd12ab34cd56ef1234567890ab"
    (found,) = [f for f in check(alone(**ami(kmsKeyId=key))) if f.rule == "L019"]
    assert found.fix[0]["value"] == key.replace("us-east-1", "eu-west-1")


@pytest.mark.parametrize(
    ("document", "context", "message"),
    [
        (
            alone(**ami(kmsKeyId=KEY)),
            WITH_TARGET,
            f"This key belongs to account {A}. Its key policy must allow account {OWN} to use it"
            " and to create grants.",
        ),
        (
            shared_under_key(userIds=[B]),
            Context(),
            "Accounts with launch permission also need permission to use this key: add them to its"
            " key policy.",
        ),
    ],
)
def test_it_says_who_needs_the_key(document: Any, context: Context, message: str) -> None:
    assert [f.message for f in check(document, context) if f.rule == "L024"] == [message]


def test_it_names_the_removed_receivers() -> None:
    known = shared(userGroups=["all"], organizationArns=[ORG])
    (found,) = [f for f in check(alone(**ami()), known_with(known)) if f.rule == "L076"]
    assert f"also distributes to {ORG}, everyone. Updating" in found.message


R1, R2, R3 = "eu-west-1", "ap-east-1", "us-east-1"  # the Regions of in_regions
MANY = [f"{number:012d}" for number in range(5)]


@pytest.mark.parametrize(
    ("before", "after", "removed"),
    [
        ([MANY, MANY, MANY], [MANY], f"{R2}, {R3}"),
        ([MANY, [A], []], [MANY], f"{R2}, {R3}, and to {A}"),
        ([MANY, [A]], [[A]], f"{R2}, and to {', '.join(MANY[:3])} and 2 more accounts"),
        ([[A, B], [A, B]], [[A, B], [A]], f"{B} in {R2}"),
        ([[A, B], [A, B], [B]], [[A], [A], [B]], f"{B} in {R2}, {R1}"),
        (
            [MANY, MANY],
            [[], MANY],
            f"{', '.join(f'{a} in {R1}' for a in MANY[:3])} and 2 more accounts",
        ),
        ([[A, B], [A]], [[A]], f"{R2}, and to {B}"),
    ],
)
def test_removed_regions_and_accounts_are_counted_apart(
    before: list[list[str]], after: list[list[str]], removed: str
) -> None:
    old, new = (in_regions(*(ami(targetAccountIds=ids) for ids in one)) for one in (before, after))
    (found,) = [f for f in check(new, known_with(old)) if f.rule == "L076"]
    assert f"also distributes to {removed}. Updating it" in found.message


def test_more_removed_regions_are_counted() -> None:
    old, new = ({**alone(), "distributions": [{"region": r} for r in at]} for at in ("vwxyz", "z"))
    (found,) = [f for f in check(new, known_with(old)) if f.rule == "L076"]
    assert "distributes to v, w, x and 1 more Region. Updating" in found.message


def test_it_names_the_region_of_a_reused_bucket() -> None:
    part = {"s3ExportConfiguration": {"s3Bucket": "exports"}}
    (found,) = [f for f in check(in_regions(part, part)) if f.rule == "L069"]
    assert "“exports” belongs to eu-west-1. Use a bucket of this Region" in found.message


def test_it_reports_resources_of_another_region() -> None:
    license_arn = f"arn:aws:license-manager:us-east-1:{A}:license-configuration:lic-{'0' * 32}"
    key = f"arn:aws:kms:us-east-1:{A}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    document = alone(**ami(kmsKeyId=key), licenseConfigurationArns=[license_arn])
    found = {f.rule: f for f in check(document) if f.severity is ERROR}
    assert found["L019"].pointer == f"{AMI}/kmsKeyId"
    assert (
        "This key is in us-east-1; the AMI goes to eu-west-1. Use a key in eu-west-1."
        in found["L019"].message
    )
    assert found["L057"].pointer == "/distributions/0/licenseConfigurationArns/0"
    assert "Use a license configuration of this Region, or remove it here." in found["L057"].message


@pytest.mark.parametrize(
    ("region", "suggestion"),
    [("us-east-1a", "us-east-1"), ("EU-WEST-1", "eu-west-1"), ("eu_west_1", "eu-west-1")],
)
def test_it_suggests_the_intended_region(region: str, suggestion: str) -> None:
    document = {"name": "web", "distributions": [{"region": region, **ami()}]}
    (found,) = [f for f in check(document) if f.rule == "L027"]
    assert found.fix[0]["value"] == suggestion
    assert suggestion in found.message


def test_it_reports_the_region_of_the_other_partition() -> None:
    regions = ["cn-north-1", "eu-west-1", "eu-west-2"]
    document = {"name": "web", "distributions": [{"region": name, **ami()} for name in regions]}
    found = [f.pointer for f in check(document) if f.rule == "L026"]
    assert found == ["/distributions/0/region"]
