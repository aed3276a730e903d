"""The exception with which an operation of the sandbox rejects a request."""

from __future__ import annotations


class ServiceError(Exception):
    """An error response with an AWS error code and a message for the caller."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message


def invalid_value(parameter: str, reason: str) -> ServiceError:
    """Return the error for an invalid parameter, in Image Builder's own wording.

    ``parameter`` is a path such as ``distributions[0].region``. Image Builder returns this code
    also for operations whose model does not list it. Source of the wording:
    hashicorp/terraform-provider-aws, issues 17390 and 36610.
    """
    return ServiceError(
        "InvalidParameterValueException",
        f"The value supplied for parameter '{parameter}' is not valid. {reason}",
    )
