"""Pages of a draft: make one, edit it, read its exact body, import one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import trigger_client_event

from distui.builder.editor import Editor
from distui.builder.imports import NotImportable, read
from distui.builder.models import Draft
from distui.builder.posts import Post, save
from distui.core.document import Unreadable
from distui.people.policy import visible_or_404
from distui.web.requests import PageRequest


@require_http_methods(["GET", "HEAD", "POST"])
def new_draft(request: PageRequest) -> HttpResponse:
    """The choice of a beginning; a post makes a blank draft and opens it."""
    if request.method == "POST":
        return redirect("builder:edit-draft", Draft.objects.create(owner=request.user).pk)
    return render(request, "builder/new_draft.html")


@require_http_methods(["GET", "HEAD", "POST"])
def edit_draft(request: PageRequest, pk: int) -> HttpResponse:
    """The editor. A post saves what it brings and does what its button says."""
    draft = visible_or_404(Draft.objects.all(), request.user, pk=pk)
    if request.method == "POST":
        return _answer(request, draft, Post.of(request.POST))
    strict = "check" in request.GET
    editor = Editor(draft, open=_number(request.GET.get("open")), strict=strict)
    return render(request, "builder/edit_draft.html", {"editor": editor})


def _answer(request: PageRequest, draft: Draft, post: Post) -> HttpResponse:
    """Save the post; then a fragment where htmx asks, else a page or the way to one."""
    result = save(draft, post)
    if result.refused:
        return _show(request, result.editor, status=result.status)
    if post.verb == "review":
        return _go(request, reverse("submissions:review-draft", args=[draft.pk]))
    if post.verb == "autosave" and request.htmx:
        return render(request, "builder/_saved.html", {"editor": result.editor})
    if result.status != 200 or request.htmx:
        return _show(request, result.editor, status=result.status)
    return redirect(_place(draft, result.editor))


def _show(request: PageRequest, editor: Editor, *, status: int) -> HttpResponse:
    """The editor; to htmx the workspace, with the address and the place to go on at."""
    template = "builder/_workspace.html" if request.htmx else "builder/edit_draft.html"
    response = render(request, template, {"editor": editor}, status=status)
    if request.htmx:
        response["HX-Replace-Url"] = _place(editor.draft, editor)
        if editor.focus:
            trigger_client_event(response, "goto", {"value": editor.focus}, after="settle")
    return response


def _go(request: PageRequest, url: str) -> HttpResponse:
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)


def _place(draft: Draft, editor: Editor) -> str:
    """The editor's address, at the place where a person goes on."""
    url = reverse("builder:edit-draft", args=[draft.pk])
    query = f"?open={editor.open}" if editor.open is not None else ""
    return f"{url}{query}{'#' + editor.focus if editor.focus else ''}"


def _number(text: Any) -> int | None:
    short = text if isinstance(text, str) and text.isascii() and len(text) < 5 else ""
    return int(short) if short.isdigit() else None


@require_safe
def draft_json(request: PageRequest, pk: int) -> HttpResponse:
    """The request body exactly as it would be sent."""
    draft = visible_or_404(Draft.objects.all(), request.user, pk=pk)
    name = f"distribution-configuration-{draft.pk}.json"
    disposition = "attachment" if "download" in request.GET else "inline"
    return HttpResponse(
        draft.body(),
        content_type="application/json",
        headers={"Content-Disposition": f'{disposition}; filename="{name}"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def import_draft(request: PageRequest) -> HttpResponse:
    """Paste or upload a document. One that no form can hold is shown again, with every reason."""
    text: str | bytes = request.POST.get("document", "")
    if upload := request.FILES.get("file"):
        text = upload.read()
    if request.method != "POST":
        return render(request, "builder/import_draft.html")
    try:
        imported = read(text)
    except (Unreadable, NotImportable) as error:
        findings = getattr(error, "findings", [])
        shown = text if isinstance(text, str) else text.decode("utf-8", "replace")
        context = {"text": shown, "error": error, "findings": findings}
        return render(request, "builder/import_draft.html", context, status=422)
    draft = Draft.objects.create(owner=request.user, text=imported.text)
    for notice in imported.notices:
        messages.info(request, notice)
    return redirect("builder:edit-draft", draft.pk)
