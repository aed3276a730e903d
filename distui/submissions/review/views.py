"""The review page: the findings, the exact request, the target, and the submit button."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from distui.builder.changes import fixes
from distui.builder.changes.messages import fix_message
from distui.builder.models import Draft, StaleRevision
from distui.builder.rule_context import chosen_target, rule_context, target_context
from distui.builder.state.errors import EditError
from distui.core.numbers import parse_number
from distui.deployment.logs.context import bind_log_fields
from distui.people.policy import visible_or_404
from distui.submissions.ledger.create import (
    HasErrors,
    NameTaken,
    NotOwner,
    StaleToken,
    TokenReused,
    create_submission,
    find_name_conflict,
)
from distui.submissions.ledger.look_up import name_status
from distui.submissions.review.dry_run import problem_in_aws
from distui.submissions.review.forms import SubmitForm
from distui.submissions.review.quota import PER_MINUTE, seconds_to_check, seconds_to_wait
from distui.submissions.review.review_summary import ReviewSummary, makes_public
from distui.targets.models import Target

_DRAFT_CHANGED = (
    "The draft was changed since this page was opened. Nothing was submitted. Review the request"
    " below, then submit it."
)

_CHECK = "check"  # the tag of the message that is shown beside the button
_OVER_QUOTA = (
    "Nothing was submitted: you can submit {} configurations per minute. Try again in {} seconds."
)
_CHECKED_CHANGED = (
    "The draft was changed since this page was opened. Nothing was checked. Review the request"
    " below, then check it."
)
_CHECKS_OVER_QUOTA = (
    "Nothing was checked: you can check {} configurations per minute. Try again in {} seconds."
)


@require_http_methods(["GET", "HEAD", "POST"])
def review_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the draft's outcome, findings, targets and request body.

    A post submits it, lets AWS check it, or does what the button of a finding says.
    """
    draft = visible_or_404(Draft.objects.all(), request.user, pk=pk)
    if request.method == "POST":
        verb, _, argument = request.POST.get("op", "").partition(":")
        if verb in ("fix", "fix-all"):
            return _apply_fix(request, draft, verb, argument)
        return _check(request, draft) if verb == "check" else _submit(request, draft)
    return _render(request, draft, _build_form(request, draft))


def _submit(request: HttpRequest, draft: Draft) -> HttpResponse:
    form = _build_form(request, draft, request.POST)
    if not form.is_valid():
        return _render(request, draft, form, status=422)
    target, token = form.cleaned_data["target"], form.cleaned_data["token"]
    user: Any = request.user  # sign-in is required on every page
    if _has_changed(draft, form):
        form = _build_form(request, draft, target=target)
        return _render(request, draft, form, status=409, target=target, notice=_DRAFT_CHANGED)
    if token == draft.client_token and (seconds := seconds_to_wait(user)):
        return _over_quota(request, draft, form, _OVER_QUOTA, seconds)
    try:
        submission = create_submission(draft=draft, target=target, user=user, token=token)
    except HasErrors:
        return _render(request, draft, form, status=422, target=target)
    except NameTaken as error:
        return _render(request, draft, form, status=422, target=target, notice=error)
    except TokenReused as error:
        context = {"draft": draft, "submission": error.submission, "message": error.user_message}
        return render(request, "submissions/review/token_reused.html", context, status=409)
    except StaleToken as error:
        draft.refresh_from_db()
        form = _build_form(request, draft, target=target)
        return _render(request, draft, form, status=422, notice=error)
    except NotOwner as error:
        raise PermissionDenied(error.user_message) from error
    bind_log_fields(submission)
    draft.choose_target(str(target.pk), user)
    return redirect("submissions:show-submission", submission.pk)


def _check(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Ask the chosen target's AWS account to check the draft."""
    form = _build_form(request, draft, request.POST)
    form.errors.pop("public", None)  # nothing becomes public
    target, user = form.cleaned_data.get("target"), request.user
    if form.errors or target is None:
        return _render(request, draft, form, status=422)
    if form.cleaned_data["revision"] != str(draft.revision):
        form = _build_form(request, draft, target=target)
        return _render(request, draft, form, status=409, target=target, notice=_CHECKED_CHANGED)
    if seconds := seconds_to_check(request.session):
        return _over_quota(request, draft, form, _CHECKS_OVER_QUOTA, seconds)
    draft.choose_target(str(target.pk), user)
    if problem := problem_in_aws(draft, target, user):  # type: ignore[arg-type]  # signed in
        messages.warning(request, problem, extra_tags=_CHECK)
    else:
        message = f"AWS would accept this request in {target.name}. Nothing was created."
        messages.success(request, message, extra_tags=_CHECK)
    return redirect("submissions:review-draft", draft.pk)


def _over_quota(
    request: HttpRequest, draft: Draft, form: SubmitForm, notice: str, seconds: int
) -> HttpResponse:
    target = form.cleaned_data["target"]
    notice = notice.format(PER_MINUTE, seconds)
    response = _render(request, draft, form, status=429, target=target, notice=notice)
    response["Retry-After"] = str(seconds)
    return response


def _apply_fix(request: HttpRequest, draft: Draft, verb: str, argument: str) -> HttpResponse:
    """Do what the button of a finding says, if the draft is as the page showed it."""
    target = _build_form(request, draft).initial["target"]
    context, count = target_context(target) if target else rule_context(), 1
    place = argument.partition(":")[2]
    try:
        if verb == "fix":
            state, _ = fixes.apply_fix(verb, argument, draft.state, context)
        else:
            state, count = fixes.apply_to_all(argument, draft.state, context, draft.dismissed)
        shown = parse_number(request.POST.get("revision")) or 0
        draft.save_state(state, revision=shown, user=request.user)
    except (EditError, StaleRevision):
        messages.warning(request, "Nothing was changed: the draft was edited elsewhere. Try again.")
    else:
        messages.success(request, fix_message(place, count))
    return redirect("submissions:review-draft", draft.pk)


def _has_changed(draft: Draft, form: SubmitForm) -> bool:
    """Return True if the form doesn't prove that the user has seen the draft's current revision.

    After a double click the token is no longer the draft's, which is not a change.
    """
    form_is_current = form.cleaned_data["token"] == draft.client_token
    return bool(form_is_current and form.cleaned_data["revision"] != str(draft.revision))


def _build_form(
    request: HttpRequest, draft: Draft, data: Any = None, *, target: Target | None = None
) -> SubmitForm:
    """Return the form. The draft's target, or the only one there is, is selected."""
    targets = Target.objects.usable_by(request.user)
    if target is None:
        target = chosen_target([*targets], draft.target_id)
    bind_log_fields(_posted_target(request, targets) or target)
    return SubmitForm(
        data,
        initial={"token": draft.client_token, "revision": draft.revision, "target": target},
        targets=targets,
        public=makes_public(draft.state),
    )


def _posted_target(request: HttpRequest, targets: QuerySet[Target]) -> Target | None:
    posted = parse_number(request.POST.get("target"))
    return next((target for target in targets if target.pk == posted), None)


def _render(
    request: HttpRequest,
    draft: Draft,
    form: SubmitForm,
    *,
    status: int = 200,
    target: Target | None = None,
    notice: Exception | str = "",
) -> HttpResponse:
    target = target or form.initial["target"]
    conflict = find_name_conflict(draft, target, request.user) if target else None
    check_name = conflict and conflict.is_settled and "check-name" in request.GET
    chosen = _posted_target(request, form.targets) or target
    context = {
        "draft": draft,
        "form": form,
        "chosen": chosen,
        "targets": Draft.objects.first_targets(request.user, form.targets, chosen),
        "summary": ReviewSummary(
            draft,
            draft.analyze(target_context(target) if target else None),
            target,
            one_target=target is not None and len(form.targets) == 1,
            all_findings=request.GET.get("findings") == "all",
        ),
        "name_conflict": conflict,
        "name_in_aws": name_status(conflict, request.user) if conflict and check_name else "",
        "notice": notice,
        "has_errors": status != 200,
    }
    return render(request, "submissions/review/review_draft.html", context, status=status)
