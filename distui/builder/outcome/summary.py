"""The outcome of a build, in one sentence and as short labels."""

from __future__ import annotations

from distui.core.forecast import LaunchPermission, Totals
from distui.core.text.pluralize import pluralize


def sentence(totals: Totals) -> str:
    """Return a sentence about everything that one build creates, and what of it is public."""
    if not totals.regions:
        return "Nothing is distributed yet. Add AMI or container settings to a Region."
    images = f"{_images(totals)} in {pluralize(totals.regions, 'Region')}"
    text = f"Each build creates {_joined([images, *change_labels(totals)])}."
    if totals.public:
        text += f" {pluralize(totals.public, 'AMI is', 'AMIs are')} public."
    return text


def _images(totals: Totals) -> str:
    amis, images = pluralize(totals.amis, "AMI"), pluralize(totals.images, "container image")
    if totals.copies:
        others = pluralize(totals.accounts - 1, "other account")
        verb = "is a copy" if totals.copies == 1 else "are copies"
        amis += f" ({totals.copies:,} {verb} in {others})"
    if totals.amis and totals.images:  # the pipeline's recipe is for the one or for the other
        return f"either {amis} or {images}"
    return amis if totals.amis else images


def change_labels(totals: Totals) -> list[str]:
    """Return a label for each kind of thing that comes with the AMIs."""
    labels = {
        _templates(totals): totals.templates,
        pluralize(totals.parameters, "SSM parameter"): totals.parameters,
        f"EC2 Fast Launch for {pluralize(totals.fast_launch, 'AMI')}": totals.fast_launch,
        pluralize(totals.licenses, "license configuration"): totals.licenses,
        pluralize(totals.exports, "VM export"): totals.exports,
    }
    return [label for label, number in labels.items() if number]


def _templates(totals: Totals) -> str:
    text = pluralize(totals.templates, "launch template version")
    if not totals.defaults:
        return text
    if totals.defaults < totals.templates:
        return f"{text} ({totals.defaults:,} set as default)"
    all_of_them = {1: "", 2: "both "}.get(totals.defaults, "all ")
    return f"{text} ({all_of_them}set as default)"


def sharing_label(permission: LaunchPermission) -> str:
    """Return a few words on who else can launch the AMI; ``""`` if only its owner can."""
    if permission.public:
        return "public"
    groups = (
        (permission.accounts, "account"),
        (permission.organizations, "organization"),
        (permission.units, "organizational unit"),
    )
    found = [pluralize(len(names), word) for names, word in groups if names]
    return f"shared with {_joined(found)}" if found else ""


def _joined(items: list[str]) -> str:
    *most, last = items
    return f"{', '.join(most)} and {last}" if most else last
