"""The document, its schema and its rules: pure Python without Django, boto or I/O."""

from distui.core.findings import Finding, Severity
from distui.core.rules.check import check
from distui.core.rules.rule import Context

__all__ = ["Context", "Finding", "Severity", "check"]
