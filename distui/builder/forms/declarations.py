"""The members of the API that forms offer: their order, labels and help texts."""

from __future__ import annotations

from distui.builder.forms.image_declarations import AmiForm, ContainerForm
from distui.builder.forms.shape_form import ShapeForm
from distui.builder.forms.widgets import code, lines, prose

# Members that no form offers, and the reason. A test compares this list with the schema.
NOT_OFFERED = {
    "CreateDistributionConfigurationRequest.clientToken": "distui generates and stores it",
    "CreateDistributionConfigurationRequest.dryRun": "chosen on submission, not part of a draft",
}


class LaunchTemplateForm(ShapeForm):
    """A launch template that gets a new version with the AMI."""

    class Meta:
        shape = "LaunchTemplateConfiguration"
        fields = ("launchTemplateId", "accountId", "setDefaultVersion")
        labels = {
            "launchTemplateId": "Launch template ID",
            "accountId": "Account ID",
            "setDefaultVersion": "Set as default version",
        }
        help_texts = {
            "launchTemplateId": "For example lt-0a1b2c3d4e5f67890; must be in this Region.",
            "accountId": "The account that owns the launch template. If empty, your account.",
            "setDefaultVersion": "Instances launched from the default version use the new AMI"
            " immediately.",
        }
        widgets = {"launchTemplateId": code(), "accountId": code(inputmode="numeric")}
        empty_labels = {"setDefaultVersion": "Default (true): new version becomes default"}


class SnapshotForm(ShapeForm):
    """The number of pre-provisioned snapshots for fast launch."""

    class Meta:
        shape = "FastLaunchSnapshotConfiguration"
        fields = ("targetResourceCount",)
        labels = {"targetResourceCount": "Number of snapshots"}


class FastLaunchTemplateForm(ShapeForm):
    """The launch template that fast launch uses to create snapshots."""

    class Meta:
        shape = "FastLaunchLaunchTemplateSpecification"
        fields = ("launchTemplateId", "launchTemplateName", "launchTemplateVersion")
        labels = {
            "launchTemplateId": "Launch template ID",
            "launchTemplateName": "Launch template name",
            "launchTemplateVersion": "Version",
        }
        help_texts = {
            "launchTemplateId": "Either the ID or the name, not both.",
            "launchTemplateVersion": "A number, $Latest or $Default.",
        }
        widgets = {"launchTemplateId": code(), "launchTemplateName": code()}


class FastLaunchForm(ShapeForm):
    """EC2 Fast Launch for one account."""

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
            "accountId": "Account ID",
            "maxParallelLaunches": "Parallel launches",
            "snapshotConfiguration": "Snapshots",
            "launchTemplate": "Launch template",
        }
        help_texts = {
            "enabled": "false has no effect; it doesn't disable EC2 Fast Launch.",
            "accountId": "The account that owns the AMI. If empty, your account.",
            "maxParallelLaunches": "Minimum 6.",
            "snapshotConfiguration": "Number of pre-provisioned snapshots to keep.",
            "launchTemplate": "Used to launch the instances that create the snapshots.",
        }
        widgets = {"accountId": code(inputmode="numeric")}


class SsmParameterForm(ShapeForm):
    """An SSM parameter whose value is the AMI ID."""

    class Meta:
        shape = "SsmParameterConfiguration"
        fields = ("parameterName", "amiAccountId", "dataType")
        labels = {
            "parameterName": "Parameter name",
            "amiAccountId": "Account ID",
            "dataType": "Data type",
        }
        help_texts = {
            "parameterName": "For example /imagebuilder/golden-ami. Outside /imagebuilder/, the"
            " pipeline needs an execution role with ssm:PutParameter.",
            "amiAccountId": "One of the accounts that this Region copies to. If empty, your"
            " account.",
            "dataType": "aws:ec2:image makes SSM validate that the AMI exists.",
        }
        widgets = {"parameterName": code(), "amiAccountId": code(inputmode="numeric")}
        empty_labels = {"dataType": "Default (text, no validation)"}


class S3ExportForm(ShapeForm):
    """A disk image of the AMI in an S3 bucket."""

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
            "s3Bucket": "Bucket name only; must be in this Region.",
            "s3Prefix": "For example exports/golden; no leading slash.",
            "roleName": "Role name, not ARN. VM Import/Export must be able to assume this role.",
        }
        widgets = {"s3Bucket": code(), "s3Prefix": code(), "roleName": code()}


class DistributionForm(ShapeForm):
    """Everything that is distributed to one Region."""

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
            "licenseConfigurationArns": "License configurations",
            "ssmParameterConfigurations": "SSM parameters",
            "fastLaunchConfigurations": "EC2 Fast Launch",
            "s3ExportConfiguration": "VM export to S3",
        }
        item_labels = {
            "launchTemplateConfigurations": "Launch template",
            "ssmParameterConfigurations": "SSM parameter",
            "fastLaunchConfigurations": "EC2 Fast Launch",
        }
        help_texts = {
            "region": "For example eu-west-1. A Region can be used only once.",
            "amiDistributionConfiguration": "Name, copies, encryption, sharing and tags of the AMI"
            " in this Region.",
            "containerDistributionConfiguration": "Push a container image to a repository in this"
            " Region.",
            "launchTemplateConfigurations": "Create a new launch template version that uses this"
            " AMI.",
            "licenseConfigurationArns": "ARNs from License Manager in this Region, one per line.",
            "ssmParameterConfigurations": "Write the AMI ID to parameters in this Region.",
            "fastLaunchConfigurations": "Pre-provision snapshots so that Windows instances launch"
            " faster.",
            "s3ExportConfiguration": "Export a disk image for virtual machines outside EC2.",
        }
        widgets = {"region": code(list="regions"), "licenseConfigurationArns": lines(2)}


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
        item_labels = {"tags": "Tag", "distributions": "Region"}
        help_texts = {
            "name": "Case, spaces and underscores are ignored when comparing names. Can't be"
            " changed later.",
            "description": "Optional. Shown in the Image Builder console.",
            "tags": "Applied to the distribution configuration, not to the AMIs.",
            "distributions": "The Regions that the image is distributed to.",
        }
        widgets = {"name": code(), "description": prose()}
