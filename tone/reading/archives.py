"""Web archives (WARC), by FastWARC: the pages among their records, one after the other."""

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from tone.reading.articles import Row, UnreadableError, over_long
from tone.reading.limits import Limits
from tone.reading.pages import page_fields
from tone.reading.reasons import explain
from tone.reading.streams import contents, up_to
from tone.reading.walking import File

if TYPE_CHECKING:
    from email.message import Message

    from fastwarc.warc import WarcRecord, WarcRecordPayloadReader

_PAGES: Final = ("text/html", "application/xhtml+xml")
_STATUS: Final = re.compile(rb"HTTP/\d\S* +(\d{3})\b")
_MAX_HEAD: Final = 1 << 20  # bytes of an HTTP response before its body
_DECODED: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")  # how a page begins that is not packed any more


@dataclass(frozen=True, slots=True)
class Response:
    """An archived web page as it was sent, or the reason why there is none."""

    id: str | None
    url: str | None
    headers: "Message"
    body: bytes | UnreadableError


def warc_rows(file: File, limits: Limits) -> Iterator[Row]:
    """The web pages of a WARC file, numbered from 1. The id of each is that of its record, or else the URL.

    Other records, and responses that are not "200 OK" or hold something else than HTML, are no rows.

    Raises:
        UnreadableError, OSError, EOFError: the file cannot be read, or not further.
    """
    for number, response in enumerate(responses(file, limits), start=1):
        try:
            page = _page(response, limits)
            charset = response.headers.get_content_charset()
            fields = page_fields(page, limits, charset=charset, url=response.url)
        except Exception as error:  # the last resort: no parser's failure may end the archive
            yield number, UnreadableError(explain(error), response.id)
        else:
            yield number, {**fields, "id": response.id}


def responses(file: File, limits: Limits) -> Iterator[Response]:
    """The web pages of a WARC file before anything is made of them. Raises as `warc_rows`."""
    from fastwarc.warc import ArchiveIterator

    with file.open(limits) as stream:
        try:
            # From `raw`, which gives all that comes before a break in the packing.
            for record in ArchiveIterator(cast(BinaryIO, stream.raw), parse_http=False):
                if record.headers.get("Content-Length") is None:
                    raise UnreadableError("broken WARC: a record without its length")
                length = record.content_length
                if (response := _response(record, limits)) is not None:
                    yield response
                elif record.reader.tell() + record.consume() < length:
                    raise UnreadableError("truncated WARC")
        except OSError as error:
            if type(error) is OSError and error.errno is None:  # FastWARC's own
                raise UnreadableError(f"broken WARC: {error}") from error
            raise


def _response(record: "WarcRecord", limits: Limits) -> Response | None:
    from fastwarc.warc import response

    if record.record_type != response or not record.is_http:
        return None
    length = record.content_length
    headers = _head(record.reader)
    if headers is None or _media_type(headers, record) not in _PAGES:
        return None
    url = _bare(record.headers.get("WARC-Target-URI"))
    read = up_to(record.reader, limits.page_bytes + 1)
    body: bytes | UnreadableError = read
    if len(read) > limits.page_bytes:
        body = over_long("page", limits.page_bytes, "bytes")
    elif record.reader.tell() < length:
        body = UnreadableError("truncated WARC")
    elif cut := record.headers.get("WARC-Truncated"):
        body = UnreadableError(f"truncated response: {cut}")
    return Response(_bare(record.record_id) or url, url, headers, body)


def _head(reader: "WarcRecordPayloadReader") -> "Message | None":
    """The headers of an HTTP response "200 OK", None for another."""
    from email import message_from_string

    status = _STATUS.match(reader.readline(_MAX_HEAD))
    lines = []
    while (line := reader.readline(_MAX_HEAD)).strip() and reader.tell() < _MAX_HEAD:
        lines.append(line)
    return message_from_string(b"".join(lines).decode("latin-1")) if status and status[1] == b"200" else None


def _media_type(headers: "Message", record: "WarcRecord") -> str:
    if "Content-Type" in headers:
        return headers.get_content_type()
    return (record.headers.get("WARC-Identified-Payload-Type") or "").lower()


def _bare(name: str | None) -> str | None:
    return (name or "").strip().removeprefix("<").removesuffix(">") or None


def _page(response: Response, limits: Limits) -> bytes:
    """The page itself, unpacked. Raises UnreadableError."""
    from fastwarc.stream_io import BrotliReader, ChunkedReader, ZstdReader

    if isinstance(response.body, UnreadableError):
        raise response.body
    page = response.body
    packings = f"{response.headers.get('Content-Encoding', '')},{response.headers.get('Transfer-Encoding', '')}"
    for packing in reversed([name.strip().lower() for name in packings.split(",") if name.strip()]):
        if _DECODED.match(page):
            break  # some crawlers unpack a page and leave its headers as they were
        try:
            match packing:
                case "identity":
                    continue
                case "gzip" | "x-gzip" | "deflate":
                    page = _inflated(page, limits)
                case "chunked" | "br" | "zstd":
                    readers = {"chunked": ChunkedReader, "br": BrotliReader, "zstd": ZstdReader}
                    page = contents(readers[packing](io.BytesIO(page)), limits.page_bytes, "page")
                case _:
                    raise UnreadableError(f"undecodable response: unknown packing {packing}")
        except (OSError, zlib.error) as error:
            raise UnreadableError(f"undecodable response: {packing}, {error}") from error
    if not page.strip():
        raise UnreadableError("empty response")
    return page


def _inflated(page: bytes, limits: Limits) -> bytes:
    unpacking = zlib.decompressobj(zlib.MAX_WBITS | 32)  # gzip or zlib, by what it begins with
    page = unpacking.decompress(page, limits.page_bytes + 1)
    if len(page) > limits.page_bytes:
        raise over_long("page", limits.page_bytes, "bytes")
    if not unpacking.eof:
        raise UnreadableError("truncated response: its packing breaks off")
    return page
