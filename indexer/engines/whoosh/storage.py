"""Files on disk, made durable: nothing is renamed into view before its bytes are on the disk."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile

from indexer.errors import IndexDamaged

#: Linux fetches no more of a file at one request than its device reads ahead, which is 128 KB by default.
FETCHED_AT_ONCE = 1 << 17


class DurableStorage(FileStorage):  # type: ignore[misc]
    """Whoosh's file storage, with an fsync before each rename and of the folder after it.

    Whoosh itself renames its table of contents without an fsync: after a power cut the newest generation
    could be an empty file.  And it leaves a table of contents open that it cannot read: here it gets the bytes alone.
    """

    def open_file(self, name: str, **options: Any) -> Any:
        """Open a file of this folder."""
        if not name.endswith(".toc"):
            return super().open_file(name, **options)
        return StructFile(BytesIO((Path(self.folder) / name).read_bytes()), name=name, **options)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Rename a file of this folder, its bytes first."""
        sync_file(Path(self.folder) / oldname)
        super().rename_file(oldname, newname, safe=safe)
        sync_file(Path(self.folder))


def sync_file(path: Path) -> None:
    """Wait until a file, or the entries of a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def require_own(folder: Path) -> None:
    """Refuse a folder that somebody else may have written: opening an index unpickles what lies there.

    Raises: IndexDamaged.
    """
    state: Any = folder.stat()
    if state.st_uid not in (os.getuid(), 0) or state.st_mode & 0o002:
        raise IndexDamaged(
            f"{folder}: belongs to another user or can be written by everybody, and an index from there could run "
            f"foreign code; make it yours with: chown -R $USER {folder} && chmod o-w {folder}"
        )
