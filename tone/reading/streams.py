"""Files → streams of bytes, unpacked as they are read and no further than a limit."""

import gzip
import io
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from tone.reading.articles import UnreadableError, over_long

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_BUFFER: Final = 1 << 17


class Readable(Protocol):
    """What gives bytes: at most ``size`` at a time, none at its end."""

    def read(self, size: int = ..., /) -> bytes:
        """The next bytes."""
        ...


def open_plain(path: Path) -> io.BufferedReader:
    """The bytes of a file. Raises OSError."""
    return path.open("rb")


def open_packed(path: Path, max_bytes: int) -> io.BufferedReader:
    """The bytes that a gzip file unpacks to.

    Reading raises UnreadableError past ``max_bytes``, and EOFError, zlib.error or gzip.BadGzipFile where the packing is
    broken. Whoever reads with ``read1``, or from ``raw``, has been given all the bytes before by then.

    Raises:
        OSError: the file cannot be opened.
    """
    return io.BufferedReader(_Unpacked(gzip.open(path), path, max_bytes), _BUFFER)


def contents(stream: Readable, max_bytes: int, what: str) -> bytes:
    """All bytes of ``stream``, which holds ``what``.

    Raises:
        UnreadableError: there are more than ``max_bytes``.
        OSError, EOFError: the stream cannot be read.
    """
    data = up_to(stream, max_bytes + 1)
    if len(data) > max_bytes:
        raise over_long(what, max_bytes, "bytes")
    return data


def up_to(stream: Readable, max_bytes: int) -> bytes:
    """The next bytes of ``stream``, no more than ``max_bytes``. Raises what reading it raises."""
    pieces = []
    left = max_bytes
    while left and (piece := stream.read(min(left, _BUFFER))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


class _Unpacked(io.RawIOBase):
    def __init__(self, packed: gzip.GzipFile, path: Path, max_bytes: int) -> None:
        self._packed, self._path, self._max_bytes = packed, path, max_bytes

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer)
        left = self._max_bytes - self._packed.tell()
        data = self._packed.read1(min(left, len(view)) or 1)  # what comes before an error is given before it is raised
        if data and not left:
            raise UnreadableError(f"unpacks to too much: more than {self._max_bytes:,} bytes, the rest is not read")
        view[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if offset or whence != io.SEEK_SET:
            return self._packed.seek(offset, whence)
        self._packed.close()
        self._packed = gzip.GzipFile(self._path)  # its own way back forgets a break in the first bytes
        return 0

    def tell(self) -> int:
        return self._packed.tell()

    def close(self) -> None:
        if not self.closed:
            self._packed.close()
        super().close()
