"""Text to paragraphs and sentences, as spans into it.

The rules for sentences are our own, after five libraries were measured (``tests/benchmarks/segmenters.md``): on real
news none comes as close, and the quickest leaves a quotation of several sentences in one piece. What the nearest gets
wrong - which full stop belongs to an abbreviation, which side a quotation mark falls on, a space left out - is decided
at each mark that may end a sentence, so that a layer over a library would do the whole work again.

It is one pass over those marks. Each looks at a bounded stretch of text around it, so that the time is linear.
Invisible characters (zero-width spaces, marks of direction, soft hyphens) count as white space throughout.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple

from tone.records import Span
from tone.segmenting_data import (
    AFTER_LATE,
    AFTER_TIME,
    BEFORE_NAME,
    BEFORE_NUMBER,
    BRANDS,
    CUES,
    EITHER,
    HONORIFICS,
    LATE,
    LETTERED,
    STARTERS,
    STATES,
    SUFFIXES,
)

_SPACE: Final = r"\s\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_BLANK: Final = frozenset(char for char in map(chr, range(0x10000)) if re.match(f"[{_SPACE}]", char))
_OPENING: Final = "“‘„‚«‹「『"
_QUOTE: Final = frozenset(_OPENING + "\"'”’»›」』")
_QUOTES: Final = re.escape("".join(sorted(_QUOTE)))
_MARKS: Final = frozenset(".!?…")
_FULLWIDTH: Final = frozenset("。！？｡")
_EMOJI: Final = r"\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55\ufe0f\u200d\u20e3"

# A mark; what closes right after it; what trails: footnote numbers, emoji, omissions ("[…]"), marks set apart.
_STOP: Final = re.compile(
    rf"""
    (?P<mark> \.(?:[ \u00a0]\.)++ | [.!?…‽‼⁇⁈⁉。！？｡]++ )
    (?P<close> [.!?…。！？{_QUOTES})\]}}）】]*+ )
    (?: [{_SPACE}]?\[\d{{1,3}}\]
      | [⁰¹²³⁴-⁹]++
      | [ \u00a0]?[{_EMOJI}]++
      | [{_SPACE}][\[(](?:…|\.\.\.+|\.[ ]\.[ ]\.)[\])]
      | [{_SPACE}](?:…|\.\.\.+)(?=[{_SPACE}]|\Z)
      | [{_SPACE}][”’»›](?=[{_SPACE}]|\Z)
    )*+
    (?P<gap> [{_SPACE}]*+ )
    """,
    re.VERBOSE,
)
_LEAD: Final = re.compile(
    rf"(?:[{_QUOTES}\[{{（¿¡$£€¥…._]|[(•▪◦‣●*][{_SPACE}]?|[@#](?=\w{{1,40}}[ ][a-z]{{1,20}}[ ])){{0,8}}+"
)
_APART: Final = re.compile(f'"[{_SPACE}]')  # a closing mark, or one that opens nothing
_SPACES: Final = re.compile(f"[{_SPACE}]*+")
_LETTER: Final = re.compile(r"[^\W_]")
_WORD: Final = re.compile(r"[^\W\d_]{1,30}+(?:['’]t\b)?")
_ACRONYM: Final = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_DOTTED: Final = re.compile(r"\w+[.(]\w")
_CLOCK: Final = re.compile(
    r"(?:Shortly |Just )?(?:[Aa]t|[Bb]y|[Aa]fter|[Bb]efore|About|Around|Until|Since)\b[^,.]{0,20}"
)
_CAMEL: Final = re.compile(r"[a-z]{1,2}[A-Z][a-z]")
_OPENED: Final = re.compile(rf"[“\"]|(?<=[{_SPACE}])[‘']")
_NAMED_CUE: Final = re.compile(
    rf"(?!(?:{'|'.join(sorted(STARTERS - HONORIFICS))})\b)(?:[A-Z][\w’'.-]{{0,30}}+[{_SPACE}]+){{1,4}}"
    rf"(?:(?:\w{{1,12}}ly|then|also|later)[{_SPACE}]+)?(?:{'|'.join(sorted(CUES))})\b"
)
_BULLET: Final = re.compile(r"[•▪◦‣●*]\s|#{1,6}\s|[>|]")
_ITEM: Final = re.compile(r"[+–—-]{1,3}\s|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]\s")
_ENDED: Final = re.compile(rf"[.!?…:。！？][{_QUOTES})\]]*\Z")

_NARROWEST: Final = 40  # characters: shorter lines are a list or a poem, never wrapped prose
_QUOTE_REACH: Final = 3000  # characters: how far back the mark that opened a quotation is looked for
_QUOTE_MARKS: Final = 8  # how many of them at most
_REACH: Final = 300  # characters: how far a bracket, an address or an opening mark is looked for
_LONGEST: Final = 24  # characters: the longest token looked at


def split(text: str, start: int = 0) -> list[Span]:
    """The sentences of ``text`` from ``start`` on, in reading order.

    The spans hold every visible character from ``start`` on exactly once, and neither begin nor end with white space.
    A paragraph's end ends a sentence. ``"Why now?" Hale asked.`` and ``"Go." he said.`` are one sentence; a quotation
    that ends with a full stop before a capital (``"Go." Hale left.``) is a sentence of its own.
    """
    return [sentence for block in paragraphs(text, start) for sentence in _sentences(text, block)]


def paragraphs(text: str, start: int = 0) -> list[Span]:
    """The paragraphs of ``text`` from ``start`` on, in reading order, without the white space around them.

    A blank line ends one. A single line break does too, unless the text is hard-wrapped: then it ends one only after a
    line that had room for the next line's first word, before a list item, and before a line that is further indented.
    """
    lines: list[Span | None] = []  # None: a blank line
    at = start
    for row in text[start:].splitlines(keepends=True):
        lines.append(_trim(text, at, at + len(row)))
        at += len(row)
    width = _wrap_width(text, lines)
    blocks: list[Span] = []
    above: Span | None = None
    for line in lines:
        if line and above and width and _runs_on(text, above, line, width):
            blocks[-1] = Span(blocks[-1].start, line.end)
        elif line:
            blocks.append(line)
        above = line
    return blocks


def _trim(text: str, start: int, end: int) -> Span | None:
    """The stretch without the white space around it; None where nothing is left."""
    while start < end and text[start] in _BLANK:
        start += 1
    while end > start and text[end - 1] in _BLANK:
        end -= 1
    return Span(start, end) if start < end else None


def _wrap_width(text: str, lines: list[Span | None]) -> float:
    """The usual length of a wrapped line, in characters; 0 where line breaks are not wrapping.

    Wrapping breaks lines inside sentences, so that many begin in lower case, as paragraphs and headings hardly ever do.
    Where few of them do, all but a few lines must be too full for the next line's first word.
    """
    joints = [(above, line) for above, line in pairwise(lines) if above is not None and line is not None]
    running = sum(_continues(text, above, line) for above, line in joints)
    if not running:
        return 0
    widest = max(max(above.end - above.start, line.end - line.start) for above, line in joints)
    full = sum(_is_full(text, above, line, widest) for above, line in joints)
    if running < 0.3 * len(joints) and full < 0.8 * len(joints):
        return 0
    width = median(above.end - above.start for above, _ in joints)
    return width if width >= _NARROWEST else 0


def _is_full(text: str, above: Span, line: Span, width: float) -> bool:
    """Whether a line has no room for the first word of the next, in a text so wide."""
    word = text[line.start : min(line.end, line.start + _NARROWEST)].split(maxsplit=1)[0]
    return above.end - above.start + 1 + len(word) > width


def _continues(text: str, above: Span, line: Span) -> bool:
    """Whether a line begins in lower case after one that does not end a sentence."""
    return text[line.start].islower() and not _ended(text, above)


def _runs_on(text: str, above: Span, line: Span, width: float) -> bool:
    """Whether a line of a hard-wrapped text continues the paragraph of the line above it."""
    if _BULLET.match(text, line.start, line.end):
        return False
    full = _is_full(text, above, line, width)
    if _ITEM.match(text, line.start, line.end):  # a dash or a number begins wrapped lines too
        return full and not _ended(text, above)
    hangs = _BULLET.match(text, above.start) or _ITEM.match(text, above.start)
    if _indent(text, line) > _indent(text, above) and not hangs:
        return False
    return full or _continues(text, above, line)


def _indent(text: str, line: Span) -> int:
    """How many spaces and tabs a line begins with."""
    before = text[max(0, line.start - _NARROWEST) : line.start]
    return len(before) - len(before.rstrip(" \t\u00a0"))


def _ended(text: str, line: Span) -> bool:
    """Whether a line ends with the end of a sentence."""
    return _ENDED.search(text, max(line.start, line.end - 8), line.end) is not None


class _Gap(NamedTuple):
    """A place where a sentence may end."""

    text: str
    begin: int  # where the sentence so far begins
    core: int  # its first letter or digit
    at: int  # where the mark begins
    mark: str  # ".", "?!", "…" …
    close: str  # the quotation marks and brackets right after it
    end: int  # where the sentence would end
    following: int  # where the next one would begin
    head: int  # the next one's first letter or digit
    limit: int  # where the paragraph ends

    @property
    def lead(self) -> str:
        """What stands before the next sentence's first letter or digit."""
        return self.text[self.following : self.head]

    @property
    def word(self) -> str:
        """The next sentence's first word."""
        match = _WORD.match(self.text, self.head, self.limit)
        return match.group().replace("’", "'") if match else ""

    @property
    def token_start(self) -> int:
        """Where the word, number or acronym begins that the mark follows directly."""
        start, least = self.at, max(self.begin, self.at - _LONGEST)
        while start > least and (self.text[start - 1].isalnum() or self.text[start - 1] in ".'’&/"):
            start -= 1
        while start < self.at and not self.text[start].isalnum():
            start += 1
        return start

    @property
    def token(self) -> str:
        """That word, number or acronym; empty where there is none."""
        return self.text[self.token_start : self.at]

    @property
    def quoted(self) -> bool:
        """Whether a quotation mark closes after the mark."""
        return not _QUOTE.isdisjoint(self.close)

    @property
    def opens(self) -> bool:
        """Whether the next word opens a sentence rather than continues a name ("A. Hale", "All-Star")."""
        word = self.word
        after = self.text[self.head + len(word) : self.head + len(word) + 1]
        return word in STARTERS and after != "-" and not (len(word) == 1 and after == ".")


def _sentences(text: str, block: Span) -> Iterator[Span]:
    """The sentences of one paragraph."""
    begin, limit = block.start, block.end
    first = _LETTER.search(text, begin, limit)
    core = first.start() if first else limit
    for stop in _STOP.finditer(text, begin, limit):
        end, following = stop.span("gap")
        close = stop["close"]
        if stop.start() <= core or following == limit:
            continue
        if end == following == stop.end("close"):  # no space: the last quotation mark may open what follows
            end = following = end - _opening(text, block, stop)
            close = text[stop.end("mark") : end]
        elif _APART.match(text, following, limit) and _quoting(text, block, stop.start()):
            end, close = following + 1, close + '"'
            following = _past(_SPACES, text, end, limit)
        head = _past(_LEAD, text, following, limit)
        if head == limit or not text[head].isalnum():
            continue
        gap = _Gap(text, begin, core, stop.start(), stop["mark"], close, end, following, head, limit)
        if _ends(gap):
            yield Span(begin, end)
            begin, core = following, head
    yield Span(begin, limit)


def _past(pattern: re.Pattern[str], text: str, start: int, limit: int) -> int:
    """Where ``pattern`` ends when it is matched at ``start``; ``start`` itself where it does not match."""
    match = pattern.match(text, start, limit)
    return match.end() if match else start


def _opening(text: str, block: Span, stop: re.Match[str]) -> int:
    """How many of the quotation marks between a mark and the word right after them open a quotation."""
    close = stop["close"]
    if close.endswith('"'):
        return int(close.endswith('""') or not _quoting(text, block, stop.start()))
    return len(close) - len(close.rstrip(_OPENING))


def _quoting(text: str, block: Span, at: int) -> bool:
    """Whether a quotation in straight double marks is open at ``at``, by the spaces around the marks before it."""
    inside = True
    for _ in range(_QUOTE_MARKS):
        last = text.rfind('"', max(block.start, at - _QUOTE_REACH), at)
        if last < 0 or text[last + 1] in _BLANK:
            return not inside
        if last == block.start or text[last - 1] in _BLANK or text[last - 1] in "([\"'—–-":
            return inside
        inside, at = not inside, last  # no space on either side: the one before it decides
    return inside


def _ends(gap: _Gap) -> bool:
    """Whether a sentence ends here."""
    first, mark = gap.text[gap.head], gap.mark
    if mark[-1] in _FULLWIDTH:
        return True
    if first.islower():  # "iPhone" and "@rowan" may begin a sentence too
        capital = "@" in gap.lead or _CAMEL.match(gap.text, gap.head)
        return bool(capital) and gap.end < gap.following and not _abbreviates(gap)
    if gap.end == gap.following and not _lacks_space(gap):
        return False
    if not _MARKS.isdisjoint(gap.close):  # "(by the U.N.)!": a second mark ends whatever the first one did
        return True
    if _in_bracket(gap):
        return False
    if mark == ".":
        return not _abbreviates(gap)
    if gap.token + mark in BRANDS and not gap.quoted:
        return gap.opens
    if gap.quoted and _NAMED_CUE.match(gap.text, gap.following, gap.limit) and _quote_leads(gap):
        return False
    hesitates = mark[-1] in ".…" and gap.word == _last_word(gap)  # "I … I do not know"
    return not hesitates


def _lacks_space(gap: _Gap) -> bool:
    """Whether a sentence begins right after the mark ("the deal.The minister"): it is no address, file name or code."""
    text, at, word = gap.text, gap.at, gap.word
    opened = gap.following < gap.head
    if text[gap.head].isdigit():
        return False
    if not (text[at - 1].isalnum() or text[at - 1] in "%)]”\"’'") or (opened and not _QUOTE.issuperset(gap.lead)):
        return False
    left = text[max(gap.begin, at - _REACH) : at].rsplit(maxsplit=1)[-1]
    right = text[gap.head : min(gap.limit, gap.head + _REACH)].split(maxsplit=1)[0]
    if any(sign in left or sign in right for sign in ("://", "www.", "@", "/", "\\", "_", "=")):
        return False
    if opened or gap.close:
        return True
    capitalised = text[gap.head + 1 : gap.head + 2].islower() or (word in ("A", "I") and right[1:2] in ("", "'", "’"))
    if not capitalised or _DOTTED.match(right):
        return False
    return gap.mark != "." or (word.lower() not in SUFFIXES and len(gap.token) != 1)


def _in_bracket(gap: _Gap) -> bool:
    """Whether the mark stands in a bracket that opened within the sentence and closes soon: "(Why? Nobody knows)"."""
    text, at = gap.text, gap.at
    least, most = max(gap.core, at - _REACH), min(gap.limit, at + _REACH)
    opened = max(text.rfind("(", least, at), text.rfind("[", least, at))
    if opened <= max(text.rfind(")", least, at), text.rfind("]", least, at)):
        return False
    if ")" in gap.close or "]" in gap.close:
        return not gap.opens
    return text.find(")" if text[opened] == "(" else "]", at, most) >= 0


def _quote_leads(gap: _Gap) -> bool:
    """Whether the quotation that closes here opened the sentence, or one before it."""
    if gap.at - gap.begin > _REACH:
        return False
    return gap.text[gap.begin] in _QUOTE or not _OPENED.search(gap.text, gap.begin, gap.at)


def _last_word(gap: _Gap) -> str:
    """The word before an ellipsis, also where a space stands between them."""
    words = gap.text[max(gap.core, gap.at - _LONGEST) : gap.at].split()
    return words[-1] if words else ""


def _abbreviates(gap: _Gap) -> bool:
    """Whether the full stop belongs to an abbreviation, an initial or a list number, and ends no sentence."""
    token, word = gap.token, gap.word
    number, bracket = gap.text[gap.head].isdigit(), "(" in gap.lead or "[" in gap.lead
    if token.isdecimal() or (len(token) == 1 and gap.token_start == gap.core):
        return gap.token_start == gap.core and len(token) < 4  # "1. The plan", "A. The minister"
    if len(token) > 1 and token.isalpha() and _in_capitals(gap):
        token = token.capitalize()  # a heading: "GEN. HALE"
    if token in BEFORE_NAME or (token in BEFORE_NUMBER and (number or "#" in gap.lead)):
        return True
    if len(token) == 1:
        return _is_initial(gap, token)
    address = gap.text.endswith((", ", ",\n", ", R-", ", D-"), gap.begin, gap.token_start)  # "in Newark, N.J."
    late = token in LATE or (token in STATES and address)
    if token.lower() in ("a.m", "p.m"):
        led = _CLOCK.fullmatch(gap.text, gap.core, gap.token_start)  # "By 5 p.m. Rowan had left"
        return bracket or (not gap.quoted and (word in AFTER_TIME or led is not None))
    if not (late or token in EITHER or _ACRONYM.fullmatch(token)):
        return False
    if gap.quoted or gap.opens:
        return False
    if number or bracket:
        return True
    if not _QUOTE.isdisjoint(gap.lead):
        return not late and token not in EITHER and token not in STATES
    return word in AFTER_LATE if late else True


def _in_capitals(gap: _Gap) -> bool:
    """Whether the sentence so far and what follows is in capitals."""
    so_far = gap.text[max(gap.core, gap.at - _REACH) : gap.at]
    return so_far.isupper() and not gap.text[gap.head + 1 : gap.head + 2].islower()


def _is_initial(gap: _Gap, letter: str) -> bool:
    """Whether a single letter with a full stop begins or continues a name: "J. Rowan", "George W. Hale"."""
    if not letter.isupper() or gap.quoted or gap.opens:
        return False
    if letter == "I":  # "so do I. Hale": an initial only before another one
        return gap.text.startswith(".", gap.head + 1)
    before = gap.text[max(gap.begin, gap.at - _LONGEST) : gap.at - 1].split()
    return not before or before[-1].lower() not in LETTERED
