"""Paths → the files to read, each with the id of what it holds."""

import io
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from tone.reading.articles import printable
from tone.reading.limits import Limits
from tone.reading.streams import open_packed, open_plain
from tone.records import Skipped


@dataclass(frozen=True, slots=True)
class File:
    """A file. ``id`` is its path relative to the input, less its ``ending`` (lower case, as ".txt", ".jsonl.gz")."""

    path: Path
    id: str
    ending: str

    @property
    def name(self) -> str:
        """How results name the file."""
        return printable(str(self.path))

    def open(self, limits: Limits) -> io.BufferedReader:
        """The file's bytes, unpacked, as `streams.open_plain` or `streams.open_packed` give them.

        Raises:
            OSError: it cannot be opened.
        """
        packed = self.ending.endswith(".gz")
        return open_packed(self.path, limits.unpacked_bytes) if packed else open_plain(self.path)


def walk(top: Path) -> Iterator[File | Skipped]:
    """The file ``top``, or those in the folder ``top`` and its subfolders, by name; hidden ones are left out.

    Of a folder, no more than the names in it and in those above it are in memory.
    """
    seen: set[tuple[int, int]] = set()  # folders, by device and inode: a link may lead back into one
    waiting = [iter((top,))]  # what is left of the folder that is being walked, and of those above it
    empty = True
    while waiting:
        path = next(waiting[-1], None)
        if path is None:
            waiting.pop()
            continue
        found: File | Skipped | None
        try:
            status = path.stat()
            if stat.S_ISREG(status.st_mode):
                found = _file(top, path)
            elif not stat.S_ISDIR(status.st_mode):
                found = _skipped(path, "not a regular file")  # a pipe would wait for ever
            elif (folder := (status.st_dev, status.st_ino)) in seen:
                found = _skipped(path, "folder already read: a link leads there")
            else:
                seen.add(folder)
                names = sorted(entry.name for entry in path.iterdir() if not entry.name.startswith("."))
                waiting.append(map(path.joinpath, names))
                continue
        except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: no path has a NUL in it
            found = _skipped(path, "no such file or folder")
        except PermissionError:
            found = _skipped(path, "unreadable: permission denied")
        except OSError as error:
            found = _skipped(path, f"unreadable: {error.strerror}")
        empty = False
        yield found
    if empty:
        yield _skipped(top, "no files in the folder")


def _file(top: Path, path: Path) -> File:
    ending = _ending(path)
    relative = (path.relative_to(top) if path != top else PurePath(path.name)).as_posix()
    return File(path, printable(relative[: len(relative) - len(ending)]), ending.lower())


def _ending(path: PurePath) -> str:
    """The last suffix, or the last two where the last is .gz, as they are written."""
    return path.with_suffix("").suffix + path.suffix if path.suffix.lower() == ".gz" else path.suffix


def _skipped(path: Path, reason: str) -> Skipped:
    return Skipped(printable(str(path)), None, reason)
