"""Pages of drafts besides the editor: create, import, download and delete a draft."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from distui.builder.links import editor_url
from distui.builder.models import Draft
from distui.builder.state.importer import NotImportable, read_document
from distui.builder.state.starters import load_starters
from distui.core.document.strict_json import ParseError
from distui.people.policy import visible_or_404
from distui.web.requests import AuthedHtmxRequest


@require_http_methods(["GET", "HEAD", "POST"])
def new_draft(request: AuthedHtmxRequest) -> HttpResponse:
    """Show the starters; a post creates a draft, blank or from a starter, and opens it."""
    if request.method != "POST":
        return render(
            request, "builder/drafts/new_draft.html", {"starters": load_starters().values()}
        )
    if not (chosen := request.POST.get("starter")):
        return redirect("builder:edit-draft", Draft.objects.create(owner=request.user).pk)
    if not (starter := load_starters().get(chosen)):
        raise Http404("Unknown starter")
    draft = Draft.objects.create(owner=request.user, text=starter.text)
    messages.info(request, starter.next)
    return redirect(editor_url(draft.pk, starter.open))


@require_safe
def draft_json(request: AuthedHtmxRequest, pk: int) -> HttpResponse:
    """Return the request body exactly as it would be sent."""
    draft = visible_or_404(Draft.objects.all(), request.user, pk=pk)
    name = f"distribution-configuration-{draft.pk}.json"
    disposition = "attachment" if "download" in request.GET else "inline"
    return HttpResponse(
        draft.body(),
        content_type="application/json",
        headers={"Content-Disposition": f'{disposition}; filename="{name}"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def import_draft(request: AuthedHtmxRequest) -> HttpResponse:
    """Create a draft from a pasted or uploaded document, or show every reason why not."""
    text: str | bytes = request.POST.get("document", "")
    if upload := request.FILES.get("file"):
        text = upload.read()
    if request.method != "POST":
        return render(request, "builder/drafts/import_draft.html")
    try:
        imported = read_document(text)
    except (ParseError, NotImportable) as error:
        typed = text if isinstance(text, str) else text.decode("utf-8", "replace")
        context = {"text": typed, "error": error}
        return render(request, "builder/drafts/import_draft.html", context, status=422)
    draft = Draft.objects.create(owner=request.user, text=imported.text)
    for notice in imported.notices:
        messages.info(request, notice)
    return redirect("builder:edit-draft", draft.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def delete_draft(request: AuthedHtmxRequest, pk: int) -> HttpResponse:
    """Ask for confirmation; a post deletes the draft and its versions, not its submissions."""
    draft = visible_or_404(Draft.objects.all(), request.user, pk=pk)
    if request.method != "POST":
        return render(request, "builder/drafts/delete_draft.html", {"draft": draft})
    draft.delete()
    messages.success(request, f"Deleted {draft.name or 'the draft'}.")
    return redirect("home")
