"""URLs of the sign-in pages, the health checks, the accessibility statement and the favicon."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.templatetags.static import static
from django.urls import path
from django.utils.functional import lazy
from django.views.generic import RedirectView, TemplateView

from distui.web import health, metrics
from distui.web.authentication import password_reset, passwords, sessions, sign_in
from distui.web.authentication.openid_connect import views as openid_connect

# Pages link the icon; browsers request /favicon.ico for responses that are not HTML.
favicon = RedirectView.as_view(url=lazy(static, str)("distui.svg"))

urlpatterns = [
    path("accounts/login/", sign_in.SignInView.as_view(), name="login"),
    path("accounts/oidc/", openid_connect.start, name="start-openid-connect"),
    path("accounts/oidc/callback/", openid_connect.finish, name="finish-openid-connect"),
    path("accounts/password/", passwords.ChangePasswordView.as_view(), name="change-password"),
    path(
        "accounts/reset/", password_reset.RequestResetView.as_view(), name="request-password-reset"
    ),
    path(
        "accounts/reset/<uidb64>/<token>/",
        password_reset.SetNewPasswordView.as_view(),
        name="set-new-password",
    ),
    path("accounts/session/", sessions.extend_session, name="extend-session"),
    path("accounts/logout/", login_not_required(LogoutView.as_view()), name="logout"),
    path(
        "accessibility/",
        login_not_required(TemplateView.as_view(template_name="web/accessibility.html")),
        name="accessibility",
    ),
    path("favicon.ico", login_not_required(favicon), name="favicon"),
    # HealthMiddleware answers these.
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
]
