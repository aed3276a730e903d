"""AMI names, and the tokens in them that Image Builder replaces."""

from __future__ import annotations

import re

TOKEN = re.compile(r"\{\{ *([A-Za-z0-9_.:-]+) *\}\}", re.ASCII)
BUILD_DATE = re.compile(r"\{\{ *imagebuilder:buildDate *\}\}")
KNOWN_TOKENS = ("imagebuilder:buildDate", "imagebuilder:buildVersion")
API_MAXIMUM, EC2_MAXIMUM = 127, 128
_EXAMPLE_DATE = "2022-10-26T22-30-05.912619Z"
_BUILD_DATE = "{{ imagebuilder:buildDate }}"
# Any spelling of a known token: another case, other separators, a single brace.
_SPELLING = re.compile(
    r"\{{1,2}[^{}]{0,40}?build[ _.-]?(date|version)\s{0,9}\}{1,2}", re.ASCII | re.IGNORECASE
)
_WHOLE_TOKEN = re.compile(r"(\{\{ *[A-Za-z0-9_.:-]+ *\}\})", re.ASCII)
_NOT_IN_AMI_NAMES = re.compile(r"[^-_A-Za-z0-9 .]+", re.ASCII)


def with_build_date(name: str, config_name: str = "") -> str:
    """Return the AMI name with the build date token, shortened if it is too long.

    Misspelled tokens are corrected; if the build date is none of them, it is appended. If the name
    is empty, the configuration's name is the prefix, with hyphens for characters that AMI names
    can't have.
    """
    fixed = _with_known_tokens(name)
    if not BUILD_DATE.search(fixed):
        usable = _NOT_IN_AMI_NAMES.sub("-", config_name).replace(".", "-").strip("- ")
        prefix = (fixed or usable or "image")[: API_MAXIMUM - len(_BUILD_DATE) - 1]
        fixed = prefix + ("" if prefix.endswith(("-", "_", ".", " ")) else "-") + _BUILD_DATE
    return _shortened(fixed)


def repaired_name(name: str) -> str:
    """Return the most similar valid AMI name: a hyphen replaces what AMI names can't have."""
    parts = _WHOLE_TOKEN.split(_with_known_tokens(name))
    parts[::2] = [_NOT_IN_AMI_NAMES.sub("-", text) for text in parts[::2]]
    return with_build_date("".join(parts).strip(" ."))


def resolved_length(name: str) -> int:
    """Return the length of the name that a build gives."""
    return len(BUILD_DATE.sub(_EXAMPLE_DATE, name))


def _with_known_tokens(name: str) -> str:
    return _SPELLING.sub(_known_token, name)


def _known_token(found: re.Match[str]) -> str:
    token = TOKEN.fullmatch(found[0])
    if token and token[1] in KNOWN_TOKENS:
        return found[0]
    return f"{{{{ imagebuilder:build{found[1].capitalize()} }}}}"


def _shortened(name: str) -> str:
    """Cut the longest text between the tokens until the name fits, if that is possible."""
    excess = max(len(name) - API_MAXIMUM, resolved_length(name) - EC2_MAXIMUM)
    parts = _WHOLE_TOKEN.split(name)
    longest = max(range(0, len(parts), 2), key=lambda index: len(parts[index]))
    if excess <= 0 or len(parts[longest]) < excess:
        return name
    parts[longest] = parts[longest][: len(parts[longest]) - excess]
    return "".join(parts).strip(" .")
