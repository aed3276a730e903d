"""IAM policies of what the application calls: ``python -m distui.aws.iam FOLDER`` writes them.

Account IDs, role names and the cluster's ID are examples.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

# The operations that targets' credentials are used for. A test compares them with the code.
CALLED = (
    "CreateDistributionConfiguration",
    "GetDistributionConfiguration",
    "ListDistributionConfigurations",
)
# Called too, but no policy has to allow it: sts:GetCallerIdentity always works.
WITHOUT_PERMISSION = ("GetCallerIdentity",)
# Operations that kombu, Celery's messaging library, calls for the broker sqs://.
SQS_CALLED = (
    "ChangeMessageVisibility",
    "CreateQueue",
    "DeleteMessage",
    "GetQueueAttributes",
    "GetQueueUrl",
    "ReceiveMessage",
    "SendMessage",
)
_SQS_WITHOUT_RESOURCE = ("ListQueues",)
ASSUME_ROLE = "sts:AssumeRole"
# Checked by AWS in addition: a configuration is created with its tags.
_IMPLIED = {"CreateDistributionConfiguration": ("TagResource",)}
# https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2imagebuilder.html:
# lists have no resource type.
_WITHOUT_RESOURCE = ("ListDistributionConfigurations",)

_TARGET_ACCOUNT, _OWN_ACCOUNT = "111122223333", "123456789012"
_CONFIGURATIONS = f"arn:aws:imagebuilder:*:{_TARGET_ACCOUNT}:distribution-configuration/*"
_QUEUES = f"arn:aws:sqs:*:{_OWN_ACCOUNT}:distui-*"
_CLUSTER = "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE"


def policies() -> dict[str, dict[str, Any]]:
    """Return the policies by the name of their file."""
    return {
        "target-policy": _policy(
            _statement(_actions(set(CALLED) - {*_WITHOUT_RESOURCE}), _CONFIGURATIONS),
            _statement(_actions(_WITHOUT_RESOURCE), "*"),
        ),
        "target-trust": _policy(
            _trust({"AWS": f"arn:aws:iam::{_OWN_ACCOUNT}:role/distui"}, ASSUME_ROLE)
            | _if_equal({"sts:ExternalId": "the external ID of the target"})
        ),
        "distui-policy": _policy(
            _statement([ASSUME_ROLE], "arn:aws:iam::*:role/distui-target"),
        ),
        "sqs-policy": _policy(
            _statement([f"sqs:{name}" for name in SQS_CALLED], _QUEUES),
            _statement([f"sqs:{name}" for name in _SQS_WITHOUT_RESOURCE], "*"),
        ),
        "trust-ec2": _policy(_trust({"Service": "ec2.amazonaws.com"}, ASSUME_ROLE)),
        "trust-eks": _policy(
            _trust(
                {"Federated": f"arn:aws:iam::{_OWN_ACCOUNT}:oidc-provider/{_CLUSTER}"},
                "sts:AssumeRoleWithWebIdentity",
            )
            | _if_equal(
                {
                    f"{_CLUSTER}:aud": "sts.amazonaws.com",
                    f"{_CLUSTER}:sub": "system:serviceaccount:default:distui",
                }
            )
        ),
    }


def as_text(policy: dict[str, Any]) -> str:
    """Return the policy as the text of its file."""
    return json.dumps(policy, indent=2) + "\n"


def _actions(operations: Iterable[str]) -> list[str]:
    names = {*operations}.union(*(_IMPLIED.get(operation, ()) for operation in operations))
    return [f"imagebuilder:{name}" for name in sorted(names)]


def _statement(actions: list[str], resource: str) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": actions, "Resource": resource}


def _trust(principal: dict[str, str], action: str) -> dict[str, Any]:
    return {"Effect": "Allow", "Principal": principal, "Action": action}


def _if_equal(values: dict[str, str]) -> dict[str, Any]:
    return {"Condition": {"StringEquals": values}}


def _policy(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": [*statements]}


if __name__ == "__main__":
    for name, policy in policies().items():
        (Path(sys.argv[1]) / f"{name}.json").write_text(as_text(policy), encoding="utf-8")
