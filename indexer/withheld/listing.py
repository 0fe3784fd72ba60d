"""What stands in the list of withheld names, and who else could read it?

A text file in UTF-8, one name a line; ``#`` begins a line of explanation.  ``person:ID`` names a record of the
authority files, where several persons bear one name.  Beside it lies its key, made at the first use: what an index
keeps of the list is hashed with it, because a plain hash of a name can be guessed.

No message names what stands in the list, only its lines.
"""

from __future__ import annotations

import os
import re
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import RefusedError, SettingError
from indexer.fold import is_han
from indexer.withheld.finding import letters_of

#: The environment variable that names the list; no setting of config.toml does, because that file is handed on.
VARIABLE = "HRSEARCH_WITHHELD"

KEY_BYTES = 32
_BY_ID = "person:"
#: Signs that part names or belong to another format of files.
_NO_NAME = re.compile(r"""[;；、|=:：/\\\[\]{}()（）<>"“”#@]""")


@dataclass(frozen=True, slots=True)
class Listed:
    """The names of a list, the ids of authority records in it, and its key."""

    names: tuple[str, ...]
    ids: tuple[str, ...]
    key: bytes


def read_list(file: Path) -> Listed:
    """Read a list and its key, which is made where there is none.

    Raises: SettingError for a file that is not there, not readable or has a line that is no name; RefusedError where
    others can read it.
    """
    try:
        text = _read_own(file).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingError(f"{file}: the list of {VARIABLE} is not in UTF-8; save it so") from error
    names: list[str] = []
    ids: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if line.startswith(_BY_ID):
            ids.append(line.removeprefix(_BY_ID).strip())
        elif line and not line.startswith("#"):
            if fault := _fault(line):
                raise SettingError(f"{file}, line {number}: {fault}")
            names.append(line)
    return Listed(tuple(names), tuple(ids), _key_beside(file))


def _fault(line: str) -> str | None:
    """Return what keeps a line from being one name: what was meant for two would be found nowhere."""
    letters = letters_of(line)
    han = sum(map(is_han, letters))
    if len(letters) < (2 if han else 3):
        return "so short a name would take other words away; write the full name"
    if _NO_NAME.search(line) or (han > 1 and len(letters) - han > 1):
        return "one name a line, without signs around it; write the characters and the Latin letters on two lines"
    return None


def _read_own(file: Path) -> bytes:
    """Return the bytes of a file that belongs to this user and that nobody else can read.

    What is opened is what is looked at: a file cannot be changed for another in between.
    """
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        raise SettingError(
            f"{file}: the list of {VARIABLE} cannot be opened ({error.strerror}); nothing is done without it"
        ) from error
    with open(descriptor, "rb") as stream:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise SettingError(f"{file}: {VARIABLE} must name a file")
        if status.st_uid != os.getuid():
            raise RefusedError(f"{file}: belongs to another user; take a copy of your own, that you alone can read")
        if status.st_mode & 0o077:
            raise RefusedError(f"{file}: can be read by others; make it yours alone with: chmod 600 {file}")
        return stream.read()


def _key_beside(file: Path) -> bytes:
    path = file.with_name(f"{file.name}.key")
    if not path.exists():
        _make_key(path)
    key = _read_own(path)
    if len(key) != KEY_BYTES:
        raise SettingError(f"{path}: is no key of {KEY_BYTES} bytes; remove it, and a new one is made")
    return key


def _make_key(path: Path) -> None:
    """Write a random key, whole or not at all; where another process was quicker, its key stays."""
    own = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        descriptor = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with open(descriptor, "wb") as stream:
            stream.write(secrets.token_bytes(KEY_BYTES))
        try:
            os.link(own, path)
        except FileExistsError:
            pass
        finally:
            own.unlink()
    except OSError as error:
        raise SettingError(
            f"{path}: the key of the list cannot be made here ({error.strerror}); let its folder be written to once"
        ) from error
