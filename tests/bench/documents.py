"""The documents of the benchmarks: every section of every Region is filled in."""

from __future__ import annotations

from distui.core.reference import regions


def document(count: int) -> dict:
    """Return a document with ``count`` Regions."""
    codes = list(regions.partitions()["aws"])[:count]
    return {
        "name": "golden-images",
        "description": "Golden images for every Region",
        "tags": {f"Tag{number}": "value" for number in range(5)},
        "distributions": [distribution(code) for code in codes],
    }


def distribution(region: str) -> dict:
    """Return a distribution with two rows in each list, five account IDs and five tags."""
    template = "lt-0a1b2c3d4e5f6789"
    accounts = [f"{number:012d}" for number in range(7, 12)]
    organization = "arn:aws:organizations::000000000007:organization/o-abcde12345"
    return {
        "region": region,
        "amiDistributionConfiguration": {
            "name": "golden-{{ imagebuilder:buildDate }}",
            "description": "Golden image",
            "targetAccountIds": accounts,
            "amiTags": {f"Tag{number}": "value" for number in range(5)},
            "kmsKeyId": f"arn:aws:kms:{region}:000000000007:alias/golden",
            "launchPermission": {"userIds": accounts, "organizationArns": [organization]},
        },
        "containerDistributionConfiguration": {
            "containerTags": ["1.0", "stable"],
            "targetRepository": {"service": "ECR", "repositoryName": "team/api"},
        },
        "licenseConfigurationArns": [
            f"arn:aws:license-manager:{region}:000000000007:license-configuration:lic-{'a' * 32}"
        ],
        "launchTemplateConfigurations": [
            {"launchTemplateId": f"{template}{n}", "accountId": accounts[n]} for n in range(2)
        ],
        "s3ExportConfiguration": {
            "roleName": "vmimport",
            "diskImageFormat": "VMDK",
            "s3Bucket": "exports",
            "s3Prefix": "golden",
        },
        "fastLaunchConfigurations": [
            {
                "enabled": True,
                "accountId": accounts[n],
                "maxParallelLaunches": 6,
                "snapshotConfiguration": {"targetResourceCount": 5},
                "launchTemplate": {"launchTemplateName": "win", "launchTemplateVersion": "1"},
            }
            for n in range(2)
        ],
        "ssmParameterConfigurations": [
            {
                "parameterName": f"/imagebuilder/golden-{n}",
                "amiAccountId": accounts[n],
                "dataType": "aws:ec2:image",
            }
            for n in range(2)
        ],
    }
