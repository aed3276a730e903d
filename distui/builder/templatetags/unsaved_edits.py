"""What was typed in a draft and is not saved, for the editor's page."""

from __future__ import annotations

from django import template

from distui.builder.versions.versions import waiting_versions

register = template.Library()
register.simple_tag(waiting_versions, name="waiting_of")
