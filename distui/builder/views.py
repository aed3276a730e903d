"""Pages of a draft: make one, edit it, read its exact body, import one, delete one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import trigger_client_event

from distui.builder.editor import Editor
from distui.builder.imports import NotImportable, read
from distui.builder.live import Live
from distui.builder.models import Draft
from distui.builder.posts import Post, number
from distui.builder.preview import unfolded
from distui.builder.saving import Outcome, save
from distui.builder.starters import starters
from distui.builder.versions import waiting
from distui.builder.views_copying import copying_url
from distui.core.document import Unreadable
from distui.people.policy import visible_or_404
from distui.web.fragments import retarget
from distui.web.requests import PageRequest


@require_http_methods(["GET", "HEAD", "POST"])
def new_draft(request: PageRequest) -> HttpResponse:
    """The choice of a beginning; a post makes a draft, blank or from a starter, and opens it."""
    if request.method != "POST":
        return render(request, "builder/new_draft.html", {"starters": starters().values()})
    if not (chosen := request.POST.get("starter")):
        return redirect("builder:edit-draft", Draft.objects.create(owner=request.user).pk)
    if not (starter := starters().get(chosen)):
        raise Http404("There is no such starter.")
    draft = Draft.objects.create(owner=request.user, text=starter.text)
    messages.info(request, starter.next)
    return redirect(_place(Editor(draft, open=starter.open)))


@require_http_methods(["GET", "HEAD", "POST"])
def edit_draft(request: PageRequest, pk: int) -> HttpResponse:
    """The editor. A post saves what it brings and does what its button says."""
    draft = visible_or_404(Draft.objects.all(), request.user, pk=pk)
    if request.method == "POST":
        post = Post.of(request.POST)
        typing = post.verb == "autosave" and request.htmx
        return (_answer_typing if typing else _answer)(request, draft, post)
    strict = "check" in request.GET
    editor = Editor(draft, open=number(request.GET.get("open")), strict=strict)
    shown = {"editor": editor, "waiting": waiting(draft)}
    return render(request, "builder/edit_draft.html", shown)


def _as_shown(draft: Draft, post: Post) -> Editor:
    """The draft as the page that posts shows it, which may not know the newest revision."""
    older = None if post.revision == draft.revision else draft.state_at(post.revision)
    return Editor(draft, outcome=Outcome(post.open, state=older), left=post.left)


def _answer(request: PageRequest, draft: Draft, post: Post) -> HttpResponse:
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
        return _go(request, _place(editor))
    if post.verb in ("copy", "apply"):
        return _go(request, copying_url(draft, post.place))
    if strict and editor.told.errors:
        return _show(request, editor, status=422)
    if not request.htmx:
        if outcome.said:
            messages.success(request, outcome.said)
        return redirect(_place(editor))
    live = Live(before, editor)
    small = live.is_small and not strict and post.verb != "paste"  # its box is closed again
    return _show(request, editor, live=live if small else None)


def _answer_typing(request: PageRequest, draft: Draft, post: Post) -> HttpResponse:
    """Save by itself what is being typed, and answer with what that changes on the page."""
    before = _as_shown(draft, post)
    outcome = save(draft, post)
    after = Editor(draft, outcome=outcome, left=post.left, page=post.page)
    if outcome.anew:
        return retarget(request, _show(request, after), "#workspace", "#workspace")
    if not outcome.refused:
        live = Live(before, after, typing=True, fresh=post.fresh, at=post.at)
        return render(request, "builder/_changes.html", {"live": live})
    if outcome.conflict and not outcome.conflict.news:
        return HttpResponse(status=204)
    status = 409 if outcome.conflict else 422
    told = {"editor": after, "told": True}
    response = render(request, "builder/_conflict.html", told, status=status)
    return retarget(request, response, "#conflict", "#conflict")


def _show(
    request: PageRequest, editor: Editor, *, status: int = 200, live: Live | None = None
) -> HttpResponse:
    """The editor; to htmx the workspace or what changes in it, with the place to go on at."""
    template = "builder/_workspace.html" if request.htmx else "builder/edit_draft.html"
    template = "builder/_changes.html" if live else template
    response = render(request, template, {"editor": editor, "live": live}, status=status)
    if live:
        response["HX-Reswap"] = "none"
    if request.htmx:
        outcome = editor.outcome
        goto = {"value": outcome.focus, "inside": outcome.inside, "glance": outcome.glance}
        trigger_client_event(response, "goto", goto | {"url": _place(editor)}, after="settle")
        if editor.outcome.said:
            trigger_client_event(response, "announce", {"value": editor.outcome.said})
    return response


def _go(request: PageRequest, url: str) -> HttpResponse:
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)


def _place(editor: Editor) -> str:
    """The editor's address, at the place where a person goes on."""
    url = reverse("builder:edit-draft", args=[editor.draft.pk])
    query = f"?open={editor.open}" if editor.open is not None else ""
    focus = editor.outcome.focus
    return f"{url}{query}{'#' + focus if focus else ''}"


@require_safe
def show_region(request: PageRequest, pk: int, index: int) -> HttpResponse:
    """A Region of the preview, unfolded."""
    draft = visible_or_404(Draft.objects.all(), request.user, pk=pk)
    items = draft.document.get("distributions", [])
    if index >= len(items):
        raise Http404
    return HttpResponse(unfolded(items, index, number(request.GET.get("open"))))


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
        shown = text if isinstance(text, str) else text.decode("utf-8", "replace")
        context = {"text": shown, "error": error}
        return render(request, "builder/import_draft.html", context, status=422)
    draft = Draft.objects.create(owner=request.user, text=imported.text)
    for notice in imported.notices:
        messages.info(request, notice)
    return redirect("builder:edit-draft", draft.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def delete_draft(request: PageRequest, pk: int) -> HttpResponse:
    """Asks once more; a post deletes the draft with its versions. The ledger keeps its own."""
    draft = visible_or_404(Draft.objects.all(), request.user, pk=pk)
    if request.method != "POST":
        return render(request, "builder/delete_draft.html", {"draft": draft})
    draft.delete()
    messages.success(request, f"Deleted {draft.name or 'the draft'}.")
    return redirect("home")
