"""The one exception by which an operation of the sandbox refuses a request."""

from __future__ import annotations


class ServiceError(Exception):
    """A refusal with the error code of the service and the message that its caller reads."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message


def invalid_value(parameter: str, reason: str) -> ServiceError:
    """The refusal of one member, in the words Image Builder uses for it.

    `parameter` is its path, such as `distributions[0].region`. The service answers this code for
    operations whose model doesn't list it (hashicorp/terraform-provider-aws, issues 17390 and
    36610, quote the form).
    """
    return ServiceError(
        "InvalidParameterValueException",
        f"The value supplied for parameter '{parameter}' is not valid. {reason}",
    )
