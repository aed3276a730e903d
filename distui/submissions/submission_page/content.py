"""The content of a submission's page beside its state: outcome, changes, findings, snippets."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from distui.builder.analysis import analyze
from distui.builder.changes.diff import Difference, diff
from distui.builder.finding_groups import FindingGroup, LocatedFinding, group_findings
from distui.builder.forms.locations import location, region_label
from distui.builder.models import Draft
from distui.builder.outcome.summary import sentence
from distui.builder.outcome.table import RegionRows, region_rows
from distui.builder.rule_context import rule_context
from distui.builder.state.draft_state import DraftState, dump_state, load_state
from distui.core import Finding
from distui.core.forecast import Forecast, forecast
from distui.core.pointers import region_index
from distui.submissions.ledger.create import sent_document
from distui.submissions.models import Submission, SubmissionState
from distui.targets.models import Target

_CONSOLES = {
    "aws": "console.aws.amazon.com",
    "aws-us-gov": "console.amazonaws-us-gov.com",
    "aws-cn": "console.amazonaws.cn",
}
_MOST_RELATED = 20


@dataclass(frozen=True)
class SubmissionPage:
    """A submission, for a person who may see it."""

    submission: Submission
    user: Any

    @cached_property
    def document(self) -> dict[str, Any]:
        """Return the submitted document."""
        return sent_document(self.submission)

    @cached_property
    def forecast(self) -> Forecast:
        """Return what a build at the time of the submission produced."""
        found = self.submission
        return forecast(
            self.document,
            found.submitted_at,
            own_account=found.account,
            home_region=found.region,
        )

    @property
    def sentence(self) -> str:
        """Return a sentence that says what a build produces."""
        return sentence(self.forecast.totals)

    @property
    def regions(self) -> list[RegionRows]:
        """Return the rows of the outcome's table."""
        return region_rows(self.forecast)

    @cached_property
    def finding_groups(self) -> list[FindingGroup]:
        """Return the findings of the submitted document in groups."""
        found = self.submission
        rules = rule_context(own_account=found.account, home_region=found.region)
        findings = analyze(dump_state(self.document), rules).findings.all
        return group_findings(findings, self._locate)

    def _locate(self, finding: Finding) -> LocatedFinding:
        items, index = self.document.get("distributions", []), region_index(finding.pointer)
        region = "" if index is None else region_label(items[index].get("region"), index)
        return LocatedFinding(finding, "", region, location(items, finding.pointer))

    @cached_property
    def previous(self) -> Submission | None:
        """Return the newest earlier submission of the name that was created there, if any."""
        found = self.submission
        created = Submission.objects.visible_to(self.user).filter(
            account=found.account,
            region=found.region,
            normalized_name=found.normalized_name,
            state=SubmissionState.CREATED,
            pk__lt=found.pk,
        )
        return created.first()

    @property
    def differences(self) -> list[Difference]:
        """Return the changes since that submission."""
        if self.previous is None:
            return []
        return diff(_state(sent_document(self.previous)), _state(self.document))

    @cached_property
    def related(self) -> list[Submission]:
        """Return the other submissions of the same draft, the newest first."""
        if self.submission.draft_id is None:
            return []
        visible = Submission.objects.visible_to(self.user).exclude(pk=self.submission.pk)
        return [*visible.filter(draft=self.submission.draft_id)[:_MOST_RELATED]]

    @property
    def has_draft(self) -> bool:
        """Return True if the submission's draft still exists and the user may open it."""
        visible = Draft.objects.visible_to(self.user)
        return visible.filter(submissions=self.submission).exists()

    @property
    def console_url(self) -> str:
        """Return the configuration's address in the AWS console, "" for the sandbox."""
        found = self.submission
        host = _CONSOLES.get(found.partition)
        if host is None or found.target.kind == Target.Kind.SANDBOX:
            return ""
        # AWS doesn't document the address of a configuration's own page. It has the form of a
        # pipeline's, #/pipelines/<ARN>, below the address of the list, #/distributionSettings.
        page = f"imagebuilder/home?region={found.region}#/distributionSettings/{found.arn}"
        return f"https://{found.region}.{host}/{page}"

    @property
    def cli_snippet(self) -> str:
        """Return the AWS CLI's commands that read the configuration and use it in a pipeline."""
        arn, region, endpoint = self.submission.arn, self.submission.region, self.sandbox_url
        where = f"--region {region}" + (f" --endpoint-url {endpoint}" if endpoint else "")
        recipe = "container" if self._makes_containers else "image"
        return (
            f"aws imagebuilder get-distribution-configuration {where} \\\n"
            f"  --distribution-configuration-arn {arn}\n\n"
            f"aws imagebuilder create-image {where} \\\n"
            f"  --{recipe}-recipe-arn RECIPE_ARN"
            " --infrastructure-configuration-arn INFRASTRUCTURE_ARN"
            f" \\\n  --distribution-configuration-arn {arn}"
        )

    @property
    def boto3_snippet(self) -> str:
        """Return the same in Python."""
        arn, region, endpoint = self.submission.arn, self.submission.region, self.sandbox_url
        where = f'region_name="{region}"' + (f', endpoint_url="{endpoint}"' if endpoint else "")
        recipe = "container" if self._makes_containers else "image"
        return (
            "import boto3\n\n"
            f'imagebuilder = boto3.client("imagebuilder", {where})\n'
            "imagebuilder.create_image(\n"
            f"    {recipe}RecipeArn=RECIPE_ARN,\n"
            "    infrastructureConfigurationArn=INFRASTRUCTURE_ARN,\n"
            f'    distributionConfigurationArn="{arn}",\n'
            ")"
        )

    @property
    def sandbox_url(self) -> str:
        """Return the sandbox's URL, without which clients call AWS; "" for other targets."""
        return self.submission.target.connection().sandbox_url

    @property
    def _makes_containers(self) -> bool:
        return bool(self.forecast.totals.images and not self.forecast.totals.amis)


def _state(document: dict[str, Any]) -> DraftState:
    return load_state(dump_state(document))
