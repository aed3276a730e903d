"""Help at a control: AWS's description of the member, the resolved AMI name, fix buttons."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from distui.builder.changes.fixes import fix_label, label_for_all
from distui.builder.finding_groups import LocatedFinding, MessageFindings
from distui.core import Finding, Severity
from distui.core.numbers import parse_number
from distui.core.pointers import tokens
from distui.core.reference.ami_names import resolve_tokens
from distui.core.reference.ami_tokens import BUILD_DATE
from distui.core.rule_settings.house_rules import HOUSE_RULES
from distui.core.rules.entries import rule_entries
from distui.core.schema import shapes

_HOUSE_RULES = {kind.id for kind in HOUSE_RULES.values()}

register = template.Library()

_SAMPLE_DATE = datetime(2026, 11, 24, 20, 30, 5, 912619, UTC)
_NOT_IN_IDS = re.compile(r"[^\w-]+", re.ASCII)
_NOT_DISMISSED = {"L108", "L109"}  # about a post and a button: they go by themselves
_BACKTICKS = re.compile(r"`([^`]+)`")
_HAVE_BUTTON = {"L006"}  # the control of the AMI name always has a button for its fix


@register.simple_tag
def model_doc(member: shapes.Member, pointer: str = "") -> SafeString:
    """Render a disclosure with the service model's description of the member.

    For the control at a pointer in a Region, a button to set it in other Regions comes first.
    """
    in_region = pointer.count("/") > 2 and not pointer.endswith("/region")
    return _model_doc(member.name, member.prose, _set_button(pointer) if in_region else "")


@lru_cache(maxsize=1024)
def _model_doc(name: str, prose: str, button: str) -> SafeString:
    """Render it once: a Region's form has some sixty of them, and they never change."""
    return format_html(
        '{}<details class="model-doc"><summary title="Help from the AWS SDK model, botocore {}"'
        ' aria-label="From the API reference: {}"></summary>{}</details>',
        button,
        shapes.botocore_version(),
        name,
        prose,
    )


def _set_button(pointer: str) -> SafeString:
    return format_html(
        '<button class="btn btn-sm btn-link" name="op" value="apply:{}"'
        ' data-action="apply" data-pointer="{}" title="Set in other Regions…"'
        ' aria-label="Set in other Regions… {}">Set in other Regions…</button>',
        pointer,
        pointer,
        _place_inside_region(pointer),
    )


@register.simple_tag
def resolved_name(name: str | None) -> str:
    """Return the AMI name with its tokens resolved for a sample date; ``""`` without tokens."""
    resolved = resolve_tokens(name or "", _SAMPLE_DATE)
    return "" if resolved == (name or "") else resolved


@register.filter
def has_build_date(name: str | None) -> bool:
    """Return True if the AMI name has the build date."""
    return bool(BUILD_DATE.search(name or ""))


@register.filter
def code_spans(text: str) -> SafeString:
    """Return the text with what is between backticks as code."""
    return mark_safe(_BACKTICKS.sub(r"<code>\1</code>", escape(text)))  # noqa: S308 (escaped)


@register.simple_tag
@lru_cache(maxsize=256)
def rule_link(rule: str) -> SafeString | str:
    """Render a link to why the rule exists; "" for findings without a rule, such as AWS's."""
    if rule not in rule_entries() and rule not in _HOUSE_RULES:
        return ""
    url = f"{reverse('builder:show-rules')}#{rule}"
    return format_html(
        '<a class="rule-link" href="{}" aria-label="{}: why">{}</a>', url, rule, rule
    )


@register.simple_tag
def finding_item(severity: str, found: MessageFindings) -> SafeString:
    """Render a message as the editor lists it: with links to its places, and its fix for all."""
    buttons = fix_all_buttons(found) if found.count > 1 else ""
    key = (severity, found.field_label, found.message, found.places, found.more, buttons)
    return _finding_item(*key)


@lru_cache(maxsize=2048)
def _finding_item(
    severity: str,
    field: str,
    message: str,
    locations: tuple[LocatedFinding, ...],
    more: int,
    buttons: str,
) -> SafeString:
    """Render it once: most items are the same after a change."""
    context = {
        "severity": severity,
        "field": field,
        "message": message,
        "locations": locations,
        "more": more,
        "buttons": buttons,
    }
    return render_to_string("builder/editor/findings/_finding_item.html", context)


@register.simple_tag
def fix_buttons(finding: Finding, *, at_control: bool = False) -> SafeString:
    """Render a button for each of the finding's fixes, unless its control has the button."""
    fixes = () if at_control and finding.rule in _HAVE_BUTTON else finding.fixes
    buttons = (_fix_button(finding, index, fix_label(fix)) for index, fix in enumerate(fixes))
    return format_html_join("", "{}", ((button,) for button in buttons))


@register.simple_tag
def fix_all_buttons(found: MessageFindings) -> SafeString:
    """Render a button for each fix that all findings with the message have."""
    first = found.findings[0]
    labels = ((index, label_for_all(found.findings, index)) for index in range(len(first.fixes)))
    buttons = (
        _fix_button(first, index, f"{label} in all {found.count} places", verb="fix-all")
        for index, label in labels
        if label
    )
    return format_html_join("", "{}", ((button,) for button in buttons))


@register.simple_tag
def dismiss_button(finding: Finding) -> SafeString | str:
    """Render the button that leads to the page that dismisses the finding; "" for an error."""
    if finding.severity is Severity.ERROR or finding.rule in _NOT_DISMISSED:
        return ""
    return format_html(
        '<button class="btn btn-sm btn-link" name="op" value="dismiss:{}:{}" data-action="dismiss"'
        ' data-pointer="{}" aria-label="Dismiss {}: {}">Dismiss</button>',
        finding.rule,
        finding.pointer,
        finding.pointer,
        finding.rule,
        _place_inside_region(finding.pointer),
    )


def _fix_button(finding: Finding, index: int, label: str, verb: str = "fix") -> SafeString:
    rule = f"{finding.rule}.{index}" if index else finding.rule
    return format_html(
        '<button class="btn btn-sm btn-secondary" id="{}-{}{}" name="op" value="{}:{}:{}"'
        ' data-action="{}" data-pointer="{}" aria-label="{}: {}">{}</button>',
        verb,
        rule.replace(".", "-"),
        _NOT_IN_IDS.sub("-", finding.pointer),  # with an id, it keeps the focus when replaced
        verb,
        rule,
        finding.pointer,
        verb,
        finding.pointer,
        label,
        _place_inside_region(finding.pointer),
        label,
    )


def _place_inside_region(pointer: str) -> str:
    """Return the pointer's tokens inside its Region, counted from one: ``userIds 3``."""
    inside = tokens(pointer)[2:] if pointer.startswith("/distributions/") else tokens(pointer)
    indexes = [parse_number(token, max_digits=5) for token in inside]
    return " ".join(
        token if index is None else str(index + 1)
        for token, index in zip(inside, indexes, strict=True)
    )
