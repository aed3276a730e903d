"""Pages of named groups: list, create, edit or show, delete."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from distui.builder.groups.forms import NamedGroupForm
from distui.builder.groups.models import NamedGroup
from distui.people.policy import has_perm, visible_or_404
from distui.web.requests import AuthedHtmxRequest


@require_safe
def list_groups(request: AuthedHtmxRequest) -> HttpResponse:
    """List all groups."""
    groups = NamedGroup.objects.visible_to(request.user).defer("members").select_related("owner")
    return render(request, "builder/groups/list_groups.html", {"groups": groups})


@require_http_methods(["GET", "HEAD", "POST"])
def new_group(request: AuthedHtmxRequest) -> HttpResponse:
    """Create a group."""
    return _edit(request, NamedGroup())


@require_http_methods(["GET", "HEAD", "POST"])
def edit_group(request: AuthedHtmxRequest, pk: int) -> HttpResponse:
    """Edit a group; show it to users who may not change it."""
    group = visible_or_404(NamedGroup.objects.all(), request.user, pk=pk)
    if request.method != "POST" and not has_perm(request.user, "change", group):
        return render(request, "builder/groups/show_group.html", {"group": group})
    _require_change_permission(request, group)
    return _edit(request, group)


@require_http_methods(["GET", "HEAD", "POST"])
def delete_group(request: AuthedHtmxRequest, pk: int) -> HttpResponse:
    """Ask for confirmation; a post deletes the group."""
    group = visible_or_404(NamedGroup.objects.all(), request.user, pk=pk)
    _require_change_permission(request, group)
    if request.method != "POST":
        return render(request, "builder/groups/delete_group.html", {"group": group})
    group.delete()
    messages.success(request, f"Deleted group {group.name}.")
    return redirect("builder:list-groups")


def _require_change_permission(request: AuthedHtmxRequest, group: NamedGroup) -> None:
    if not has_perm(request.user, "change", group):
        owner = f"its owner {group.owner.get_username()} and " if group.owner else ""
        raise PermissionDenied(f"Only {owner}staff can change or delete this group.")


def _edit(request: AuthedHtmxRequest, group: NamedGroup) -> HttpResponse:
    """Show the form; after a post, save the group or clean up its members in the form."""
    if request.method != "POST":
        return _render(request, NamedGroupForm(group=group))
    cleans_up = request.POST.get("op") == "tidy"
    form = NamedGroupForm(request.POST, request.FILES, group=group, zeros=cleans_up)
    if cleans_up:
        form.is_valid()
        form.clean_up()
        return _render(request, form, status=422 if form.errors else 200)
    if not form.is_valid() or not form.save(request.user):
        return _render(request, form, status=422)
    saved = f"Saved {form.group}: {form.group.size_label}."
    messages.success(request, " ".join([saved, *form.notices]))
    return redirect("builder:list-groups")


def _render(request: AuthedHtmxRequest, form: NamedGroupForm, *, status: int = 200) -> HttpResponse:
    return render(request, "builder/groups/edit_group.html", {"form": form}, status=status)
