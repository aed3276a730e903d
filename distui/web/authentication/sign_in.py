"""The sign-in page, which passes on a form that the session's end has interrupted."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from distui.core.text.pluralize import pluralize
from distui.web.authentication.limits import seconds_to_wait
from distui.web.authentication.sessions import start_session
from distui.web.htmx import retarget
from distui.web.resubmit import Fields, pending_fields, resend_page


class SignInForm(AuthenticationForm):
    """Django's sign-in form with the site's styles; wrong passwords slow it down."""

    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": "Incorrect username or password.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"
        # After an error, the error summary gets the focus.
        self.fields["username"].widget.attrs["autofocus"] = not (self.is_bound or settings.OIDC)

    def clean(self) -> dict[str, Any]:
        """Verify the password, unless the client has to wait: not even its hash is computed."""
        username = self.cleaned_data.get("username")
        wait = seconds_to_wait(self.request, username) if self.request and username else 0
        if wait:
            raise ValidationError(
                f"Too many failed attempts. Wait {pluralize(wait, 'second')}, then try again."
            )
        return super().clean()


class SignInView(LoginView):
    """The sign-in page; it passes on the fields of a form that the session's end interrupted."""

    authentication_form = SignInForm

    @property
    def redirect_authenticated_user(self) -> bool:  # type: ignore[override]
        """Redirect users who are signed in, unless they sign in again."""
        return self.request.method != "POST"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Verify the password, unless local accounts are off."""
        if not settings.LOCAL_ACCOUNTS:
            raise PermissionDenied("Password sign-in is disabled. Use the sign-in page.")
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the interrupted form's fields to the context."""
        fields = pending_fields(self.request.POST)
        return super().get_context_data(**page_context(fields), **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Redirect to the next page, or show the interrupted form's fields to send again."""
        response = super().form_valid(form)
        start_session(self.request)
        fields = pending_fields(self.request.POST)
        if not fields:
            return response
        return resend_page(
            self.request,
            self.get_success_url(),
            fields,
            title="You are signed in again",
            text="Your form was not saved yet. Your input is kept below.",
            status=200,
        )


def page_context(fields: Fields) -> dict[str, Any]:
    """Return the part of the page's context that its views share."""
    return {
        "pending_fields": fields,
        "interrupted": bool(fields),
        "oidc": settings.OIDC,
        "local_accounts": settings.LOCAL_ACCOUNTS,
        "can_reset": bool(settings.EMAIL),
    }


def sign_in_page(
    request: HttpRequest, path: str, fields: Fields, *, status: int, **context: Any
) -> HttpResponse:
    """Return the sign-in page with the interrupted form's fields, which go to ``path``."""
    form = SignInForm(request, initial={"username": request.user.get_username()})
    context |= {"form": form, "next": path, **page_context(fields)}
    response = render(request, "registration/login.html", context, status=status)
    return retarget(request, response, "#main", "#main")


def locked_out(
    request: HttpRequest, original_response: HttpResponse, credentials: Any
) -> HttpResponse:
    """Return the sign-in page that says how long sign-in is locked; axes calls it."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    path, fields = request.POST.get("next", ""), pending_fields(request.POST)
    return sign_in_page(request, path, fields, status=429, locked_minutes=minutes)


@login_not_required
def sign_in_to_admin(request: HttpRequest) -> HttpResponse:
    """Redirect to the sign-in page; reject signed-in users, who came here without permission."""
    if request.user.is_authenticated:
        raise PermissionDenied("Only staff can open the admin.")
    response: HttpResponse = redirect_to_login(request.GET.get("next") or reverse("admin:index"))
    return response
