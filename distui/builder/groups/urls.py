"""URLs of named groups, below /groups/."""

from __future__ import annotations

from django.urls import path

from distui.builder.groups import views as views

urlpatterns = [
    path("", views.list_groups, name="list-groups"),
    path("new/", views.new_group, name="new-group"),
    path("<int:pk>/", views.edit_group, name="edit-group"),
    path("<int:pk>/delete/", views.delete_group, name="delete-group"),
]
