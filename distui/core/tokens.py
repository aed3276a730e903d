"""The tokens, ``{{ imagebuilder:buildDate }}``, that Image Builder replaces in names."""

from __future__ import annotations

import re

TOKEN = re.compile(r"\{\{ *([A-Za-z0-9_.:-]+) *\}\}", re.ASCII)
BUILD_DATE = re.compile(r"\{\{ *imagebuilder:buildDate *\}\}")
