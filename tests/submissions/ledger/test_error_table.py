"""Each answer of AWS, as raw bytes, and what becomes of the submission: state, sentence, field."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from distui.submissions.models import AttemptResult, Submission
from tests.aws.raw_server import RawResponse, RawServer, created_response, error_response, http
from tests.submissions.kills.fake_aws import IDENTITY
from tests.submissions.ledger.sending import send_once

pytestmark = pytest.mark.django_db


class Aws(RawServer):
    """An account without configurations that answers Creates with ``script``, one after another."""

    def __init__(self) -> None:
        super().__init__()
        self.script: list[RawResponse] = []
        self.reads: dict[str, bytes] = {}
        self.found: dict | None = None
        self.response = self.answer

    def answer(self, body: bytes) -> bytes:
        """Answer a request."""
        head = self.requests[-1][0]
        for name, response in self.reads.items():
            if name in head or name.encode() in body:
                return response
        if b"GetCallerIdentity" in body:
            return http(200, IDENTITY.encode(), "Content-Type: text/xml")
        if head.startswith("PUT"):
            response = self.script.pop(0)
            return response(body) if callable(response) else response
        if head.startswith("GET") and self.found:
            return http(200, json.dumps({"distributionConfiguration": self.found}).encode())
        if head.startswith("GET"):
            return error_response(404, "ResourceNotFoundException")
        return http(200, b'{"distributionConfigurationSummaryList": []}')

    @property
    def sends(self) -> list[bytes]:
        """Return the bodies of the Creates."""
        return [body for head, body in self.requests if head.startswith("PUT")]


@pytest.fixture(scope="module")
def account() -> Iterator[Aws]:
    """Run an account for all tests: making boto3's clients for an address takes long."""
    with Aws() as server:
        yield server


@pytest.fixture
def aws(settings, account) -> Aws:
    """Return the account, as if nothing had been sent to it."""
    settings.DISTUI_SANDBOX_URL = account.url
    account.requests.clear()
    account.reads.clear()
    account.found = None
    return account


WAITING, UNCERTAIN, LOOK_UP = "waiting", "waiting, uncertain", "waiting, uncertain, look-up"
REJECTED, ATTENTION = "rejected", "attention, uncertain"

FAILED, SLOW = "AWS had an internal error.", "AWS throttled the request."
LOST, STALE = "The connection was lost", "AWS did not accept the target's credentials."
CLOCK = "AWS did not accept the time of the request. Set this server's clock."
INCOMPLETE, ABSENT = "The response from AWS contains no ARN.", "AWS does not have it so far."
REFUSED = "Rejected by AWS. Nothing was created."
CONTRADICTION = "The response from AWS does not match the request. Nothing more will be sent."

HTML = b"<html><body>Proxy error.</body></html>"
ELSEWHERE = "Location: https://example.com/"
ARN = "arn:aws:imagebuilder:eu-west-1:{}:distribution-configuration/base"

# The answer and its result. After two look-ups that find nothing, it is rejected.
ROWS: dict[str, tuple[RawResponse, str, str]] = {
    "500 ServiceException": (b"", UNCERTAIN, FAILED),
    "503 ServiceUnavailableException": (b"", UNCERTAIN, FAILED),
    "429 CallRateLimitExceededException": (b"", WAITING, SLOW),
    "400 ThrottlingException": (b"", WAITING, SLOW),
    "400 Throttling": (b"", WAITING, SLOW),
    "429 TooManyRequestsException": (b"", WAITING, SLOW),
    "503 RequestLimitExceeded": (b"", WAITING, SLOW),
    "429, empty": (http(429), UNCERTAIN, SLOW),
    "400 ClientException": (b"", REJECTED, REFUSED),
    "400 InvalidRequestException": (b"", REJECTED, REFUSED),
    "400 InvalidParameterCombinationException": (b"", REJECTED, REFUSED),
    "400 InvalidParameterValueException": (b"", REJECTED, REFUSED),
    "400 IdempotentParameterMismatchException": (b"", LOOK_UP, ABSENT),
    "400 ResourceAlreadyExistsException": (b"", REJECTED, REFUSED),
    "400 ResourceInUseException": (b"", WAITING, "A required resource is in use."),
    "402 ServiceQuotaExceededException": (b"", REJECTED, REFUSED),
    "403 ForbiddenException": (b"", REJECTED, REFUSED),
    "403 AccessDeniedException": (b"", REJECTED, REFUSED),
    "403 ExpiredTokenException": (b"", UNCERTAIN, STALE),
    "403 UnrecognizedClientException": (b"", UNCERTAIN, STALE),
    "403 InvalidSignatureException": (b"", UNCERTAIN, STALE),
    "403 SignatureDoesNotMatch": (b"", UNCERTAIN, STALE),
    "403 IncompleteSignature": (b"", UNCERTAIN, STALE),
    "403 MissingAuthenticationToken": (b"", UNCERTAIN, STALE),
    "403 RequestExpired": (b"", UNCERTAIN, CLOCK),
    "403 RequestTimeTooSkewed": (b"", UNCERTAIN, CLOCK),
    "403 OptInRequired": (b"", UNCERTAIN, STALE),
    "412 DryRunOperationException": (b"", LOOK_UP, ABSENT),
    "408 RequestTimeout": (b"", UNCERTAIN, FAILED),
    "400 RequestTimeoutException": (b"", UNCERTAIN, FAILED),
    "400 TransactionInProgressException": (b"", UNCERTAIN, FAILED),
    "500, empty": (http(500), UNCERTAIN, FAILED),
    "502, HTML": (http(502, HTML), UNCERTAIN, FAILED),
    "503, HTML": (http(503, HTML), UNCERTAIN, FAILED),
    "504, HTML": (http(504, HTML), UNCERTAIN, FAILED),
    "403, HTML": (http(403, HTML), LOOK_UP, ABSENT),
    "301": (http(301, b"", ELSEWHERE), LOOK_UP, ABSENT),
    "307": (http(307, b"", ELSEWHERE), LOOK_UP, ABSENT),
    "400, empty": (http(400), LOOK_UP, ABSENT),
    "400 MadeUpException": (b"", LOOK_UP, ABSENT),
    "200, cut": (lambda body: created_response()(body)[:-30], UNCERTAIN, INCOMPLETE),
    "200, empty": (http(200), UNCERTAIN, INCOMPLETE),
    "200, HTML": (http(200, HTML), UNCERTAIN, INCOMPLETE),
    "200, no ARN": (created_response(distributionConfigurationArn=None), UNCERTAIN, INCOMPLETE),
    "200, headers cut": (b"HTTP/1.1 200 OK\r\nContent-", UNCERTAIN, INCOMPLETE),
    "200, a list": (http(200, b"[1]"), UNCERTAIN, "The call failed unexpectedly."),
    "200, no ARN of the service": (
        created_response(distributionConfigurationArn="<script>"),
        ATTENTION,
        CONTRADICTION,
    ),
    "200, another account": (
        created_response(distributionConfigurationArn=ARN.format("999999999999")),
        ATTENTION,
        CONTRADICTION,
    ),
    "200, another token": (created_response(clientToken="another"), ATTENTION, CONTRADICTION),
    "the connection is closed": (b"", UNCERTAIN, LOST),
    "not HTTP": (b"\x00\x01\x02", UNCERTAIN, LOST),
}
MESSAGE = "The value supplied for parameter 'distributions[0]' is not valid."


def response_of(row: str) -> RawResponse:
    """Return the row's answer: that of its name, if it has an error code."""
    status, _, code = row.partition(" ")
    if status.isdigit():
        return error_response(int(status), code, MESSAGE) if code else ROWS[row][0]
    return ROWS[row][0]


def condition(submission: Submission) -> str:
    """Return the submission's state, and what is known of it."""
    parts = {"uncertain": submission.uncertain, "look-up": submission.look_up_only}
    return ", ".join([submission.state, *(name for name, is_set in parts.items() if is_set)])


@pytest.mark.parametrize("row", ROWS)
def test_each_answer_leads_to_its_state_and_sentence(row, submission, draft, aws):
    _, expected, sentence = ROWS[row]
    aws.script = [response_of(row)]
    send_once(submission)
    assert condition(submission) == expected
    assert sentence in submission.reason
    assert aws.sends == [submission.request.encode()]
    assert (submission.arn, aws.script) == ("", [])
    draft.refresh_from_db()
    places = [f.pointer for f in draft.analyze().findings.all if f.source == "AWS"]
    name_is_taken = "AlreadyExists" in row
    place = "/name" if name_is_taken else "/distributions/0"
    assert places == ([place] if expected == REJECTED else [])


CODES_OF_REFUSALS = [row for row, (_, expected, _) in ROWS.items() if expected == REJECTED]


@pytest.mark.parametrize("row", CODES_OF_REFUSALS)
def test_no_refusal_counts_after_a_lost_answer(row, submission, aws):
    aws.script = [b"", response_of(row)]
    send_once(submission)
    send_once(submission)
    assert condition(submission) == LOOK_UP
    assert [attempt.result for attempt in submission.attempts.all()] == [
        AttemptResult.UNKNOWN,
        AttemptResult.REJECTED,
    ]


def test_a_name_that_another_one_has_is_rejected(submission, aws):
    aws.script = [response_of("400 ResourceAlreadyExistsException")]
    made = {"dateCreated": "2026-11-01T00:00:00Z", "description": "Another one"}
    aws.found = json.loads(submission.request) | made
    assert send_once(submission).reason == (
        "Rejected by AWS. The account has another configuration with this name."
    )
    assert condition(submission) == REJECTED


def test_an_existing_name_after_a_lost_answer_is_ours(submission, aws):
    aws.script = [b"", response_of("400 ResourceAlreadyExistsException")]
    send_once(submission)
    made = submission.attempts.get().sent_at.isoformat()
    aws.found = json.loads(submission.request) | {"dateCreated": made}
    assert send_once(submission).arn == submission.predicted_arn


BAD_READS: dict[str, bytes] = {
    "403, HTML": http(403, HTML),
    "502, HTML": http(502, HTML),
    "200, HTML": http(200, HTML),
    "200, empty": http(200),
    "403, empty": http(403),
    "404, empty": http(404),
    "307": http(307, b"", ELSEWHERE),
    "cut": http(200, b"{" * 50)[:-30],
    "the connection is closed": b"",
    "access denied": error_response(403, "AccessDeniedException"),
    "expired": error_response(403, "ExpiredTokenException"),
}


@pytest.mark.parametrize(
    "call", ["GetCallerIdentity", "GET /GetDistribution", "/ListDistributionConfigurations"]
)
def test_a_bad_read_is_looked_at_again(call, submission, aws):
    aws.script = [b"", response_of("400 ClientException")]
    send_once(submission)
    send_once(submission)
    for kind, response in BAD_READS.items():
        aws.reads[call] = response
        assert condition(send_once(submission)) == LOOK_UP, kind
        assert "Checking again whether it was created." in submission.reason, kind
        assert (submission.error_code, len(aws.sends)) == ("ClientException", 2), kind
    aws.reads.clear()
    made = submission.attempts.first().sent_at.isoformat()
    aws.found = json.loads(submission.request) | {"dateCreated": made}
    assert send_once(submission).arn == submission.predicted_arn


@pytest.mark.parametrize("kind", [kind for kind in BAD_READS if kind != "access denied"])
def test_an_unsent_request_waits_for_an_answer_of_aws(kind, submission, aws):
    aws.reads["GetCallerIdentity"] = BAD_READS[kind]
    assert condition(send_once(submission)) == WAITING
    assert "Nothing was sent; distui will retry." in submission.reason
    assert aws.sends == []
