"""The distribution configurations of a new sandbox."""

from __future__ import annotations

from typing import Any

from distui.sandbox import sample_data
from distui.sandbox.imagebuilder.configurations import Parameters, create_in
from distui.sandbox.imagebuilder.state_file import StateFile
from distui.sandbox.protocol.credential_scope import Caller
from distui.sandbox.seeding.account import SampleIds


def add_sample_configurations(state_file: StateFile, ids: SampleIds) -> None:
    """Create the sample configurations, all of them or none."""
    home = Caller(sample_data.ACCOUNT, sample_data.HOME_REGION)
    us_east = Caller(sample_data.ACCOUNT, "us-east-1")
    with state_file.change() as state:
        create_in(state, home, _portal_web(ids))
        create_in(state, home, _build_agent_container())
        create_in(state, us_east, _windows_desktop(ids))


def _portal_web(ids: SampleIds) -> Parameters:
    return {
        "name": "Portal web servers",
        "description": "Golden image of the customer portal, copied to every portal account",
        "clientToken": "0b7c2c5e-5f0e-4c1c-9a35-6a1a3c1f0e01",
        "tags": {"Team": "portal", "CostCentre": "4110"},
        "distributions": [
            _portal_web_distribution(region, ids)
            for region in ("eu-west-1", "eu-central-1", "us-east-1")
        ],
    }


def _portal_web_distribution(region: str, ids: SampleIds) -> dict[str, Any]:
    return {
        "region": region,
        "amiDistributionConfiguration": {
            "name": "portal-web-{{ imagebuilder:buildDate }}",
            "description": "Portal web server",
            "targetAccountIds": sample_data.account_ids("portal-production", "portal-staging"),
            "kmsKeyId": ids.shared_key_arns[region],
            "amiTags": {"Product": "portal"},
        },
        "launchTemplateConfigurations": [
            {
                "launchTemplateId": ids.launch_templates[region, "portal-web"],
                "setDefaultVersion": False,
            }
        ],
        "ssmParameterConfigurations": [
            {"parameterName": "/imagebuilder/portal-web/ami", "dataType": "aws:ec2:image"}
        ],
    }


def _build_agent_container() -> Parameters:
    return {
        "name": "build-agent-container",
        "description": "Container image of the build agents",
        "clientToken": "0b7c2c5e-5f0e-4c1c-9a35-6a1a3c1f0e02",
        "tags": {"Team": "platform"},
        "distributions": [
            {
                "region": sample_data.HOME_REGION,
                "containerDistributionConfiguration": {
                    "containerTags": ["stable"],
                    "targetRepository": {"service": "ECR", "repositoryName": "build/agent"},
                },
            }
        ],
    }


def _windows_desktop(ids: SampleIds) -> Parameters:
    return {
        "name": "windows_desktop",
        "description": "Desktops for the laboratory, shared with its unit",
        "clientToken": "0b7c2c5e-5f0e-4c1c-9a35-6a1a3c1f0e03",
        "distributions": [
            {
                "region": "us-east-1",
                "amiDistributionConfiguration": {
                    "name": "windows-desktop-{{ imagebuilder:buildDate }}",
                    "launchPermission": {"organizationalUnitArns": [ids.unit_arns["Laboratory"]]},
                },
                "fastLaunchConfigurations": [
                    {
                        "enabled": True,
                        "maxParallelLaunches": 6,
                        "snapshotConfiguration": {"targetResourceCount": 5},
                        "launchTemplate": {
                            "launchTemplateId": ids.launch_templates[
                                "us-east-1", "windows-desktop"
                            ],
                            "launchTemplateVersion": "1",
                        },
                    }
                ],
                "s3ExportConfiguration": {
                    "roleName": "vmimport",
                    "diskImageFormat": "VMDK",
                    "s3Bucket": "tidewater-vm-exports-us",
                    "s3Prefix": "desktops/",
                },
            }
        ],
    }
