"""What each failure of a call means for the one who waits for its outcome."""

from __future__ import annotations

from dataclasses import replace

from botocore import exceptions
from botocore.exceptions import ClientError, ParamValidationError
from botocore.parsers import ResponseParserError

from distui.aws.error_pointers import named_pointer
from distui.aws.results import Rejected, Unknown

_AWS_FAILED = Unknown("AWS had an internal error.", uncertain=True, retry=True)
_NO_ANSWER = Unknown("The connection was lost before AWS answered.", uncertain=True, retry=True)
_FAILED = Unknown("The call failed in an unforeseen way.", uncertain=True, retry=True)
_TLS = Unknown("The secure connection to AWS failed.", uncertain=True, retry=True)
_SLOW_DOWN = Unknown("AWS asked us to slow down.", uncertain=False, retry=True)
_UNREACHABLE = Unknown("AWS can't be reached.", uncertain=False, retry=True)
_IN_USE = Unknown("Something that it needs is in use.", uncertain=False, retry=True)
_STALE = Unknown("AWS did not take the target's credentials.", uncertain=False, retry=True)
_NO_CREDENTIALS = Unknown("The target has no usable credentials.", uncertain=False, retry=False)
_NOT_ALLOWED = Unknown(
    "The target's credentials are not allowed to do this.", uncertain=False, retry=False
)
_NOT_SENT = Unknown("The request could not be made up; nothing was sent.", False, False)
_REDIRECT = Unknown("An unexpected redirect came instead of AWS's answer.", False, False)
_STRANGE = Unknown("The answer is none that AWS is known to give.", False, False)
_CHECKED_ONLY = Unknown("AWS accepted the checks; nothing was created.", False, False)
# The token has had an effect already, with a content that isn't ours.
_MISMATCH = Unknown(
    "The same token was used with other content. Nothing further will be sent.",
    uncertain=True,
    retry=False,
)

# Codes with which the service says that it created nothing. InvalidParameterValueException is
# missing from the model's list of this operation's errors, and answered all the same.
_REFUSALS = {
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
    "ServiceException": _AWS_FAILED,
    "ServiceUnavailableException": _AWS_FAILED,
    "RequestTimeout": _AWS_FAILED,
    "RequestTimeoutException": _AWS_FAILED,
    "TransactionInProgressException": _AWS_FAILED,
    "CallRateLimitExceededException": _SLOW_DOWN,
    "RequestLimitExceeded": _SLOW_DOWN,
    "Throttling": _SLOW_DOWN,
    "ThrottlingException": _SLOW_DOWN,
    "TooManyRequestsException": _SLOW_DOWN,
    "ResourceInUseException": _IN_USE,
    "IdempotentParameterMismatchException": _MISMATCH,
    "DryRunOperationException": _CHECKED_ONLY,
    # From reading calls and from STS, whose refusals are not the document's.
    "AccessDenied": _NOT_ALLOWED,
    "AccessDeniedException": _NOT_ALLOWED,
    "ForbiddenException": _NOT_ALLOWED,
}

# The first class that fits decides: botocore's TLS error is one of its connection errors.
_BY_CLASS: list[tuple[type[Exception], Unknown]] = [
    (exceptions.EndpointConnectionError, _UNREACHABLE),
    (exceptions.ConnectTimeoutError, _UNREACHABLE),
    (exceptions.ProxyConnectionError, _UNREACHABLE),
    (exceptions.SSLError, _TLS),
    (exceptions.HTTPClientError, _NO_ANSWER),
    (ResponseParserError, _AWS_FAILED),
    (exceptions.NoCredentialsError, _NO_CREDENTIALS),
    (exceptions.PartialCredentialsError, _NO_CREDENTIALS),
    (exceptions.CredentialRetrievalError, _NO_CREDENTIALS),
    (exceptions.MetadataRetrievalError, _NO_CREDENTIALS),
    (exceptions.TokenRetrievalError, _NO_CREDENTIALS),
    (exceptions.SSOError, _NO_CREDENTIALS),
    (exceptions.ProfileNotFound, _NO_CREDENTIALS),
]


def outcome_of(error: Exception, *, sent: bool) -> Rejected | Unknown:
    """What a failed create comes to; ``sent`` says whether its request began to go out."""
    if isinstance(error, ParamValidationError):
        report = str(error.kwargs["report"])
        return Rejected("ParamValidationError", report, pointer=named_pointer(report))
    if sent and isinstance(error, ClientError) and _is_refusal(error):
        return _refused(error)
    unsettled = _unsettled(error, sent)
    return replace(unsettled, uncertain=unsettled.uncertain and sent)


def unanswered(error: Exception) -> Unknown:
    """Why a call that only reads has no result: nothing can have come of it."""
    return replace(_unsettled(error, sent=True), uncertain=False)


def is_stale(outcome: object) -> bool:
    """Whether the credentials ought to be read anew before the next call."""
    return isinstance(outcome, Unknown) and outcome.code in _STALE_CREDENTIALS


def _is_refusal(error: ClientError) -> bool:
    # A code in an answer of the 5xx kind, or of a proxy's, is no proof that nothing was created.
    return _code(error) in _REFUSALS and 400 <= _status(error) < 500


def _refused(error: ClientError) -> Rejected:
    code, message = _code(error), _message(error)
    taken = code == "ResourceAlreadyExistsException"
    return Rejected(
        code,
        message,
        request_id=_request_id(error),
        pointer="/name" if taken else named_pointer(message),
        status=_status(error),
    )


def _unsettled(error: Exception, sent: bool) -> Unknown:
    if isinstance(error, ClientError):
        code, status = _code(error), _status(error)
        return replace(
            _of_answer(code, status),
            code=code,
            message=_message(error),
            request_id=_request_id(error),
            status=status,
        )
    fitting = (outcome for kind, outcome in _BY_CLASS if isinstance(error, kind))
    # Whatever else goes wrong after the send began may hide an answer.
    found = next(fitting, _FAILED if sent else _NOT_SENT)
    return replace(found, code=type(error).__name__, message=str(error))


def _of_answer(code: str, status: int) -> Unknown:
    known = _BY_CODE.get(code) or _by_status(status)
    # Only a throttle is turned away before it acts; any other code in a 5xx proves nothing.
    return known if status < 500 or known is _SLOW_DOWN else _AWS_FAILED


def _by_status(status: int) -> Unknown:
    if status >= 500 or status == 408:
        return _AWS_FAILED
    if status == 429:
        return _SLOW_DOWN
    return _REDIRECT if 300 <= status < 400 else _STRANGE


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def _message(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Message", ""))


def _status(error: ClientError) -> int:
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


def _request_id(error: ClientError) -> str:
    return str(error.response.get("ResponseMetadata", {}).get("RequestId", ""))
