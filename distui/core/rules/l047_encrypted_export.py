"""L047: an encrypted image may not be exportable."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.pointers import value_at
from distui.core.rules.rule import Context, Json, Problem, rule


@rule(
    "L047",
    Severity.WARNING,
    "VM export of an encrypted AMI",
    scope="distribution",
    why="VM Export can't export an image with encrypted snapshots.",
    evidence="VM Import/Export user guide, Considerations for VM export.",
)
def encrypted_export(distribution: Json, context: Context) -> Iterator[Problem]:
    """Report an S3 export together with ``kmsKeyId``."""
    key = value_at(distribution, "/amiDistributionConfiguration/kmsKeyId")
    if key and "s3ExportConfiguration" in distribution:
        yield Problem(
            "/s3ExportConfiguration",
            "The export may fail: this Region's AMI is encrypted with a KMS key.",
        )
