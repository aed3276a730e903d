"""Require sign-in on all pages, and keep forms that are posted after the session has ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails
from structlog.contextvars import bind_contextvars

from distui.web.authentication.recent import must_sign_in_again, sign_in_again
from distui.web.authentication.sessions import renew_if_active, send_session_end
from distui.web.authentication.sign_in import sign_in_page
from distui.web.resubmit import posted_fields


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Django's middleware that also keeps posted forms, and renews the sessions of active users."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: Any,
        view_kwargs: Any,
    ) -> HttpResponseBase | None:
        """Skip public views, for which Django's middleware would still load the session."""
        if not getattr(view_func, "login_required", True):
            return None
        rejected = super().process_view(request, view_func, view_args, view_kwargs)
        if rejected is None:
            bind_contextvars(person=request.user.get_username())
            if must_sign_in_again(request, view_func):
                return sign_in_again(request)
            request.renewed_seconds = renew_if_active(request)  # type: ignore[attr-defined]
        return rejected

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Send the new end of a renewed session to the page that stays open."""
        seconds = getattr(request, "renewed_seconds", None)
        if seconds is not None and "HX-Request" in request.headers:
            send_session_end(response, seconds)
        return response

    def handle_no_permission(  # type: ignore[override]  # Django declares only its own redirect
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        """Redirect to the sign-in page; for a posted form, show it with the form's fields.

        A background request only reports that the session has ended, so the page stays as it is.
        """
        if "X-Background" in request.headers:
            response: HttpResponseBase = HttpResponse(status=403)
            send_session_end(response, 0)
            return response
        fields = posted_fields(request) if request.method == "POST" else None
        if fields is not None:
            return sign_in_page(request, request.get_full_path(), fields, status=403)
        if htmx := HtmxDetails(request):
            query = urlencode({"next": htmx.current_url_abs_path or ""})
            return HttpResponseClientRedirect(f"{reverse('login')}?{query}")
        redirect: HttpResponseBase = super().handle_no_permission(request, view_func)
        return redirect
