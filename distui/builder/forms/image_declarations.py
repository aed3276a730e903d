"""The members of the images themselves: the AMI and the container image of one Region."""

from __future__ import annotations

from distui.builder.forms.shape_form import ShapeForm
from distui.builder.forms.widgets import bold, code, lines, prose

_ACCOUNTS = (
    "One 12-digit account ID per line. Any separator works when pasting; leading zeros are kept."
)


class LaunchPermissionForm(ShapeForm):
    """Who can launch the AMI, which stays in the owner's account."""

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
            "userIds": bold("Share", f" with these accounts. {_ACCOUNTS}"),
            "organizationArns": bold(
                "Share", " with all accounts in these organizations. One full ARN per line."
            ),
            "organizationalUnitArns": bold(
                "Share", " with all accounts in these OUs. One full ARN per line."
            ),
            "userGroups": bold("Public:", " anyone with an AWS account can launch this AMI."),
        }
        widgets = {
            "userIds": lines(3),
            "organizationArns": lines(2),
            "organizationalUnitArns": lines(2),
        }
        choices = {"userGroups": [("all", "Public (all)")]}
        empty_labels = {"userGroups": "Private"}


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
        item_labels = {"amiTags": "Tag"}
        help_texts = {
            "name": "Include {{ imagebuilder:buildDate }} to keep names unique. If empty, Image"
            " Builder uses the image name and build date.",
            "targetAccountIds": bold("Copy", f" to these accounts. {_ACCOUNTS}"),
            "kmsKeyId": "ARN of a key or alias in this Region. Encrypts the copies in this Region.",
            "launchPermission": bold("Share", " the AMI: others can launch it."),
            "amiTags": "Applied to the AMI. Image Builder adds CreatedBy and Ec2ImageBuilderArn.",
        }
        widgets = {
            "name": code(),
            "description": prose(),
            "targetAccountIds": lines(3),
            "kmsKeyId": code(),
        }
        before = {"targetAccountIds": "builder/forms/fields/_copy_or_share.html"}
        after = {"name": "builder/forms/fields/_ami_name_preview.html"}


class RepositoryForm(ShapeForm):
    """The repository that a container image is pushed to."""

    class Meta:
        shape = "TargetContainerRepository"
        fields = ("service", "repositoryName")
        labels = {"service": "Registry", "repositoryName": "Repository name"}
        help_texts = {
            "repositoryName": "Repository name only, for example team-a/api; no registry host."
        }
        widgets = {"repositoryName": code()}


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
            "containerTags": "One per line, or separated by commas. Applied to the image in the"
            " repository.",
        }
        widgets = {"containerTags": lines(2), "description": prose()}
