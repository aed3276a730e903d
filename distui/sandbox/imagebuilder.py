"""Image Builder's distribution configurations, answered by our hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from botocore.model import OperationModel
from werkzeug.wrappers import Request, Response

from distui.sandbox.answers import REST_JSON, new_request_id, refusal, success
from distui.sandbox.checks import first_problem
from distui.sandbox.configurations import Configuration, create_in, find, owned, replace_in
from distui.sandbox.distribution_rules import refuse_bad_distributions
from distui.sandbox.errors import ServiceError, invalid_value
from distui.sandbox.pages import page
from distui.sandbox.scope import Caller
from distui.sandbox.service_model import Service, read_parameters
from distui.sandbox.state_file import StateFile, StateFileError

Parameters = dict[str, Any]
Document = dict[str, Any]

# The page size of List where the request names none, and the most tags of one resource: from the
# service model's documentation of maxResults and from its TagMap.
PAGE_SIZE = 25
MOST_TAGS = 50
# Get must answer this member, which the service doesn't use; the model allows 30 to 720.
TIMEOUT_MINUTES = 720


class ImageBuilder:
    """Answers requests to the `imagebuilder` service out of a state file."""

    def __init__(self, state: StateFile) -> None:
        self._service = Service("imagebuilder")
        self._state = state
        self._operations: dict[str, Callable[[Caller, Parameters], Document]] = {
            "CreateDistributionConfiguration": self._create,
            "GetDistributionConfiguration": self._get,
            "UpdateDistributionConfiguration": self._update,
            "DeleteDistributionConfiguration": self._delete,
            "ListDistributionConfigurations": self._list,
            "ListImagePipelines": self._list_pipelines,
            "TagResource": self._tag,
            "UntagResource": self._untag,
            "ListTagsForResource": self._list_tags,
        }

    def answer(self, request: Request, caller: Caller) -> Response:
        """The answer to a REST-JSON request of the caller, refusals included."""
        try:
            raw_path = request.environ["REQUEST_URI"].partition("?")[0]
            operation, in_path = self._service.route(request.method, raw_path)
            parameters = read_parameters(operation, in_path, request)
            document = self._run(operation, caller, parameters)
        except ServiceError as error:
            return refusal(self._service.status(error.code), error.code, error.message)
        except StateFileError as error:
            return refusal(500, "ServiceException", str(error))
        return _answered(operation, document)

    def _run(self, operation: OperationModel, caller: Caller, parameters: Parameters) -> Document:
        run = self._operations.get(operation.name)
        if run is None:
            raise ServiceError(
                "InvalidRequestException",
                f"The sandbox keeps distribution configurations only: it has no {operation.name}.",
            )
        problem = first_problem(operation.input_shape, parameters)
        if problem:
            raise _refusal_of(problem, operation)
        return run(caller, parameters)

    def _create(self, caller: Caller, parameters: Parameters) -> Document:
        refuse_bad_distributions(parameters["distributions"], caller.account)
        with self._state.change() as state:
            arn = create_in(state, caller, parameters)
        return {"clientToken": parameters["clientToken"], "distributionConfigurationArn": arn}

    def _update(self, caller: Caller, parameters: Parameters) -> Document:
        refuse_bad_distributions(parameters["distributions"], caller.account)
        with self._state.change() as state:
            arn = replace_in(state, caller, parameters)
        return {"clientToken": parameters["clientToken"], "distributionConfigurationArn": arn}

    def _get(self, caller: Caller, parameters: Parameters) -> Document:
        kept = find(self._state.read(), caller, parameters["distributionConfigurationArn"])
        return {"distributionConfiguration": kept | {"timeoutMinutes": TIMEOUT_MINUTES}}

    def _delete(self, caller: Caller, parameters: Parameters) -> Document:
        arn = parameters["distributionConfigurationArn"]
        with self._state.change() as state:
            find(state, caller, arn)
            del state.configurations[arn]
        return {"distributionConfigurationArn": arn}

    def _list(self, caller: Caller, parameters: Parameters) -> Document:
        wanted = _wanted_names(parameters.get("filters", []))
        found = [
            kept
            for kept in owned(self._state.read(), caller)
            if all(any(_name_fits(kept["name"], one) for one in values) for values in wanted)
        ]
        shown, token = _page(found, parameters)
        listed = {"distributionConfigurationSummaryList": [_summary(kept) for kept in shown]}
        return listed | ({"nextToken": token} if token else {})

    def _list_pipelines(self, caller: Caller, parameters: Parameters) -> Document:
        return {"imagePipelineList": []}

    def _tag(self, caller: Caller, parameters: Parameters) -> Document:
        with self._state.change() as state:
            kept = find(state, caller, parameters["resourceArn"])
            tags = kept["tags"] | parameters["tags"]
            if len(tags) > MOST_TAGS:
                raise ServiceError(
                    "InvalidParameterException", f"A resource has at most {MOST_TAGS} tags."
                )
            state.configurations[kept["arn"]] = kept | {"tags": tags}
        return {}

    def _untag(self, caller: Caller, parameters: Parameters) -> Document:
        with self._state.change() as state:
            kept = find(state, caller, parameters["resourceArn"])
            left = {k: v for k, v in kept["tags"].items() if k not in parameters["tagKeys"]}
            state.configurations[kept["arn"]] = kept | {"tags": left}
        return {}

    def _list_tags(self, caller: Caller, parameters: Parameters) -> Document:
        return {"tags": find(self._state.read(), caller, parameters["resourceArn"])["tags"]}


def _answered(operation: OperationModel, document: Document) -> Response:
    request_id = new_request_id()
    output = operation.output_shape
    if output and "requestId" in output.members:
        document = {"requestId": request_id} | document
    return success(document, REST_JSON, request_id)


def _refusal_of(problem: tuple[str, str], operation: OperationModel) -> ServiceError:
    refusal_ = invalid_value(*problem)
    # The tagging operations model a code of their own for this.
    own = "InvalidParameterException"
    modelled = any(shape.name == own for shape in operation.error_shapes)
    return ServiceError(own, refusal_.message) if modelled else refusal_


def _page(
    kept: list[Configuration], parameters: Parameters
) -> tuple[list[Configuration], str | None]:
    try:
        return page(
            kept,
            lambda one: (one["dateCreated"], one["arn"]),
            parameters.get("maxResults", PAGE_SIZE),
            parameters.get("nextToken"),
        )
    except ValueError as error:
        raise ServiceError(
            "InvalidPaginationTokenException", "The pagination token is not valid."
        ) from error


def _wanted_names(filters: list[dict[str, Any]]) -> list[list[str]]:
    """For each filter the names that pass it."""
    for index, filter_ in enumerate(filters):
        if filter_.get("name") != "name":
            raise invalid_value(f"filters[{index}].name", "The only filter is 'name'.")
    return [filter_.get("values", []) for filter_ in filters]


def _name_fits(name: str, wanted: str) -> bool:
    # A wildcard may end the value or stand at both ends (documentation of Filter in the model).
    ends = re.fullmatch(r"(\*?)([^*]*)\*", wanted)
    if ends is None:
        return name == wanted
    return ends[2] in name if ends[1] else name.startswith(ends[2])


def _summary(kept: Configuration) -> Document:
    regions = [distribution["region"] for distribution in kept["distributions"]]
    return {key: kept[key] for key in kept.keys() - {"distributions"}} | {"regions": regions}
