"""Files that only the user who runs the site can read: the data directory and the secret key."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

_OTHER_USERS = stat.S_IRWXG | stat.S_IRWXO
# Django warns about shorter keys than 50 characters; 32 still allow 128 bits as hexadecimal digits.
MIN_SECRET_LENGTH = 32


def create_private_directory(path: Path) -> None:
    """Create the directory with mode 0700, and let this process create private files only.

    Raise ImproperlyConfigured if the directory can't be created or written to.
    """
    os.umask(_OTHER_USERS)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"The data directory {path} can't be created: {error.strerror}. Set DISTUI_VAR to"
            " another directory."
        ) from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise ImproperlyConfigured(
            f"The data directory {path} is not writable. Set DISTUI_VAR to another directory."
        )


def shared_paths(directory: Path) -> list[Path]:
    """Return the directory and the files in it that other users can read or write."""
    if not _is_shared(directory):
        return []
    return [directory, *sorted(path for path in directory.iterdir() if _is_shared(path))]


def read_text(path: Path) -> str:
    """Return the file's text, or an empty string if it does not exist.

    Raise ImproperlyConfigured if it can't be read.
    """
    try:
        return path.read_text().strip() if path.exists() else ""
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not text"
        raise ImproperlyConfigured(f"{path} can't be read: {reason}.") from error


def stored_secret(path: Path) -> str:
    """Return the secret in the file; create the file first if it is missing.

    Raise ImproperlyConfigured if it can't be read or written, is short, or other users can read it.
    """
    if not path.exists():
        _create_secret(path)
    secret = read_text(path)
    if _is_shared(path):
        raise ImproperlyConfigured(
            f"Other users can read the secret key in {path}. Delete the file to create a new key"
            f" (everyone has to sign in again), or run: chmod 600 {path}"
        )
    check_secret(secret, str(path))
    return secret


def check_secret(secret: str, source: str) -> None:
    """Raise ImproperlyConfigured if the secret is too short to be safe."""
    if len(secret) < MIN_SECRET_LENGTH:
        raise ImproperlyConfigured(
            f"The secret key in {source} has {len(secret)} characters; at least"
            f" {MIN_SECRET_LENGTH} are required."
        )


def _create_secret(path: Path) -> None:
    # Written first and linked when complete: another process never reads half a key. Unlike a
    # rename, a link does not replace the key that another process has just created.
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    try:
        descriptor = os.open(partial, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(partial)
    except FileExistsError:
        return
    except OSError as error:
        raise ImproperlyConfigured(f"{path} can't be created: {error.strerror}.") from error
    finally:
        partial.unlink(missing_ok=True)


def _is_shared(path: Path) -> bool:
    return bool(path.stat().st_mode & _OTHER_USERS)
