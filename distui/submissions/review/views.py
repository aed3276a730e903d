"""The last look before submitting: what would be sent, where to, and what is wrong with it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from distui.builder.models import Draft
from distui.people.policy import visible_or_404
from distui.submissions.ledger.create import (
    HasErrors,
    NameTaken,
    NotOwner,
    StaleToken,
    TokenReused,
    context_for,
    name_conflict,
    prepare,
)
from distui.submissions.review.forms import SubmitForm
from distui.submissions.review.review_summary import ReviewSummary, makes_public
from distui.targets.models import Target

_CHANGED = "The draft was saved elsewhere since this page was opened. Here is how it stands now."


@require_http_methods(["GET", "HEAD", "POST"])
def review_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The findings, the exact body and the choice of a target; a post submits it there."""
    draft = visible_or_404(Draft.objects.all(), request.user, pk=pk)
    if request.method == "POST":
        return _submit(request, draft)
    return _page(request, draft, _form(request, draft))


def _submit(request: HttpRequest, draft: Draft) -> HttpResponse:
    form = _form(request, draft, request.POST)
    if not form.is_valid():
        return _page(request, draft, form, status=422)
    target, token = form.cleaned_data["target"], form.cleaned_data["token"]
    user: Any = request.user  # signed in, or this would not be reached
    if _is_unseen(draft, form):
        form = _form(request, draft, target=target)
        return _page(request, draft, form, status=409, target=target, notice=_CHANGED)
    try:
        submission = prepare(draft=draft, target=target, user=user, token=token)
    except HasErrors:
        return _page(request, draft, form, status=422, target=target)
    except NameTaken as error:
        return _page(request, draft, form, status=422, target=target, notice=error)
    except TokenReused as error:
        found = {"draft": draft, "submission": error.submission, "text": error.user_message}
        return render(request, "submissions/review/other_content.html", found, status=409)
    except StaleToken as error:
        draft.refresh_from_db()
        form = _form(request, draft, target=target)
        return _page(request, draft, form, status=422, notice=error)
    except NotOwner as error:
        raise PermissionDenied(error.user_message) from error
    return redirect("submissions:show-submission", submission.pk)


def _is_unseen(draft: Draft, form: SubmitForm) -> bool:
    """Whether the draft was saved after the page showed its body; a second click is no news."""
    shown = form.cleaned_data["revision"]
    return form.cleaned_data["token"] == draft.client_token and shown not in (None, draft.revision)


def _form(
    request: HttpRequest, draft: Draft, data: Any = None, *, target: Target | None = None
) -> SubmitForm:
    """The form; what there is only one of is chosen already."""
    targets = Target.objects.usable_by(request.user)
    if target is None and len(targets) == 1:
        target = targets[0]
    return SubmitForm(
        data,
        initial={"token": draft.client_token, "revision": draft.revision, "target": target},
        targets=targets,
        public=makes_public(draft.document),
    )


def _page(
    request: HttpRequest,
    draft: Draft,
    form: SubmitForm,
    *,
    status: int = 200,
    target: Target | None = None,
    notice: Exception | str = "",
) -> HttpResponse:
    target = target or form.initial["target"]
    found = {
        "draft": draft,
        "form": form,
        "look": ReviewSummary(draft, draft.analyze(context_for(target) if target else None)),
        "namesake": name_conflict(draft, target, request.user) if target else None,
        "notice": notice,
        "refused": status != 200,
    }
    return render(request, "submissions/review/review_draft.html", found, status=status)
