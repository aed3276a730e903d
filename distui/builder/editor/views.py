"""The editor's page, and a Region of its preview."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import trigger_client_event

from distui.builder.editor.page import Editor
from distui.builder.editor.page_diff import Live
from distui.builder.editor.preview import render_unfolded
from distui.builder.editor.request import Post, number
from distui.builder.editor.save import Outcome, save
from distui.builder.links import copying_url, editor_url
from distui.builder.models import Draft
from distui.people.policy import visible_or_404
from distui.web.htmx import retarget
from distui.web.requests import AuthedHtmxRequest


@require_http_methods(["GET", "HEAD", "POST"])
def edit_draft(request: AuthedHtmxRequest, pk: int) -> HttpResponse:
    """The editor. A post saves what it brings and does what its button says."""
    draft = visible_or_404(Draft.objects.all(), request.user, pk=pk)
    if request.method == "POST":
        post = Post.of(request.POST)
        typing = post.verb == "autosave" and request.htmx
        return (_answer_typing if typing else _answer)(request, draft, post)
    strict = "check" in request.GET
    editor = Editor(draft, open=number(request.GET.get("open")), strict=strict)
    return render(request, "builder/editor/edit_draft.html", {"editor": editor})


def _as_shown(draft: Draft, post: Post) -> Editor:
    """The draft as the page that posts shows it, which may not know the newest revision."""
    older = None if post.revision == draft.revision else draft.state_at(post.revision)
    return Editor(draft, outcome=Outcome(post.open, state=older), left=post.left)


def _answer(request: AuthedHtmxRequest, draft: Draft, post: Post) -> HttpResponse:
    """Do what the button says; then a fragment where htmx asks, else a page or the way to one."""
    before = _as_shown(draft, post)
    outcome = save(draft, post)
    strict = post.verb == "save" or bool(outcome.doubts)
    editor = Editor(draft, outcome=outcome, strict=strict, left=post.left, page=post.page)
    if outcome.refused:
        return _show(request, editor, status=409 if outcome.conflict else 422)
    if post.verb == "review":
        return _go(request, reverse("submissions:review-draft", args=[draft.pk]))
    if post.verb == "theirs":
        messages.info(request, outcome.said)
        return _go(request, place_of(editor))
    if post.verb in ("copy", "apply"):
        return _go(request, copying_url(draft.pk, post.place))
    if strict and editor.told.errors:
        return _show(request, editor, status=422)
    if not request.htmx:
        if outcome.said:
            messages.success(request, outcome.said)
        return redirect(place_of(editor))
    live = Live(before, editor)
    small = live.is_small and not strict and post.verb != "paste"  # its box is closed again
    return _show(request, editor, live=live if small else None)


def _answer_typing(request: AuthedHtmxRequest, draft: Draft, post: Post) -> HttpResponse:
    """Save by itself what is being typed, and answer with what that changes on the page."""
    before = _as_shown(draft, post)
    outcome = save(draft, post)
    after = Editor(draft, outcome=outcome, left=post.left, page=post.page)
    if outcome.anew:
        return retarget(request, _show(request, after), "#workspace", "#workspace")
    if not outcome.refused:
        live = Live(before, after, typing=True, fresh=post.fresh, at=post.at)
        return render(request, "builder/editor/_changes.html", {"live": live})
    if outcome.conflict and not outcome.conflict.news:
        return HttpResponse(status=204)
    status = 409 if outcome.conflict else 422
    told = {"editor": after, "told": True}
    response = render(request, "builder/editor/_conflict.html", told, status=status)
    return retarget(request, response, "#conflict", "#conflict")


def _show(
    request: AuthedHtmxRequest, editor: Editor, *, status: int = 200, live: Live | None = None
) -> HttpResponse:
    """The editor; to htmx the workspace or what changes in it, with the place to go on at."""
    template = (
        "builder/editor/_workspace.html" if request.htmx else "builder/editor/edit_draft.html"
    )
    template = "builder/editor/_changes.html" if live else template
    response = render(request, template, {"editor": editor, "live": live}, status=status)
    if live:
        response["HX-Reswap"] = "none"
    if request.htmx:
        outcome = editor.outcome
        goto = {"value": outcome.focus, "inside": outcome.inside, "glance": outcome.glance}
        trigger_client_event(response, "goto", goto | {"url": place_of(editor)}, after="settle")
        if editor.outcome.said:
            trigger_client_event(response, "announce", {"value": editor.outcome.said})
    return response


def _go(request: AuthedHtmxRequest, url: str) -> HttpResponse:
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)


def place_of(editor: Editor) -> str:
    """The editor's address, at the place where a person goes on."""
    return editor_url(editor.draft.pk, editor.open, editor.outcome.focus)


@require_safe
def show_region(request: AuthedHtmxRequest, pk: int, index: int) -> HttpResponse:
    """A Region of the preview, unfolded."""
    draft = visible_or_404(Draft.objects.all(), request.user, pk=pk)
    items = draft.document.get("distributions", [])
    if index >= len(items):
        raise Http404
    return HttpResponse(render_unfolded(items, index, number(request.GET.get("open"))))
