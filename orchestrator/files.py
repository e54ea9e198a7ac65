"""Opening files in a directory that may be hostile.

No links are followed, nothing but plain files is touched, reads are bounded, and every failure names the file.
"""

import os
import stat
from pathlib import Path

from functions.errors import BadInput, Cause, InquestError


class StorageError(InquestError, OSError):
    """A file of ours cannot be read or written: disk full, permission, vanished. The message names file and reason.

    An `OSError` too: that is what an engine expects of a query log that cannot be written.
    """

    cause = Cause.INFRASTRUCTURE

    @classmethod
    def of(cls, action: str, path: Path, error: OSError) -> "StorageError":
        """`action` is what could not be done: "read", "write"."""
        return cls(f"Cannot {action} {path}: {error.strerror}. Mend that and give the command again.")


def open_plain(path: Path, flags: int) -> int:
    """A descriptor of a plain file. Raises `OSError`, and `BadInput` for links, pipes and devices."""
    descriptor = os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, 0o644)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise BadInput(f"{path} is not a plain file.")
    return descriptor


def read_capped(path: Path, cap: int) -> bytes:
    """The bytes of a plain file of at most `cap` bytes. Raises `BadInput`, `StorageError`."""
    try:
        with os.fdopen(open_plain(path, os.O_RDONLY), "rb") as file:
            content = file.read(cap + 1)
    except FileNotFoundError as error:
        raise BadInput(f"{path} does not exist.") from error
    except OSError as error:
        raise StorageError.of("read", path, error) from error
    if len(content) > cap:
        raise BadInput(f"{path} is larger than {cap} bytes, the most that is read.")
    return content


def write_durably(path: Path, content: bytes) -> None:
    """Write a file through to the disk, in place of what it held. Raises `BadInput`, `StorageError`."""
    try:
        with os.fdopen(open_plain(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise StorageError.of("write", path, error) from error


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all, also through a power cut. Raises as `write_durably`."""
    temporary = path.with_name(f".{path.name}.tmp")
    write_durably(temporary, content)
    try:
        os.replace(temporary, path)
    except OSError as error:
        raise StorageError.of("write", path, error) from error
