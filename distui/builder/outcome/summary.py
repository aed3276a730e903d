"""What will exist afterwards, in a sentence and in short labels."""

from __future__ import annotations

from distui.core.forecast import LaunchPermission, Totals
from distui.core.text.pluralize import pluralize


def sentence(totals: Totals) -> str:
    """All of it: what one build makes, what comes with it, what is public."""
    if not totals.regions:
        return "Nothing will exist yet: no Region has an output."
    said = f"A build makes {_made(totals)} in {pluralize(totals.regions, 'Region')}."
    if found := change_labels(totals):
        said += f" Along with the AMIs: {_listed(found)}."
    if totals.public:
        said += f" {pluralize(totals.public, 'AMI is', 'AMIs are')} public."
    return said


def _made(totals: Totals) -> str:
    amis, images = pluralize(totals.amis, "AMI"), pluralize(totals.images, "container image")
    if totals.copies:
        others = pluralize(totals.accounts - 1, "other account")
        kind = "a copy" if totals.copies == 1 else "copies"
        amis += f" ({totals.copies:,} of them {kind} in {others})"
    if totals.amis and totals.images:  # a pipeline has a recipe for the one or for the other
        return f"either {amis} or {images},"
    return amis if totals.amis else images


def change_labels(totals: Totals) -> list[str]:
    """What comes with the AMIs, a label each."""
    templates = pluralize(totals.templates, "launch template version")
    if totals.defaults:
        verb = "becomes" if totals.defaults == 1 else "become"
        templates += f" ({totals.defaults:,} {verb} the default)"
    labels = {
        templates: totals.templates,
        pluralize(totals.parameters, "SSM parameter"): totals.parameters,
        f"fast launch of {pluralize(totals.fast_launch, 'AMI')}": totals.fast_launch,
        pluralize(totals.licenses, "license"): totals.licenses,
        pluralize(totals.exports, "VM export"): totals.exports,
    }
    return [label for label, number in labels.items() if number]


def sharing_label(launchers: LaunchPermission) -> str:
    """Who may launch, in a few words; empty where the owner alone may."""
    if launchers.public:
        return "public"
    groups = (
        (launchers.accounts, "account"),
        (launchers.organizations, "organization"),
        (launchers.units, "organizational unit"),
    )
    found = [pluralize(len(names), word) for names, word in groups if names]
    return f"shared with {_listed(found)}" if found else ""


def _listed(items: list[str]) -> str:
    *most, last = items
    return f"{', '.join(most)} and {last}" if most else last
