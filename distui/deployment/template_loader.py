"""The site's templates without their indentation, which made the editor's page larger."""

from __future__ import annotations

import re

from django.template import Origin
from django.template.loaders.filesystem import Loader as FileSystemLoader

# Of lines that begin with an element, a tag or a variable; attributes keep a space before them.
_INDENTATION = re.compile(r"\n[ \t]+(?=[<{])")


class Loader(FileSystemLoader):
    """Loads templates from ``DIRS``; HTML needs line breaks, but not the spaces after them."""

    def get_contents(self, origin: Origin) -> str:
        """Return the template's source; raises ``TemplateDoesNotExist``."""
        source: str = super().get_contents(origin)
        return _INDENTATION.sub("\n", source) if origin.name.endswith(".html") else source
