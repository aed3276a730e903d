"""Drafts, below /drafts/."""

from __future__ import annotations

from django.urls import path

from distui.builder import selection_views as selection
from distui.builder import sharing_views as sharing
from distui.builder import target_views as targets
from distui.builder import views as drafts
from distui.builder.copying import arrange
from distui.builder.copying import views as copying
from distui.builder.editor import views as editor
from distui.builder.formats import views as formats
from distui.builder.importing import views as importing
from distui.builder.outcome import views as outcome
from distui.builder.versions import views as versions

app_name = "builder"
urlpatterns = [
    path("new/", drafts.new_draft, name="new-draft"),
    path("import/", importing.import_draft, name="import-draft"),
    path("selected/", selection.change_selected, name="change-selected"),
    path("<int:pk>/", editor.edit_draft, name="edit-draft"),
    path("<int:pk>/duplicate/", selection.duplicate_draft, name="duplicate-draft"),
    path("<int:pk>/target/", targets.choose_target, name="choose-target"),
    path("<int:pk>/share/", sharing.share_draft, name="share-draft"),
    path("<int:pk>/delete/", drafts.delete_draft, name="delete-draft"),
    path("<int:pk>/dismissed/", drafts.dismiss_findings, name="dismiss-findings"),
    path("<int:pk>/copy/", copying.copy_to_regions, name="copy-to-regions"),
    path("<int:pk>/regions/", arrange.arrange_regions, name="arrange-regions"),
    path("<int:pk>/versions/", versions.show_versions, name="show-versions"),
    path("<int:pk>/preview/<int:index>/", editor.show_region, name="show-region"),
    path("<int:pk>/outcome/", outcome.show_outcome, name="show-outcome"),
    path("<int:pk>/formats/<str:name>/", formats.show_format, name="show-format"),
    path("<int:pk>.json", drafts.draft_json, name="draft-json"),
]
