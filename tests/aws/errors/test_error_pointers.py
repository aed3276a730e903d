"""Finding the request member that an error message names."""

from __future__ import annotations

import pytest

from distui.aws.errors.error_pointers import pointer_from_message

AMI_NAME = "/distributions/0/amiDistributionConfiguration/name"


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("The value supplied for parameter 'distributions[1]' is not valid.", "/distributions/1"),
        ("The value supplied for parameter 'name' is not valid. Too long.", "/name"),
        (
            "The value supplied for parameter"
            " 'distributions[0].amiDistributionConfiguration.name' is not valid.",
            AMI_NAME,
        ),
        ("distributions[0].amiDistributionConfiguration.name has no build date.", AMI_NAME),
        (
            "'distributions[12].launchPermission.userIds[3]' isn't an account, nor is"
            " 'distributions[13]'.",
            "/distributions/12/launchPermission/userIds/3",
        ),
        ("Give distributions[0].region.", "/distributions/0/region"),
        ('Missing required parameter in input: "name"', "/name"),
        ('Missing required parameter in distributions[2]: "region"', "/distributions/2/region"),
        ('Unknown parameter in input: "nme", must be one of: name', "/nme"),
        ("Invalid length for parameter name, value: 0, valid min length: 1", "/name"),
        ("Invalid type for parameter distributions[0].region, value: 1", "/distributions/0/region"),
        ("Rate exceeded.", ""),
        ("", ""),
        ("The value supplied for parameter '' is not valid.", ""),
        ("The value supplied for parameter '<b>' is not valid.", ""),
        ("There are 3 distributions.", ""),
    ],
)
def test_it_finds_the_member_that_a_message_names(message, expected):
    assert pointer_from_message(message) == expected
