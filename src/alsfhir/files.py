"""Files in and out, by the names that people give: a path, or ``-`` for standard input."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from alsfhir.errors import InputError, UnreadableInput, UnwritableOutput

T = TypeVar("T")
LARGEST_MEGABYTES = 200


def each(paths: Iterable[str], read: Callable[[str, bytes], T]) -> tuple[list[T], list[InputError]]:
    """What each file gives, and the errors of those that give nothing. A file costs only itself."""
    results: list[T] = []
    errors: list[InputError] = []
    for path in paths:
        try:
            results.append(read("standard input" if path == "-" else path, content(path)))
        except InputError as error:
            errors.append(error)
    return results, errors


def content(path: str) -> bytes:
    """The bytes of a file, or of standard input for ``-``. Raises UnreadableInput."""
    if not path or (path == "-" and sys.stdin is None):
        raise UnreadableInput(path or "''", "is closed" if path else "names no file")
    try:
        if path == "-":
            read = sys.stdin.buffer.read(LARGEST_MEGABYTES * 1_000_000 + 1)
        elif Path(path).is_dir():
            raise UnreadableInput(path, f"is a folder; name the files in it, as in {path.rstrip('/')}/*.json")
        else:
            with Path(path).open("rb") as stream:
                read = stream.read(LARGEST_MEGABYTES * 1_000_000 + 1)
    except FileNotFoundError:
        raise UnreadableInput(path, "there is no such file") from None
    except (OSError, ValueError) as error:
        raise UnreadableInput(path, f"cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if len(read) > LARGEST_MEGABYTES * 1_000_000:
        raise UnreadableInput(path, f"is larger than {LARGEST_MEGABYTES} MB, too large for one document or record")
    return read


def looks_like_path(name: str) -> bool:
    """Whether a name can only be meant as a file's: one is there, or it has a folder or an ending."""
    return Path(name).exists() or bool(set("/\\.") & set(name))


def save(directory: Path, name: str, written: bytes) -> Path:
    """The path of the file just written into the folder, which is made if need be. Raises UnwritableOutput."""
    path = directory / name
    try:
        directory.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written)
    except (FileExistsError, NotADirectoryError):
        raise UnwritableOutput(str(path), f"{directory} is no folder, and -o takes one") from None
    except OSError as error:
        raise UnwritableOutput(str(path), error.strerror or "unknown reason") from None
    return path
