"""The site's URLs and three test pages: one crashes, one denies access, one has a form."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.urls import path

from distui import urls


def crash(request):
    """Raise an unexpected error."""
    raise RuntimeError("planned error")


def deny(request):
    """Deny access."""
    raise PermissionDenied("Only the owner can do this.")


def return_form(request):
    """Return the posted fields as JSON."""
    return JsonResponse({name: request.POST.getlist(name) for name in request.POST})


handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500

urlpatterns = [
    *urls.urlpatterns,
    path("crash/", crash),
    path("deny/", deny),
    path("form/", return_form, name="form"),
]
