"""Image Builder's operations on distribution configurations."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from botocore.model import OperationModel
from werkzeug.wrappers import Request, Response

from distui.sandbox.imagebuilder.configurations import (
    Configuration,
    create_in,
    find,
    list_owned,
    replace_in,
    sort_key,
)
from distui.sandbox.imagebuilder.distribution_rules import check_distributions
from distui.sandbox.imagebuilder.state_file import StateFile, StateFileError
from distui.sandbox.protocol.credential_scope import Caller
from distui.sandbox.protocol.errors import ServiceError, invalid_value
from distui.sandbox.protocol.pagination import paginate
from distui.sandbox.protocol.responses import (
    REST_JSON,
    error_response,
    new_request_id,
    success_response,
)
from distui.sandbox.protocol.service_model import Service, read_parameters
from distui.sandbox.protocol.validation import Problem, first_problem

Parameters = dict[str, Any]
Document = dict[str, Any]

# The default page size of List and the maximum number of tags, from the service model's
# documentation of maxResults and from its TagMap.
PAGE_SIZE = 25
MAX_TAGS = 50
# Get returns this member, although the service does not use it; the model allows 30 to 720.
TIMEOUT_MINUTES = 720


class ImageBuilder:
    """The ``imagebuilder`` service; its data is in a state file."""

    def __init__(self, state_file: StateFile) -> None:
        self._service = Service("imagebuilder")
        self._state_file = state_file
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

    def handle(self, request: Request, caller: Caller) -> Response:
        """Respond to a REST-JSON request of the caller."""
        try:
            raw_path = request.environ["REQUEST_URI"].partition("?")[0]
            operation, path_parameters = self._service.route(request.method, raw_path)
            parameters = read_parameters(operation, path_parameters, request)
            document = self._run(operation, caller, parameters)
        except ServiceError as error:
            return error_response(self._service.status(error.code), error.code, error.message)
        except StateFileError as error:
            return error_response(500, "ServiceException", str(error))
        return _to_response(operation, document)

    def _run(self, operation: OperationModel, caller: Caller, parameters: Parameters) -> Document:
        run = self._operations.get(operation.name)
        if run is None:
            raise ServiceError(
                "InvalidRequestException",
                f"The sandbox does not support {operation.name}: of Image Builder it has only "
                "distribution configurations.",
            )
        problem = first_problem(operation.input_shape, parameters)
        if problem:
            raise _validation_error(problem, operation)
        return run(caller, parameters)

    def _create(self, caller: Caller, parameters: Parameters) -> Document:
        check_distributions(parameters["distributions"], caller.account)
        with self._state_file.change() as state:
            arn = create_in(state, caller, parameters)
        return {"clientToken": parameters["clientToken"], "distributionConfigurationArn": arn}

    def _update(self, caller: Caller, parameters: Parameters) -> Document:
        check_distributions(parameters["distributions"], caller.account)
        with self._state_file.change() as state:
            arn = replace_in(state, caller, parameters)
        return {"clientToken": parameters["clientToken"], "distributionConfigurationArn": arn}

    def _get(self, caller: Caller, parameters: Parameters) -> Document:
        arn = parameters["distributionConfigurationArn"]
        configuration = find(self._state_file.read(), caller, arn)
        return {"distributionConfiguration": configuration | {"timeoutMinutes": TIMEOUT_MINUTES}}

    def _delete(self, caller: Caller, parameters: Parameters) -> Document:
        arn = parameters["distributionConfigurationArn"]
        with self._state_file.change() as state:
            find(state, caller, arn)
            del state.configurations[arn]
        return {"distributionConfigurationArn": arn}

    def _list(self, caller: Caller, parameters: Parameters) -> Document:
        filters = _name_filters(parameters.get("filters", []))
        matching = [
            configuration
            for configuration in list_owned(self._state_file.read(), caller)
            if all(_matches_any(configuration["name"], values) for values in filters)
        ]
        page, token = _paginate(matching, parameters)
        document = {"distributionConfigurationSummaryList": [_summary(one) for one in page]}
        return document | ({"nextToken": token} if token else {})

    def _list_pipelines(self, caller: Caller, parameters: Parameters) -> Document:
        return {"imagePipelineList": []}

    def _tag(self, caller: Caller, parameters: Parameters) -> Document:
        with self._state_file.change() as state:
            configuration = find(state, caller, parameters["resourceArn"])
            tags = configuration["tags"] | parameters["tags"]
            if len(tags) > MAX_TAGS:
                raise ServiceError(
                    "InvalidParameterException", f"A resource can have at most {MAX_TAGS} tags."
                )
            state.configurations[configuration["arn"]] = configuration | {"tags": tags}
        return {}

    def _untag(self, caller: Caller, parameters: Parameters) -> Document:
        with self._state_file.change() as state:
            configuration = find(state, caller, parameters["resourceArn"])
            removed = parameters["tagKeys"]
            tags = {k: v for k, v in configuration["tags"].items() if k not in removed}
            state.configurations[configuration["arn"]] = configuration | {"tags": tags}
        return {}

    def _list_tags(self, caller: Caller, parameters: Parameters) -> Document:
        return {"tags": find(self._state_file.read(), caller, parameters["resourceArn"])["tags"]}


def _to_response(operation: OperationModel, document: Document) -> Response:
    request_id = new_request_id()
    output = operation.output_shape
    if output and "requestId" in output.members:
        document = {"requestId": request_id} | document
    return success_response(document, REST_JSON, request_id)


def _validation_error(problem: Problem, operation: OperationModel) -> ServiceError:
    error = invalid_value(*problem)
    # The tagging operations have an error code of their own in the model.
    code = "InvalidParameterException"
    is_modeled = any(shape.name == code for shape in operation.error_shapes)
    return ServiceError(code, error.message) if is_modeled else error


def _paginate(
    configurations: list[Configuration], parameters: Parameters
) -> tuple[list[Configuration], str | None]:
    size, token = parameters.get("maxResults", PAGE_SIZE), parameters.get("nextToken")
    try:
        return paginate(configurations, sort_key, size, token)
    except ValueError as error:
        raise ServiceError(
            "InvalidPaginationTokenException", "The pagination token is not valid."
        ) from error


def _name_filters(filters: list[dict[str, Any]]) -> list[list[str]]:
    """Return the values of each filter; a name must match one value of each."""
    for index, filter_ in enumerate(filters):
        if filter_.get("name") != "name":
            raise invalid_value(f"filters[{index}].name", "The only supported filter is 'name'.")
    return [filter_.get("values", []) for filter_ in filters]


def _matches_any(name: str, values: list[str]) -> bool:
    return any(_matches(name, value) for value in values)


def _matches(name: str, value: str) -> bool:
    # A value can end with a wildcard, or start and end with one (documentation of Filter).
    wildcard = re.fullmatch(r"(\*?)([^*]*)\*", value)
    if wildcard is None:
        return name == value
    return wildcard[2] in name if wildcard[1] else name.startswith(wildcard[2])


def _summary(configuration: Configuration) -> Document:
    regions = [distribution["region"] for distribution in configuration["distributions"]]
    members = {key: configuration[key] for key in configuration.keys() - {"distributions"}}
    return members | {"regions": regions}
