"""Bytes → characters: which encoding, and when to refuse."""

import codecs
import gzip
import io
import re
import zlib
from typing import Final

from tone.reading.articles import UnreadableError

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES: Final = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"{\\rtf", b"PAR1")
_CONTROLS: Final = bytes({*range(32), 127} - set(b"\t\n\v\f\r\x1b"))
_CONTROL_SHARE: Final = 0.05

# The candidates for text that is not UTF-8. Detection tells scripts apart, but not the code pages of Latin letters, of
# which Windows-1252 is by far the likeliest in English news: it is taken wherever it does about as well as the best.
# cp1250 is never an answer. It is there because the library scores but one encoding of those that read the bytes alike,
# the first by name, and would otherwise look for Cyrillic languages in them.
_WESTERN: Final = "cp1252"
_STAND_IN: Final = "cp1250"
_ALPHABETS: Final = (_WESTERN, _STAND_IN, "cp1251", "cp1253", "cp1255", "cp1256", "koi8_r", "mac_roman")
_IDEOGRAPHIC: Final = ("big5", "cp932", "cp949", "euc_jp", "gb18030")
_MAX_CHAOS: Final = 0.05  # the share of odd runs of characters, 0 to 1
_NEAR_CHAOS: Final = 0.01
_NEAR_COHERENCE: Final = 0.1  # in the likeness of the letter counts to a language's, 0 to 1

_DECLARED: Final = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_DECLARABLE: Final = ("cp", "iso8859", "koi8", "mac", "big5", "gb", "euc", "shift_jis")  # not utf-7, rot13, hex …
_HEAD: Final = 1 << 20


def decode(data: bytes) -> str:
    """The characters of a whole file, less a byte order mark.

    Raises:
        UnreadableError: the bytes are no text, or in no encoding that can be told with confidence.
        UnicodeDecodeError: they break off or break the rules of the encoding that they are in.
    """
    return data.decode(_encoding(data))


def decode_html(data: bytes, charset: str | None = None) -> str:
    """As ``decode``, but with U+FFFD for a page's few broken bytes, and heeding the charset that is declared.

    ``charset`` is declared from outside, and goes before what the page itself declares.
    """
    declared = _known(charset) or _declared(data)
    if declared is not None and not _is_utf8(data) and not data.startswith(tuple(mark for mark, _ in _MARKS)):
        try:
            return data.decode(declared)
        except UnicodeDecodeError:  # not what it declares: see what it is
            declared = None
    return data.decode(_encoding(data), "replace")


def decoded(stream: io.BufferedReader, newline: str) -> io.TextIOWrapper:
    """A text stream over ``stream``, in the encoding of its first mebibyte; ``newline`` as for ``open``.

    A byte that breaks the encoding becomes a lone surrogate, so that it spoils only the row that it stands in.

    Raises:
        UnreadableError: as ``decode``.
    """
    head = _head(stream)
    stream.seek(0)
    if len(head) >= _HEAD:
        head = head[: head.rfind(b"\n") + 1] or head  # not half a character
    return io.TextIOWrapper(stream, encoding=_encoding(head), errors="surrogateescape", newline=newline)


def _head(stream: io.BufferedReader) -> bytes:
    head = b""
    while len(head) < _HEAD:
        try:
            chunk = stream.read1(1 << 16)
        except (EOFError, zlib.error, gzip.BadGzipFile, UnreadableError):
            break  # this is reported where it is read; what comes before is still good
        if not chunk:
            break
        head += chunk
    return head


def _encoding(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    sample = data[: 1 << 16]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if data.startswith(_SIGNATURES) or controls > _CONTROL_SHARE * len(sample):
        raise UnreadableError("binary file")
    return "utf-8" if _is_utf8(data) or _is_broken_utf8(data) else _detect(data)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_broken_utf8(data: bytes) -> bool:
    """Whether more characters beyond ASCII are sound UTF-8 than not: other encodings hardly ever look like it."""
    text = data.decode("utf-8", "replace")
    return 2 * text.count("\ufffd") < len(text) - len(text.encode("ascii", "ignore"))


def _detect(data: bytes) -> str:
    from charset_normalizer import from_bytes

    # The library looks at a few stretches of the text: see to it that they hold what there is to tell by.
    telling = b"".join(line for line in data.splitlines(keepends=True) if not line.isascii())
    found = from_bytes(telling, cp_isolation=[*_ALPHABETS, *_IDEOGRAPHIC], enable_fallback=False)
    western = next((match for match in found if _WESTERN in match.could_be_from_charset), None)
    best = next((match for match in found if match is western or match.encoding != _STAND_IN), None)
    if best is None:
        raise UnreadableError("unknown encoding")
    if (
        western is not None
        and western.chaos <= best.chaos + _NEAR_CHAOS
        and western.coherence >= best.coherence - _NEAR_COHERENCE
    ):
        best, encoding = western, _WESTERN
    else:
        encoding = best.encoding
    if best.chaos > _MAX_CHAOS or (best.coherence == 0 and encoding not in (_WESTERN, *_IDEOGRAPHIC)):
        raise UnreadableError(f"unknown encoding: perhaps {encoding}")
    return encoding


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:4096])
    return _known(found[1].decode("ascii", "replace")) if found else None


def _known(charset: str | None) -> str | None:
    """The codec of a declared charset, None where it is unknown or not one that a page can have."""
    try:
        name = codecs.lookup(charset or "").name
    except (LookupError, ValueError):
        return None
    if name in ("ascii", "iso8859-1"):
        return _WESTERN  # as every browser does
    return name if name.startswith(_DECLARABLE) else None
