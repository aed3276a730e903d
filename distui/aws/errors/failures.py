"""Classify failed calls to AWS: rejected, worth a retry, or for a person to decide."""

from __future__ import annotations

from dataclasses import replace

from botocore import exceptions
from botocore.exceptions import ClientError, ParamValidationError
from botocore.parsers import ResponseParserError

from distui.aws.deadline import DeadlineExceeded
from distui.aws.endpoints import EndpointNotAllowed
from distui.aws.errors.error_pointers import pointer_from_message
from distui.aws.raw_body import SendRefused
from distui.aws.results import Rejected, Unknown

# ``uncertain`` is for Create: unless the service itself has refused the request, or nothing was
# sent, the configuration may exist.
_AWS_FAILED = Unknown("AWS had an internal error.", uncertain=True, retry=True)
_NO_RESPONSE = Unknown("The connection was lost before AWS responded.", uncertain=True, retry=True)
_FAILED = Unknown("The call failed unexpectedly.", uncertain=True, retry=True)
_TOO_SLOW = Unknown("AWS did not respond in time.", uncertain=True, retry=True)
_TLS = Unknown("The TLS connection to AWS failed.", uncertain=True, retry=True)
_STALE = Unknown("AWS did not accept the target's credentials.", uncertain=True, retry=True)
_CLOCK = Unknown(
    "AWS did not accept the time of the request. Set this server's clock.",
    uncertain=True,
    retry=True,
)
_THROTTLED = Unknown("AWS throttled the request.", uncertain=False, retry=True)
_IN_USE = Unknown("A required resource is in use.", uncertain=False, retry=True)
_TAKEN_OVER = Unknown("Another worker took over.", uncertain=False, retry=True)
_UNREACHABLE = Unknown("AWS can't be reached.", uncertain=False, retry=True)
_NO_CREDENTIALS = Unknown("The target has no usable credentials.", uncertain=False, retry=False)
_NOT_LOADED = Unknown("The target's credentials can't be loaded.", uncertain=False, retry=True)
_NOT_SENT = Unknown("The request could not be created; nothing was sent.", False, False)
_NOT_ALLOWED = Unknown(
    "The target's credentials are not allowed to do this.", uncertain=True, retry=False
)
_REDIRECT = Unknown("AWS responded with an unexpected redirect.", uncertain=True, retry=False)
_UNEXPECTED = Unknown("AWS responded with an unknown error.", uncertain=True, retry=False)
_DRY_RUN = Unknown("AWS responded as if to a dry run.", uncertain=True, retry=False)
# The token was already used with a different request, which may have created something.
_MISMATCH = Unknown(
    "This client token was already used with other content.", uncertain=True, retry=False
)

# Codes that mean that nothing was created. The service returns InvalidParameterValueException
# although the model does not list it for this operation.
_REJECTIONS = {
    "AccessDeniedException",
    "ClientException",
    "ForbiddenException",
    "InvalidParameterCombinationException",
    "InvalidParameterValueException",
    "InvalidRequestException",
    "ResourceAlreadyExistsException",
    "ServiceQuotaExceededException",
}

_STALE_CREDENTIALS = {
    "ExpiredToken",
    "ExpiredTokenException",
    "IncompleteSignature",
    "IncompleteSignatureException",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "MissingAuthenticationToken",
    "MissingAuthenticationTokenException",
    "OptInRequired",
    "RequestExpired",
    "RequestTimeTooSkewed",
    "SignatureDoesNotMatch",
    "UnrecognizedClientException",
}

_BY_CODE = {
    **dict.fromkeys(_STALE_CREDENTIALS, _STALE),
    "RequestExpired": _CLOCK,
    "RequestTimeTooSkewed": _CLOCK,
    "ServiceException": _AWS_FAILED,
    "ServiceUnavailableException": _AWS_FAILED,
    "RequestTimeout": _AWS_FAILED,
    "RequestTimeoutException": _AWS_FAILED,
    "TransactionInProgressException": _AWS_FAILED,
    "CallRateLimitExceededException": _THROTTLED,
    "RequestLimitExceeded": _THROTTLED,
    "Throttling": _THROTTLED,
    "ThrottlingException": _THROTTLED,
    "TooManyRequestsException": _THROTTLED,
    "ResourceInUseException": _IN_USE,
    "IdempotentParameterMismatchException": _MISMATCH,
    "DryRunOperationException": _DRY_RUN,
    # From read calls and STS, where these codes say nothing about the document.
    "AccessDenied": _NOT_ALLOWED,
    "AccessDeniedException": _NOT_ALLOWED,
    "ForbiddenException": _NOT_ALLOWED,
}

# The first matching class wins: botocore's SSLError is also an HTTPClientError.
_BY_CLASS: list[tuple[type[Exception], Unknown]] = [
    (exceptions.EndpointConnectionError, _UNREACHABLE),
    (exceptions.ConnectTimeoutError, _UNREACHABLE),
    (exceptions.ProxyConnectionError, _UNREACHABLE),
    (exceptions.SSLError, _TLS),
    (exceptions.HTTPClientError, _NO_RESPONSE),
    (ResponseParserError, _AWS_FAILED),
    (DeadlineExceeded, _TOO_SLOW),
    (SendRefused, _TAKEN_OVER),
    (exceptions.NoCredentialsError, _NO_CREDENTIALS),
    (exceptions.PartialCredentialsError, _NO_CREDENTIALS),
    (exceptions.CredentialRetrievalError, _NOT_LOADED),
    (exceptions.MetadataRetrievalError, _NOT_LOADED),
    (exceptions.TokenRetrievalError, _NO_CREDENTIALS),
    (exceptions.SSOError, _NO_CREDENTIALS),
    (exceptions.ProfileNotFound, _NO_CREDENTIALS),
    (EndpointNotAllowed, _NO_CREDENTIALS),
]


def create_failure(error: Exception, *, sent: bool) -> Rejected | Unknown:
    """Return the result of a failed Create; ``sent`` is True if sending had started."""
    if isinstance(error, ParamValidationError):
        report = str(error.kwargs["report"])
        return Rejected("ParamValidationError", report, pointer=pointer_from_message(report))
    if sent and isinstance(error, ClientError) and _is_rejection(error):
        return _rejected(error)
    result = _unknown(error, sent)
    return replace(result, uncertain=result.uncertain and sent)


def read_failure(error: Exception) -> Unknown:
    """Return the result of a failed read call, which cannot have created anything.

    An answer that AWS does not give, such as a proxy's, may be another one the next time.
    """
    result = _unknown(error, sent=True)
    strange = result.reason in (_REDIRECT.reason, _UNEXPECTED.reason)
    return replace(result, uncertain=False, retry=result.retry or strange)


def has_stale_credentials(result: object) -> bool:
    """Return True if the credentials have to be loaded again before the next call."""
    return isinstance(result, Unknown) and result.code in {
        *_STALE_CREDENTIALS,
        exceptions.NoCredentialsError.__name__,  # clients keep that they were made without any
    }


def _is_rejection(error: ClientError) -> bool:
    # In a 5xx response, or one from a proxy, the code does not prove that nothing was created.
    return _code(error) in _REJECTIONS and 400 <= _status(error) < 500


def _rejected(error: ClientError) -> Rejected:
    code, message = _code(error), _message(error)
    name_exists = code == "ResourceAlreadyExistsException"
    return Rejected(
        code,
        message,
        request_id=_request_id(error),
        pointer="/name" if name_exists else pointer_from_message(message),
        status=_status(error),
    )


def _unknown(error: Exception, sent: bool) -> Unknown:
    if isinstance(error, ClientError):
        code, status = _code(error), _status(error)
        return replace(
            _from_response(code, status),
            code=code,
            message=_message(error),
            request_id=_request_id(error),
            status=status,
        )
    matches = (result for kind, result in _BY_CLASS if isinstance(error, kind))
    # Any other error after sending started may hide a response.
    result = next(matches, _FAILED if sent else _NOT_SENT)
    return replace(result, code=type(error).__name__, message=str(error))


def _from_response(code: str, status: int) -> Unknown:
    result = _BY_CODE.get(code) or _from_status(status)
    # Throttling happens before anything runs; any other code in a 5xx proves nothing.
    return result if status < 500 or result is _THROTTLED else _AWS_FAILED


def _from_status(status: int) -> Unknown:
    if status >= 500 or status == 408:
        return _AWS_FAILED
    if status == 429:  # without a code of the service, as from a proxy
        return replace(_THROTTLED, uncertain=True)
    return _REDIRECT if 300 <= status < 400 else _UNEXPECTED


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def _message(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Message", ""))


def _status(error: ClientError) -> int:
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


def _request_id(error: ClientError) -> str:
    return str(error.response.get("ResponseMetadata", {}).get("RequestId", ""))
