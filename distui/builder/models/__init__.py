"""Drafts, their undo steps and open pages, and named groups."""

from distui.builder.groups.models import NamedGroup as NamedGroup
from distui.builder.models.draft import Draft as Draft
from distui.builder.models.draft import StaleRevision as StaleRevision
from distui.builder.models.draft import new_token as new_token
from distui.builder.models.edit_session import EditSession as EditSession
from distui.builder.models.revision import Revision as Revision
