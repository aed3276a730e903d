"""Mistakes to plant in the document that has every member, and the rules that find them.

A row is the mistake's name, the pointer to change, the value to set (``GONE`` removes the member),
the rule, and the pointer of the finding if it is another one.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

GONE = object()
DOCUMENTS = Path(__file__).parents[2] / "documents"
EVERYTHING = json.loads((DOCUMENTS / "valid" / "everything.json").read_text(encoding="utf-8"))

D = "/distributions/0"
AMI, BOX = f"{D}/amiDistributionConfiguration", f"{D}/containerDistributionConfiguration"
S3 = f"{D}/s3ExportConfiguration"
SHARE = f"{AMI}/launchPermission"
REPOSITORY = f"{BOX}/targetRepository"
LICENSES = f"{D}/licenseConfigurationArns"
TEMPLATES = f"{D}/launchTemplateConfigurations"
FAST = f"{D}/fastLaunchConfigurations"
SSM = f"{D}/ssmParameterConfigurations"
DATE = "{{ imagebuilder:buildDate }}"
ORG = "arn:aws:organizations::210987654321:organization/o-abcde12345"
UNIT = "arn:aws:organizations::210987654321:ou/o-abcde12345/ou-ab12-cdef3456"
HEX = "0123456789abcdef"
LICENSE = f"arn:aws:license-manager:eu-west-1:210987654321:license-configuration:lic-{HEX}{HEX}"
KEY = "arn:aws:kms:eu-west-1:210987654321:key/1234abcd-12ab-34cd-56ef-1234567890ab"
ACCOUNTS = [f"{300000000000 + index}" for index in range(1537)]

Row = tuple[str, str, Any, str] | tuple[str, str, Any, str, str]


def planted(row: Row) -> Any:
    """Return the document that has every member, with the row's mistake."""
    document = copy.deepcopy(EVERYTHING)
    *path, last = row[1].split("/")[1:]
    node = document
    for token in path:
        node = node[int(token)] if isinstance(node, list) else node[token]
    if row[2] is GONE:
        del node[last]
    elif isinstance(node, list):
        node[int(last)] = row[2]
    else:
        node[last] = row[2]
    return document


def expected_pointer(row: Row) -> str:
    """Return the pointer of the finding."""
    return row[4] if len(row) == 5 else row[1]


_REQUEST: Sequence[Row] = [
    ("name missing", "/name", GONE, "L102"),
    ("name empty", "/name", "", "L001"),
    ("name of two characters", "/name", "ab", "L001"),
    ("name of 129 characters", "/name", "n" * 129, "L001"),
    ("name with a space in front", "/name", " golden", "L067"),
    ("name with a space at the end", "/name", "golden ", "L067"),
    ("name with a line break at the end", "/name", "golden\n", "L067"),
    ("name with a zero-width space", "/name", "gol\u200bden", "L067"),
    ("name with a no-break space", "/name", "gol\u00a0den", "L067"),
    ("name with a Cyrillic letter", "/name", "g\u043elden", "L067"),
    ("name with markup", "/name", "<script>", "L001"),
    ("name with a full stop", "/name", "golden.image", "L001"),
    ("name a number", "/name", 4711, "L101"),
    ("name null", "/name", None, "L101"),
    ("description empty", "/description", "", "L060"),
    ("description of 1,025 characters", "/description", "d" * 1025, "L105"),
    ("description a list", "/description", ["text"], "L101"),
    ("description with an escape", "/description", "a\x1b[31m", "L068"),
    ("description with a bell", "/description", "a\x07", "L068"),
    ("description with a carriage return", "/description", "a\r\nb", "L068"),
    ("description with a C1 control", "/description", "a\x85b", "L068"),
    ("description read from right to left", "/description", "a\u202eb", "L068"),
    ("token empty", "/clientToken", "", "L060"),
    ("token of 65 characters", "/clientToken", "t" * 65, "L105"),
    ("token a number", "/clientToken", 1, "L101"),
    ("token with a NUL", "/clientToken", "a\x00b", "L067"),
    ("name with a NUL", "/name", "gol\x00den", "L067"),
    ("description with a lone surrogate", "/description", "a\ud800b", "L068"),
    ("dryRun as text", "/dryRun", "true", "L101"),
    ("dryRun as a number", "/dryRun", 1, "L101"),
    ("unknown member", "/regions", ["eu-west-1"], "L059"),
    ("member in another case", "/Name", "golden", "L059"),
    ("prototype", "/__proto__", {}, "L059"),
    ("constructor", "/constructor", {}, "L059"),
]
_TAGS: Sequence[Row] = [
    ("tags empty", "/tags", {}, "L060"),
    ("tags a list", "/tags", [{"Key": "a", "Value": "b"}], "L101"),
    ("51 tags", "/tags", {f"k{index}": "" for index in range(51)}, "L012"),
    ("tag key empty", "/tags", {"": "v"}, "L060", "/tags/"),
    ("tag key of AWS", "/tags", {"aws:x": "v"}, "L051", "/tags/aws:x"),
    ("tag key of AWS in capitals", "/tags", {"AWS:x": "v"}, "L051", "/tags/AWS:x"),
    ("tag key of AWS in mixed case", "/tags", {"Aws:x": "v"}, "L051", "/tags/Aws:x"),
    ("tag key of 129 characters", "/tags", {"k" * 129: "v"}, "L105", f"/tags/{'k' * 129}"),
    ("tag key with an em space", "/tags", {"a\u2003b": "v"}, "L067", "/tags/a\u2003b"),
    ("tag key with a question mark", "/tags", {"a?": "v"}, "L051", "/tags/a?"),
    ("tag key that a pointer escapes", "/tags", {"a/~?": "v"}, "L051", "/tags/a~1~0?"),
    ("tag value of 257 characters", "/tags", {"k": "v" * 257}, "L105", "/tags/k"),
    ("tag value a number", "/tags", {"k": 1}, "L101", "/tags/k"),
    ("tag value null", "/tags", {"k": None}, "L101", "/tags/k"),
    ("tag value with a tab", "/tags", {"k": "a\tb"}, "L068", "/tags/k"),
]
_DISTRIBUTIONS: Sequence[Row] = [
    ("distributions missing", "/distributions", GONE, "L102"),
    ("no distribution", "/distributions", [], "L003"),
    ("distributions an object", "/distributions", {"region": "eu-west-1"}, "L101"),
    ("distributions a text", "/distributions", "eu-west-1", "L101"),
    ("201 distributions", "/distributions", [{}] * 201, "L012"),
    ("a distribution as text", "/distributions/1", "eu-west-1", "L101"),
    ("a distribution null", "/distributions/1", None, "L101"),
    ("a Region alone", "/distributions/1", {"region": "us-east-1"}, "L005"),
    ("an empty distribution", "/distributions/1", {}, "L102", "/distributions/1/region"),
    ("Region missing", f"{D}/region", GONE, "L102"),
    ("Region empty", f"{D}/region", "", "L060"),
    ("Region a number", f"{D}/region", 1, "L101"),
    ("Region twice", "/distributions/1/region", "eu-west-1", "L004"),
    ("Region twice in another case", "/distributions/1/region", "EU-WEST-1", "L004"),
    ("Region unknown", "/distributions/1/region", "eu-west-9", "L027"),
    ("Region of another world", "/distributions/1/region", "narnia-1", "L027"),
    ("Region local", "/distributions/1/region", "local", "L027"),
    ("Region an address", "/distributions/1/region", "169.254.169.254", "L027"),
    ("Region a host", "/distributions/1/region", "x@evil.example", "L027"),
    ("Region an availability zone", "/distributions/1/region", "us-east-1a", "L027"),
    ("Region in capitals", "/distributions/1/region", "US-EAST-1", "L027"),
    ("Region with a space", "/distributions/1/region", "us-east-1 ", "L027"),
    ("Region of another partition", "/distributions/1/region", "cn-north-1", "L026"),
    ("Region of GovCloud", "/distributions/1/region", "us-gov-west-1", "L026"),
    ("block one level too high", "/amiDistributionConfiguration", {"name": DATE}, "L059"),
    ("snake case", f"{D}/license_configuration_arns", [LICENSE], "L059"),
    ("Pascal case", f"{D}/AmiDistributionConfiguration", {}, "L059"),
    ("a read-only member too deep", f"{D}/arn", "arn:aws:x", "L059"),
]
_AMI: Sequence[Row] = [
    ("AMI block a text", AMI, "golden", "L101"),
    ("AMI name empty", f"{AMI}/name", "", "L060"),
    ("AMI name without the build date", f"{AMI}/name", "golden", "L006"),
    ("AMI name with another token", f"{AMI}/name", "a-{{ imagebuilder:buildVersion }}", "L006"),
    ("AMI name with the token misspelt", f"{AMI}/name", "a-{{ imagebuilder:builddate }}", "L006"),
    ("AMI name of 128 characters", f"{AMI}/name", "a" * 100 + DATE, "L105"),
    (
        "AMI name too long with dates",
        f"{AMI}/name",
        f"{DATE.replace(' ', '') * 2}{'a' * 75}",
        "L009",
    ),
    ("AMI name with a colon", f"{AMI}/name", f"golden:{DATE}", "L008"),
    ("AMI name with a brace", f"{AMI}/name", f"golden}} {DATE}", "L008"),
    ("AMI name with open braces", f"{AMI}/name", f"{{{{ golden {DATE}", "L008"),
    ("AMI name with a tab", f"{AMI}/name", f"golden\t{DATE}", "L008"),
    ("AMI name with a line break", f"{AMI}/name", f"golden\n{DATE}", "L008"),
    ("AMI name with CR and LF", f"{AMI}/name", f"golden\r\n{DATE}", "L008"),
    ("AMI name with a line separator", f"{AMI}/name", f"golden\u2028{DATE}", "L067"),
    ("AMI name with a file separator", f"{AMI}/name", f"golden\x1c{DATE}", "L067"),
    ("AMI name with a no-break space", f"{AMI}/name", f"golden\u00a0{DATE}", "L067"),
    ("AMI name with a slash", f"{AMI}/name", f"golden/{DATE}", "L007"),
    ("AMI name with a full stop in front", f"{AMI}/name", f".golden {DATE}", "L007"),
    ("AMI description empty", f"{AMI}/description", "", "L060"),
    ("AMI description too long", f"{AMI}/description", "d" * 1025, "L105"),
    ("AMI description with a NUL", f"{AMI}/description", "a\x00b", "L068"),
    ("targets empty", f"{AMI}/targetAccountIds", [], "L060"),
    ("targets a text", f"{AMI}/targetAccountIds", "210987654322", "L101"),
    ("1,537 targets", f"{AMI}/targetAccountIds", ACCOUNTS, "L012"),
    ("target a number", f"{AMI}/targetAccountIds/0", 210987654322, "L101"),
    ("target of 11 digits", f"{AMI}/targetAccountIds/0", "21098765432", "L011"),
    ("target of 13 digits", f"{AMI}/targetAccountIds/0", "2109876543222", "L011"),
    ("target with hyphens", f"{AMI}/targetAccountIds/0", "2109-8765-4322", "L011"),
    ("target with a space", f"{AMI}/targetAccountIds/1", "001234567012 ", "L067"),
    ("target with a line break", f"{AMI}/targetAccountIds/1", "001234567012\n", "L067"),
    ("target in Arabic digits", f"{AMI}/targetAccountIds/1", "١٢٣٤٥٦٧٨٩٠١٢", "L067"),
    ("target empty", f"{AMI}/targetAccountIds/1", "", "L011"),
    ("AMI tags empty", f"{AMI}/amiTags", {}, "L060"),
    ("AMI tag of AWS", f"{AMI}/amiTags", {"aws:x": ""}, "L051", f"{AMI}/amiTags/aws:x"),
    ("AMI tag of AWS in capitals", f"{AMI}/amiTags", {"AWS:x": ""}, "L051", f"{AMI}/amiTags/AWS:x"),
    ("AMI tag key with a tab", f"{AMI}/amiTags", {"a\tb": ""}, "L068", f"{AMI}/amiTags/a\tb"),
    ("51 AMI tags", f"{AMI}/amiTags", {f"k{i}": "" for i in range(51)}, "L012"),
    ("AMI tag value too long", f"{AMI}/amiTags/team", "v" * 257, "L105"),
    ("key empty", f"{AMI}/kmsKeyId", "", "L060"),
    ("key as a name", f"{AMI}/kmsKeyId", "images", "L020"),
    ("key of another service", f"{AMI}/kmsKeyId", KEY.replace(":kms:", ":s3:"), "L020"),
    ("key with markup", f"{AMI}/kmsKeyId", f"{KEY}<script>", "L020"),
    ("key of another Region", f"{AMI}/kmsKeyId", KEY.replace("eu-west-1", "us-east-1"), "L019"),
    ("key of another partition", f"{AMI}/kmsKeyId", KEY.replace("arn:aws:", "arn:aws-cn:"), "L025"),
    ("key of no partition", f"{AMI}/kmsKeyId", KEY.replace("arn:aws:", "arn:aws-x:"), "L025"),
    (
        "shared under AWS's key",
        f"{AMI}/kmsKeyId",
        f"{KEY.rpartition(':')[0]}:alias/aws/ebs",
        "L021",
    ),
    ("group in capitals", f"{SHARE}/userGroups", ["All"], "L015", f"{SHARE}/userGroups/0"),
    ("another group", f"{SHARE}/userGroups", ["all", "x"], "L015", f"{SHARE}/userGroups/1"),
    ("groups empty", f"{SHARE}/userGroups", [], "L060"),
    ("user of 11 digits", f"{SHARE}/userIds/0", "31098765432", "L011"),
    ("users empty", f"{SHARE}/userIds", [], "L060"),
    ("26 organizations", f"{SHARE}/organizationArns", [f"{ORG}{i}" for i in range(26)], "L012"),
    ("organization as an id", f"{SHARE}/organizationArns/0", "o-abcde12345", "L014"),
    ("organization of a unit", f"{SHARE}/organizationArns/0", UNIT, "L014"),
    (
        "organization with markup in its partition",
        f"{SHARE}/organizationArns/0",
        ORG.replace("arn:aws:", 'arn:aws"><img src=x onerror=alert(1)>:'),
        "L025",
    ),
    (
        "organization with a line break in its partition",
        f"{SHARE}/organizationArns/0",
        ORG.replace("arn:aws:", "arn:aws\n:"),
        "L025",
    ),
    (
        "organization of another partition",
        f"{SHARE}/organizationArns/0",
        ORG.replace("arn:aws:", "arn:aws-us-gov:"),
        "L025",
    ),
    ("26 units", f"{SHARE}/organizationalUnitArns", [f"{UNIT}{i}" for i in range(26)], "L012"),
    ("unit as an id", f"{SHARE}/organizationalUnitArns/0", "ou-ab12-cdef3456", "L014"),
    ("unit with markup", f"{SHARE}/organizationalUnitArns/0", f"{UNIT}<script>", "L014"),
    ("unit with a line break", f"{SHARE}/organizationalUnitArns/0", f"{UNIT}\n", "L067"),
]
_CONTAINER: Sequence[Row] = [
    ("container without repository", REPOSITORY, GONE, "L102"),
    ("container empty", BOX, {}, "L102", REPOSITORY),
    ("repository without service", f"{REPOSITORY}/service", GONE, "L102"),
    ("repository without name", f"{REPOSITORY}/repositoryName", GONE, "L102"),
    ("another registry", f"{REPOSITORY}/service", "DOCKER", "L103"),
    ("repository name empty", f"{REPOSITORY}/repositoryName", "", "L060"),
    ("repository in capitals", f"{REPOSITORY}/repositoryName", "Golden", "L048"),
    (
        "repository with its host",
        f"{REPOSITORY}/repositoryName",
        "123456789012.dkr.ecr.eu-west-1.amazonaws.com/x",
        "L048",
    ),
    ("repository with a tag", f"{REPOSITORY}/repositoryName", "golden:1", "L048"),
    ("repository of one letter", f"{REPOSITORY}/repositoryName", "g", "L048"),
    ("repository of 257 letters", f"{REPOSITORY}/repositoryName", "g" * 257, "L048"),
    ("image tag with a space", f"{BOX}/containerTags/0", "1 2", "L048"),
    ("image tag of 129 characters", f"{BOX}/containerTags/0", "t" * 129, "L048"),
    ("image tag empty", f"{BOX}/containerTags/0", "", "L060"),
    ("image tags empty", f"{BOX}/containerTags", [], "L060"),
    ("container description empty", f"{BOX}/description", "", "L060"),
    ("container description with a control", f"{BOX}/description", "a\x7f", "L068"),
]
_AROUND: Sequence[Row] = [
    ("51 licenses", LICENSES, [f"{LICENSE[:-2]}{i:02}" for i in range(51)], "L012"),
    ("licenses empty", LICENSES, [], "L060"),
    ("license as an id", f"{LICENSES}/0", f"lic-{HEX}{HEX}", "L057"),
    ("license of a Region", f"{LICENSES}/0", LICENSE.replace("eu-west-1", "us-east-1"), "L057"),
    ("license with markup", f"{LICENSES}/0", LICENSE.replace("eu-west-1", "<script>"), "L057"),
    ("license of a partition", f"{LICENSES}/0", LICENSE.replace("aws:", "aws-cn:", 1), "L025"),
    ("templates empty", TEMPLATES, [], "L060"),
    ("101 templates", TEMPLATES, [{"launchTemplateId": f"lt-{i:017}"} for i in range(101)], "L012"),
    ("template without id", f"{TEMPLATES}/0/launchTemplateId", GONE, "L102"),
    ("template id too short", f"{TEMPLATES}/0/launchTemplateId", "lt-0a1b2c", "L036"),
    ("template by name", f"{TEMPLATES}/0/launchTemplateId", "golden-template", "L036"),
    ("template id in capitals", f"{TEMPLATES}/0/launchTemplateId", "lt-0A1B2C3D4E5F67890", "L036"),
    ("template's account of 11 digits", f"{TEMPLATES}/0/accountId", "21098765432", "L011"),
    ("template's default as text", f"{TEMPLATES}/0/setDefaultVersion", "yes", "L101"),
    ("template's id misspelt", f"{TEMPLATES}/0/launchTemplateID", "lt-0", "L059"),
    ("export without role", f"{S3}/roleName", GONE, "L102"),
    ("export without bucket", f"{S3}/s3Bucket", GONE, "L102"),
    ("export without format", f"{S3}/diskImageFormat", GONE, "L102"),
    ("format in lower case", f"{S3}/diskImageFormat", "vmdk", "L103"),
    ("role as an ARN", f"{S3}/roleName", "arn:aws:iam::210987654321:role/vmimport", "L046"),
    ("role of 65 characters", f"{S3}/roleName", "r" * 65, "L046"),
    ("bucket as a URL", f"{S3}/s3Bucket", "s3://golden-images", "L046"),
    ("bucket as an ARN", f"{S3}/s3Bucket", "arn:aws:s3:::golden-images", "L046"),
    ("bucket in capitals", f"{S3}/s3Bucket", "Golden-Images", "L046"),
    ("bucket of two letters", f"{S3}/s3Bucket", "gi", "L046"),
    ("bucket with two full stops", f"{S3}/s3Bucket", "golden..images", "L046"),
    ("bucket like an address", f"{S3}/s3Bucket", "192.168.0.1", "L046"),
    ("prefix empty", f"{S3}/s3Prefix", "", "L060"),
    ("prefix with a hidden character", f"{S3}/s3Prefix", "exports\u200b/", "L067"),
    ("fast launch empty", FAST, [], "L060"),
    ("1,001 fast launches", FAST, [{"enabled": True}] * 1001, "L012"),
    ("fast launch without enabled", f"{FAST}/0/enabled", GONE, "L102"),
    ("enabled as text", f"{FAST}/0/enabled", "true", "L101"),
    ("enabled null", f"{FAST}/0/enabled", None, "L101"),
    ("5 parallel launches", f"{FAST}/0/maxParallelLaunches", 5, "L041"),
    ("no parallel launches", f"{FAST}/0/maxParallelLaunches", 0, "L104"),
    ("too many parallel launches", f"{FAST}/0/maxParallelLaunches", 10**30, "L041"),
    ("parallel launches as text", f"{FAST}/0/maxParallelLaunches", "6", "L101"),
    ("parallel launches with a fraction", f"{FAST}/0/maxParallelLaunches", 6.0, "L101"),
    ("parallel launches true", f"{FAST}/0/maxParallelLaunches", True, "L101"),
    ("no snapshot", f"{FAST}/0/snapshotConfiguration/targetResourceCount", 0, "L104"),
    ("10,001 snapshots", f"{FAST}/0/snapshotConfiguration/targetResourceCount", 10001, "L104"),
    ("fast template empty", f"{FAST}/0/launchTemplate", {}, "L060"),
    (
        "fast template by id and name",
        f"{FAST}/0/launchTemplate/launchTemplateName",
        "golden",
        "L040",
    ),
    (
        "fast template by neither",
        f"{FAST}/0/launchTemplate/launchTemplateId",
        GONE,
        "L042",
    ),
    ("fast template's id", f"{FAST}/0/launchTemplate/launchTemplateId", "lt-1", "L036"),
    ("fast template's name", f"{FAST}/1/launchTemplate/launchTemplateName", "fas\u200bt", "L067"),
    ("fast version", f"{FAST}/0/launchTemplate/launchTemplateVersion", " 1", "L067"),
    ("fast launch's account", f"{FAST}/0/accountId", "2109876543 22", "L011"),
    ("parameters empty", SSM, [], "L060"),
    ("parameter without name", f"{SSM}/0/parameterName", GONE, "L102"),
    ("parameter name empty", f"{SSM}/0/parameterName", "", "L060"),
    ("parameter name with a space", f"{SSM}/0/parameterName", "/imagebuilder/a b", "L031"),
    ("parameter name with a line break", f"{SSM}/0/parameterName", "/imagebuilder/a\n", "L067"),
    ("parameter of AWS", f"{SSM}/0/parameterName", "aws/x", "L031"),
    ("parameter of AWS in capitals", f"{SSM}/0/parameterName", "/AWS/x", "L031"),
    ("parameter of SSM", f"{SSM}/0/parameterName", "ssm-golden", "L031"),
    ("parameter path without slash", f"{SSM}/0/parameterName", "imagebuilder/golden", "L031"),
    ("parameter of 16 levels", f"{SSM}/0/parameterName", "/a" * 16, "L031"),
    ("parameter name of 1,012 characters", f"{SSM}/0/parameterName", "/" + "p" * 1011, "L105"),
    ("parameter ARN too long", f"{SSM}/0/parameterName", "/" + "p" * 1000, "L031"),
    ("parameter type", f"{SSM}/0/dataType", "aws:ec2:ami", "L103"),
    ("parameter's account", f"{SSM}/0/amiAccountId", "21098765432", "L011"),
    (
        "parameter twice",
        f"{SSM}/1",
        {"parameterName": "/imagebuilder/golden", "amiAccountId": "210987654322"},
        "L034",
        f"{SSM}/1/parameterName",
    ),
]
MISTAKES = [*_REQUEST, *_TAGS, *_DISTRIBUTIONS, *_AMI, *_CONTAINER, *_AROUND]
