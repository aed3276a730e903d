"""The editor's page, and a Region of its preview."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import trigger_client_event

from distui.builder.changes.account_id_lists import REGIONS
from distui.builder.changes.text_lines import typed_regions
from distui.builder.editor.fragments import changed_fragments
from distui.builder.editor.page import EditorPage
from distui.builder.editor.preview import render_unfolded
from distui.builder.editor.request import EditorRequest, new_page_id, too_long_field
from distui.builder.editor.save import SaveResult, save
from distui.builder.importing.paste import Paste
from distui.builder.links import arranging_url, copying_url, dismiss_url, editor_url
from distui.builder.models import Draft
from distui.builder.rule_context import chosen_target
from distui.core.numbers import parse_number
from distui.people.policy import visible_or_404
from distui.targets.models import Target
from distui.web.errors import error_page
from distui.web.htmx import announce, fits_header, retarget
from distui.web.requests import AuthedHtmxRequest


@require_http_methods(["GET", "HEAD", "POST"])
def edit_draft(request: AuthedHtmxRequest, pk: int) -> HttpResponse:
    """Show the editor. A post saves what it brings and does what its button says."""
    if request.method == "POST":
        draft = visible_or_404(Draft.objects.all(), request.user, pk=pk)
        if too_long := too_long_field(request.POST):
            return error_page(request, 413, "Field too long", too_long)
        post = EditorRequest.parse(request.POST)
        typing = post.verb == "autosave" and request.htmx
        return (_answer_typing if typing else _answer)(request, draft, post)
    page_id = new_page_id()
    with transaction.atomic():
        draft = visible_or_404(Draft.objects.select_for_update(), request.user, pk=pk)
        draft.open_page(page_id, request.user)
    opened, strict = parse_number(request.GET.get("open")), "check" in request.GET
    page = EditorPage(draft, request.user, open=opened, strict=strict, page=page_id)
    return render(request, "builder/editor/edit_draft.html", {"page": page})


def _save(
    request: AuthedHtmxRequest, draft: Draft, post: EditorRequest, *, strict: bool
) -> tuple[EditorPage, EditorPage]:
    """Save the post; return the page as it was shown, and as it is to be shown now."""
    result = save(draft, post, request.user)
    targets = [*Target.objects.usable_by(request.user)]
    first_time = {post.focused} - post.visited - post.reporting
    before = EditorPage(
        draft,
        request.user,
        result=SaveResult(post.open, answer=post.answer),
        state=result.base,
        visited=(post.visited - post.just_blurred) | post.reporting,
        quiet=post.just_blurred | first_time,
        page=post.page,
        targets=targets,
        target_control=post.target_control,
        pasted=Paste.on_page(post.data),
    )
    if not result.late:
        draft.choose_target(post.chosen_target, request.user)
    target = chosen_target(targets, draft.target_id)
    if post.verb != "autosave":  # a field that is only left posts too
        draft.keep()
    after = EditorPage(
        draft,
        request.user,
        result=result,
        strict=strict or bool(result.integrity_errors),
        visited=post.visited | (post.reporting - {post.focused}),
        quiet=frozenset(first_time),
        page=post.page,
        targets=targets,
        context=before.context if before.target_base == target else None,
        pasted=_json_box(draft, post, before.pasted, result),
    )
    return before, after


def _json_box(
    draft: Draft, post: EditorRequest, shown: Paste | None, result: SaveResult
) -> Paste | None:
    """Return the box that edits the draft as JSON: it keeps what was typed in it."""
    if result.pasted or post.verb == "discard":
        return result.pasted
    is_new = post.verb == "json" if shown is None else shown.is_untouched
    return Paste.of_state(draft.state) if is_new else shown


def _answer(request: AuthedHtmxRequest, draft: Draft, post: EditorRequest) -> HttpResponse:
    """Do what the button says; answer with fragments to htmx, else with a page or a redirect."""
    before, page = _save(request, draft, post, strict=post.verb == "save")
    result = page.result
    if result.refused:
        return _render(request, page, status=_status(result))
    if result.message and not request.htmx:
        undo = "undo" if result.undoable else ""
        messages.success(request, result.message, extra_tags=undo)
    if not result.reload and (url := _next_page(page, post)):
        if page.pasted is None or not page.pasted.is_edited:
            return _redirect(request, url)
        page.pasted = page.pasted.unused()
        page.result = replace(result, focus="id_document")
        return _render(request, page, status=422)
    if page.strict and page.findings.errors:
        return _render(request, page, status=422)
    if not request.htmx and not (page.pasted and page.pasted.is_shown):
        return redirect(_url(page))
    # The box for pasting is closed again by drawing all of the page.
    whole = result.reload or post.redraw or page.strict or post.verb == "paste"
    return _render(request, page, before=before if request.htmx and not whole else None)


def _next_page(page: EditorPage, post: EditorRequest) -> str:
    """Return the URL of the page that the button leads to, "" if it stays in the editor."""
    draft = page.draft
    match post.verb:
        case "review":
            return reverse("submissions:review-draft", args=[draft.pk])
        case "target":
            return reverse("builder:choose-target", args=[draft.pk])
        case "copy" if post.place == REGIONS:
            typed = typed_regions(draft.state, post.data, settings.DISTUI_EXTRA_REGIONS)
            return copying_url(draft.pk, post.place, page.open, **typed)
        case "copy" | "apply":
            return copying_url(draft.pk, post.place, page.open)
        case "edit" if post.place == REGIONS:
            return arranging_url(draft.pk, page.open)
        case "dismiss":
            return dismiss_url(draft.pk, post.place)
    return ""


def _answer_typing(request: AuthedHtmxRequest, draft: Draft, post: EditorRequest) -> HttpResponse:
    """Save what is being typed, and answer with the fragments that this changes."""
    before, page = _save(request, draft, post, strict=False)
    result = page.result
    if result.reload or post.redraw:
        response = _render(request, page, status=_status(result))
        return retarget(request, response, "#workspace", "#workspace")
    same_target = before.target_base == page.target_base
    if result.conflict and not result.conflict.is_new and same_target:
        return HttpResponse(status=204)
    html = changed_fragments(before, page, typing=True)
    response = HttpResponse("".join(html or ()), status=_status(result))
    return announce(response, result.message) if result.message else response


def _status(result: SaveResult) -> int:
    if result.conflict:
        return 409
    return 422 if result.refused else 200


def _render(
    request: AuthedHtmxRequest,
    page: EditorPage,
    *,
    status: int = 200,
    before: EditorPage | None = None,
) -> HttpResponse:
    """Return the page; to htmx its workspace, or only what differs from the page ``before``."""
    html = changed_fragments(before, page, typing=False) if before else None
    if html is None:
        template = "_workspace.html" if request.htmx else "edit_draft.html"
        response = render(request, f"builder/editor/{template}", {"page": page}, status=status)
    else:
        response = HttpResponse("".join(html), status=status, headers={"HX-Reswap": "none"})
    if request.htmx:
        _trigger(response, page)
    return response


def _trigger(response: HttpResponse, page: EditorPage) -> None:
    """Let the browser continue at the result's place and announce its message."""
    result = page.result
    goto = {"value": _focus(result), "inside": result.focus_inside, "scroll": result.scroll_only}
    trigger_client_event(response, "goto", goto | {"url": _url(page)}, after="settle")
    if result.message:
        announce(response, result.message, undo=result.undoable)


def _redirect(request: AuthedHtmxRequest, url: str) -> HttpResponse:
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)


def _url(page: EditorPage) -> str:
    """Return the editor's URL at the place where the person continues."""
    return editor_url(page.draft.pk, page.open, _focus(page.result))


def _focus(result: SaveResult) -> str:
    """Return the HTML ID to continue at, "" for one that is too long for a header."""
    return result.focus if fits_header(result.focus) else ""


@require_safe
def show_region(request: AuthedHtmxRequest, pk: int, index: int) -> HttpResponse:
    """Return a Region of the preview, unfolded."""
    draft = visible_or_404(Draft.objects.all(), request.user, pk=pk)
    items = draft.document.get("distributions", [])
    if index >= len(items):
        raise Http404
    return HttpResponse(render_unfolded(items, index, parse_number(request.GET.get("open"))))
