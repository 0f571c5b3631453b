"""Whatever went wrong with an input → the reason that is given for it."""

import gzip
import zlib
from typing import Final

from tone.reading.articles import UnreadableError, printable

_MAX_DETAIL: Final = 200


def explain(error: Exception) -> str:
    """The reason that an input could not be read, or not to its end."""
    match error:
        case UnreadableError():
            reason = str(error)
        case FileNotFoundError():
            reason = "no such file or folder"
        case PermissionError():
            reason = "unreadable: permission denied"
        case EOFError():
            reason = "truncated gzip"
        case gzip.BadGzipFile() | zlib.error():
            reason = f"broken gzip: {error}"
        case UnicodeDecodeError():
            reason = f"broken {error.encoding}: at byte {error.start}"
        case OSError():
            reason = f"unreadable: {error.strerror or error}"
        case _:
            reason = f"unforeseen error: {type(error).__name__}: {error}"
    return printable(reason[:_MAX_DETAIL])
