"""L047: whether an encrypted image can be exported."""

from __future__ import annotations

from collections.abc import Iterator

from distui.core.findings import Severity
from distui.core.rules.rule import Context, Json, Problem, rule


@rule(
    "L047",
    Severity.WARNING,
    "A VM export of an encrypted AMI",
    scope="distribution",
    why="VM Export cannot export an image with encrypted snapshots.",
    evidence="VM Import/Export user guide, Considerations for VM export.",
)
def export_with_key(distribution: Json, context: Context) -> Iterator[Problem]:
    """An S3 export beside ``kmsKeyId``."""
    key = distribution.get("amiDistributionConfiguration", {}).get("kmsKeyId")
    if key and "s3ExportConfiguration" in distribution:
        yield Problem(
            "/s3ExportConfiguration",
            "This Region's AMI is encrypted with a KMS key, and an encrypted image may not export.",
        )
