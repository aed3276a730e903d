"""The document, its schema and its rules: pure Python, no Django, no boto, no I/O."""

from distui.core.findings import Finding, Severity
from distui.core.rules.check import check
from distui.core.rules.rule import Context

__all__ = ["Context", "Finding", "Severity", "check"]
