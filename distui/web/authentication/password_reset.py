"""Setting a new password by a link in a mail, if a mail server is configured."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import PasswordResetForm, SetPasswordForm
from django.contrib.auth.views import PasswordResetConfirmView, PasswordResetView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator


def is_offered() -> bool:
    """Return True if users can reset their passwords."""
    return bool(settings.EMAIL) and settings.LOCAL_ACCOUNTS


class StyledForm:
    """Gives the fields the site's styles."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"


class ResetRequestForm(StyledForm, PasswordResetForm):
    """Django's form with the site's styles; it doesn't say if the address is known."""


class NewPasswordForm(StyledForm, SetPasswordForm):  # type: ignore[type-arg]
    """Django's form with the site's styles."""


class OfferedMixin:
    """Answers 404 if passwords can't be reset."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Return the response."""
        if not is_offered():
            raise Http404("Passwords can't be reset.")
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response


@method_decorator(login_not_required, name="dispatch")
class RequestResetView(OfferedMixin, PasswordResetView):
    """Ask for the address, and send the link."""

    form_class = ResetRequestForm
    template_name = "registration/request_reset.html"
    email_template_name = "registration/reset_mail.txt"
    subject_template_name = "registration/reset_subject.txt"
    success_url = reverse_lazy("login")

    def form_valid(self, form: Any) -> HttpResponse:
        """Say the same whether the address is known or not."""
        text = "If a user has this address, a link was sent to it. The link expires in one hour."
        messages.success(self.request, text)
        return super().form_valid(form)


@method_decorator(login_not_required, name="dispatch")
class SetNewPasswordView(OfferedMixin, PasswordResetConfirmView):
    """Set the new password; the user's sessions end."""

    form_class = NewPasswordForm
    template_name = "registration/set_password.html"
    success_url = reverse_lazy("login")

    def form_valid(self, form: Any) -> HttpResponse:
        """Save the password and say so on the sign-in page."""
        messages.success(self.request, "Password changed. Sign in with the new password.")
        return super().form_valid(form)
