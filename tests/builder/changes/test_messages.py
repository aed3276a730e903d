"""Messages about an edit that was done."""

from __future__ import annotations

import pytest

from distui.builder.changes.edits import Edit
from distui.builder.changes.messages import edit_message, fix_message
from tests.builder.changes.test_edits import DOCUMENT


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("include:/distributions/0/amiDistributionConfiguration", "AMI added."),
        ("exclude:/distributions/1/amiDistributionConfiguration", "AMI removed."),
        ("add:/tags", "Tag added."),
        ("add:/distributions", "Region added."),
        ("remove:/tags/1", "Tag removed."),
        ("remove:/distributions/0", "eu-west-1 removed."),
        ("duplicate:/distributions/0", "eu-west-1 duplicated as number 3."),
        (
            "remove:/distributions/0/launchTemplateConfigurations/0",
            "Launch template removed.",
        ),
        (
            "move-down:/distributions/0/launchTemplateConfigurations/0",
            "Launch template 1 moved to position 2 of 2.",
        ),
    ],
)
def test_a_message_says_what_was_done(text, message):
    edit = Edit.parse(text)
    _, focus = edit.apply(DOCUMENT)
    assert edit_message(edit, DOCUMENT, focus) == message


def test_a_message_names_what_was_corrected():
    assert fix_message("/distributions/1/amiDistributionConfiguration/kmsKeyId") == (
        "KMS key corrected."
    )
