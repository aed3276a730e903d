"""The site's URLs. Their paths are a public interface."""

from __future__ import annotations

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from distui.builder import urls as builder
from distui.builder.views import show_rules
from distui.submissions.views import home
from distui.targets.views import show_sandbox
from distui.web.authentication.sign_in import sign_in_to_admin

# One namespace for two paths.
builder_pages: list[URLPattern | URLResolver] = [
    path("drafts/", include(builder.urlpatterns)),
    path("rules/", show_rules, name="show-rules"),
    path("groups/", include("distui.builder.groups.urls")),
]

urlpatterns = [
    path("", home, name="home"),
    path("", include("distui.submissions.urls")),
    path("", include((builder_pages, builder.app_name))),
    path("sandbox/", show_sandbox, name="show-sandbox"),
    path("", include("distui.people.urls")),
    path("", include("distui.web.urls")),
    path("admin/login/", sign_in_to_admin),
    path("admin/", admin.site.urls),
]

handler400 = "distui.web.errors.bad_request"
handler403 = "distui.web.errors.permission_denied"
handler404 = "distui.web.errors.not_found"
handler500 = "distui.web.errors.server_error"
