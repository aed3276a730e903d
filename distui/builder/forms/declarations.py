"""Which members of the API are offered, in which order and in which words."""

from __future__ import annotations

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

from distui.builder.forms.shape_form import ShapeForm

# Members that no form offers, and why; a test holds this list against the schema.
NOT_OFFERED = {
    "CreateDistributionConfigurationRequest.clientToken": "distui makes it and writes it down",
    "CreateDistributionConfigurationRequest.dryRun": "asked for when submitting, not written",
}

_ACCOUNTS = "12 digits each. Paste them with any separators; leading zeros stay."


def _bold(word: str, rest: str) -> SafeString:
    return format_html("<strong>{}</strong>{}", word, rest)


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "spellcheck": "false", "class": "mono"})


def _code(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"spellcheck": "false", "class": "mono", **attrs})


class LaunchPermissionForm(ShapeForm):
    """Who may launch the one AMI, which stays ours."""

    class Meta:
        shape = "LaunchPermissionConfiguration"
        fields = ("userIds", "organizationArns", "organizationalUnitArns", "userGroups")
        labels = {
            "userIds": "Accounts",
            "organizationArns": "Organizations",
            "organizationalUnitArns": "Organizational units",
            "userGroups": "Everyone",
        }
        help_texts = {
            "userIds": _bold("Share", f" with these accounts. {_ACCOUNTS}"),
            "organizationArns": _bold(
                "Share", " with all of their accounts. Full ARNs, one a line."
            ),
            "organizationalUnitArns": _bold(
                "Share", " with the accounts in them. Full ARNs, one a line."
            ),
            "userGroups": _bold("Share", " with the whole world: this makes the AMI public."),
        }
        widgets = {
            "userIds": _lines(3),
            "organizationArns": _lines(2),
            "organizationalUnitArns": _lines(2),
        }
        choices = {"userGroups": [("all", "all: everyone, in every AWS account")]}
        absent = {"userGroups": "the AMI is not public"}


class AmiForm(ShapeForm):
    """The AMI in one Region."""

    class Meta:
        shape = "AmiDistributionConfiguration"
        fields = (
            "name",
            "description",
            "kmsKeyId",
            "targetAccountIds",
            "launchPermission",
            "amiTags",
        )
        one = {"launchPermission": LaunchPermissionForm}
        labels = {
            "name": "AMI name",
            "description": "AMI description",
            "targetAccountIds": "Copy to accounts",
            "kmsKeyId": "KMS key",
            "launchPermission": "Launch permission",
            "amiTags": "AMI tags",
        }
        help_texts = {
            "name": "With {{ imagebuilder:buildDate }}, for example"
            " golden-{{ imagebuilder:buildDate }}. Left empty, AWS names it after the image.",
            "targetAccountIds": _bold("Copy", f" to these accounts. {_ACCOUNTS}"),
            "kmsKeyId": "ARN of a key or an alias in this Region. Encrypts the copies made here.",
            "launchPermission": _bold("Share", " the one AMI: others may launch it."),
            "amiTags": "On the AMI. AWS adds CreatedBy and Ec2ImageBuilderArn itself.",
        }
        widgets = {
            "name": _code(),
            "description": forms.Textarea(attrs={"rows": 2}),
            "targetAccountIds": _lines(3),
            "kmsKeyId": _code(),
        }
        notes = {"targetAccountIds": "builder/forms/_copy_or_share.html"}
        more = {"name": "builder/forms/_ami_name_preview.html"}


class RepositoryForm(ShapeForm):
    """Where a container image is pushed."""

    class Meta:
        shape = "TargetContainerRepository"
        fields = ("service", "repositoryName")
        labels = {"service": "Registry", "repositoryName": "Repository name"}
        help_texts = {
            "repositoryName": "The name alone, for example team-a/api, without the registry's host."
        }
        widgets = {"repositoryName": _code()}


class ContainerForm(ShapeForm):
    """The container image in one Region."""

    class Meta:
        shape = "ContainerDistributionConfiguration"
        fields = ("targetRepository", "containerTags", "description")
        one = {"targetRepository": RepositoryForm}
        labels = {
            "targetRepository": "Repository",
            "containerTags": "Image tags",
            "description": "Description",
        }
        help_texts = {
            "targetRepository": "The repository in this Region that the image is pushed to.",
            "containerTags": "One a line. They tag the image in the repository.",
        }
        widgets = {"containerTags": _lines(2), "description": forms.Textarea(attrs={"rows": 2})}


class LaunchTemplateForm(ShapeForm):
    """A launch template that gets a version with the new AMI."""

    class Meta:
        shape = "LaunchTemplateConfiguration"
        fields = ("launchTemplateId", "accountId", "setDefaultVersion")
        labels = {
            "launchTemplateId": "Launch template id",
            "accountId": "Account",
            "setDefaultVersion": "Make the new version the default",
        }
        help_texts = {
            "launchTemplateId": "For example lt-0a1b2c3d4e5f67890, in this Region.",
            "accountId": "Who owns the template. Left empty, your own account.",
            "setDefaultVersion": "Instances launched from the default version use the new AMI at"
            " once.",
        }
        widgets = {"launchTemplateId": _code(), "accountId": _code(inputmode="numeric")}
        absent = {"setDefaultVersion": "AWS takes true, the new version becomes the default"}


class SnapshotForm(ShapeForm):
    """How many pre-provisioned snapshots are kept."""

    class Meta:
        shape = "FastLaunchSnapshotConfiguration"
        fields = ("targetResourceCount",)
        labels = {"targetResourceCount": "Snapshots to keep ready"}


class FastLaunchTemplateForm(ShapeForm):
    """The launch template that fast launch starts its instances from."""

    class Meta:
        shape = "FastLaunchLaunchTemplateSpecification"
        fields = ("launchTemplateId", "launchTemplateName", "launchTemplateVersion")
        labels = {
            "launchTemplateId": "Launch template id",
            "launchTemplateName": "Launch template name",
            "launchTemplateVersion": "Version",
        }
        help_texts = {
            "launchTemplateId": "The id or the name, not both.",
            "launchTemplateVersion": "A number, $Latest or $Default.",
        }
        widgets = {"launchTemplateId": _code(), "launchTemplateName": _code()}


class FastLaunchForm(ShapeForm):
    """Windows fast launch for one account."""

    class Meta:
        shape = "FastLaunchConfiguration"
        fields = (
            "enabled",
            "accountId",
            "maxParallelLaunches",
            "snapshotConfiguration",
            "launchTemplate",
        )
        one = {"snapshotConfiguration": SnapshotForm, "launchTemplate": FastLaunchTemplateForm}
        labels = {
            "enabled": "Enabled",
            "accountId": "Account",
            "maxParallelLaunches": "Parallel launches",
            "snapshotConfiguration": "Snapshots",
            "launchTemplate": "Launch template",
        }
        help_texts = {
            "enabled": "false takes no action: it does not switch fast launch off.",
            "accountId": "Who owns the AMI. Left empty, your own account.",
            "maxParallelLaunches": "At least 6, as EC2 asks.",
            "snapshotConfiguration": "How many pre-provisioned snapshots to keep.",
            "launchTemplate": "What the pre-provisioning instances are launched from.",
        }
        widgets = {"accountId": _code(inputmode="numeric")}


class SsmParameterForm(ShapeForm):
    """An SSM parameter that gets the AMI's id."""

    class Meta:
        shape = "SsmParameterConfiguration"
        fields = ("parameterName", "amiAccountId", "dataType")
        labels = {
            "parameterName": "Parameter name",
            "amiAccountId": "Account",
            "dataType": "Data type",
        }
        help_texts = {
            "parameterName": "For example /imagebuilder/golden-ami. Elsewhere than below"
            " /imagebuilder/ the pipeline needs an execution role.",
            "amiAccountId": "An account this Region copies to. Left empty, your own.",
            "dataType": "aws:ec2:image lets SSM check that the AMI exists.",
        }
        widgets = {"parameterName": _code(), "amiAccountId": _code(inputmode="numeric")}
        absent = {"dataType": "SSM takes text, and checks nothing"}


class S3ExportForm(ShapeForm):
    """A disk image for virtual machines elsewhere."""

    class Meta:
        shape = "S3ExportConfiguration"
        fields = ("diskImageFormat", "s3Bucket", "s3Prefix", "roleName")
        labels = {
            "diskImageFormat": "Disk image format",
            "s3Bucket": "Bucket",
            "s3Prefix": "Prefix",
            "roleName": "Role name",
        }
        help_texts = {
            "s3Bucket": "Its name alone, in this Region.",
            "s3Prefix": "For example exports/golden, without a slash in front.",
            "roleName": "The name, not the ARN, of a role that VM Import/Export may assume.",
        }
        widgets = {"s3Bucket": _code(), "s3Prefix": _code(), "roleName": _code()}


class DistributionForm(ShapeForm):
    """What goes to one Region."""

    class Meta:
        shape = "Distribution"
        fields = (
            "region",
            "amiDistributionConfiguration",
            "containerDistributionConfiguration",
            "launchTemplateConfigurations",
            "licenseConfigurationArns",
            "ssmParameterConfigurations",
            "fastLaunchConfigurations",
            "s3ExportConfiguration",
        )
        one = {
            "amiDistributionConfiguration": AmiForm,
            "containerDistributionConfiguration": ContainerForm,
            "s3ExportConfiguration": S3ExportForm,
        }
        many = {
            "launchTemplateConfigurations": LaunchTemplateForm,
            "ssmParameterConfigurations": SsmParameterForm,
            "fastLaunchConfigurations": FastLaunchForm,
        }
        labels = {
            "region": "Region",
            "amiDistributionConfiguration": "AMI",
            "containerDistributionConfiguration": "Container image",
            "launchTemplateConfigurations": "Launch templates",
            "licenseConfigurationArns": "Licence configurations",
            "ssmParameterConfigurations": "SSM parameters",
            "fastLaunchConfigurations": "Windows fast launch",
            "s3ExportConfiguration": "VM export to S3",
        }
        help_texts = {
            "region": "For example eu-west-1. Each Region once.",
            "amiDistributionConfiguration": "Name, copies, encryption, sharing and tags of the AMI"
            " in this Region.",
            "containerDistributionConfiguration": "Push a container image to a repository in this"
            " Region.",
            "launchTemplateConfigurations": "Give templates a new version with this Region's AMI.",
            "licenseConfigurationArns": "ARNs from License Manager in this Region, one a line.",
            "ssmParameterConfigurations": "Write the AMI's id to parameters in this Region.",
            "fastLaunchConfigurations": "Pre-provision snapshots so that Windows starts sooner.",
            "s3ExportConfiguration": "Export a disk image for virtual machines outside EC2.",
        }
        widgets = {"region": _code(list="regions"), "licenseConfigurationArns": _lines(2)}


class RequestForm(ShapeForm):
    """The whole request."""

    class Meta:
        shape = "CreateDistributionConfigurationRequest"
        fields = ("name", "description", "tags", "distributions")
        many = {"distributions": DistributionForm}
        labels = {
            "name": "Name",
            "description": "Description",
            "tags": "Tags",
            "distributions": "Regions",
        }
        help_texts = {
            "name": "Unique in the account and home Region, and never changed later. Capitals,"
            " spaces and underscores do not make a name different.",
            "description": "For the people who find it.",
            "tags": "On the configuration itself.",
            "distributions": "Where the image goes, each Region once.",
        }
        widgets = {"name": _code(), "description": forms.Textarea(attrs={"rows": 2})}
