"""Names in a text: where they stand, what title stands before them, whether they look like a person or a body."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from tone.records import Span
from tone.speakers import lexicon
from tone.speakers.names import fold, known_given

Form = Literal["person", "body", "place", "name"]

UPPER: Final = "".join(c for c in map(chr, range(0x41, 0x250)) if c.isupper())
_ABBREVIATED = (
    r"(?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Govs?|Gen|Lt|Col|Sgt|Capt|Maj|Adm|Prof|Rev|Hon|Pres|St|Supt|Det|Cmdr|Cpl|Fr|Jr|Sr)\."
)
_INITIALS = rf"[{UPPER}]\.(?:-?[{UPPER}]\.)*"
_CAPITAL = (
    rf"(?:(?:al|el|ul|ash|ad|an|ar)-|(?:[dD]|[lL]|O)['’]|[a-z]{{1,3}}(?=[{UPPER}][a-z]))?[{UPPER}]\w*"
    rf"(?:['’](?!s\b)\w+|-\w+|&[{UPPER}]\w*)*(?:\.(?:com|org|net)\b)?"
)
_TOKEN = rf"(?:{_ABBREVIATED}|{_INITIALS}|{_CAPITAL})"
_PARTICLES = "|".join(sorted(lexicon.PARTICLES, key=len, reverse=True))
_NICKNAME = rf"[“\"‘'(][{UPPER}]\w+[”\"’')][ ]"
_BETWEEN = rf"(?:(?<=s)['’])?[ \u00a0](?:(?:(?:{_PARTICLES})[ ]){{1,3}}|{_NICKNAME}|&[ ])?"
_RUN = re.compile(rf"(?<![\w@#/])(?<!\w[-'’]){_TOKEN}(?:{_BETWEEN}{_TOKEN})*(?:,[ ](?:Jr|Sr)\.)?")
_UPPER = re.compile(f"[{UPPER}]")
_AHEAD = 4
"""How many characters of a run may stand before its first capital letter: "Ash-Sharq" but also "ash-Sharq"."""
_PIECE = re.compile(rf"{_NICKNAME.removesuffix('[ ]')}|{_TOKEN}|[^\s,]+")
_OF = re.compile(rf"[ ](?:of|for|on|to|against|at)[ ](?:the[ ])?(?={_TOKEN})")
_AND = re.compile(rf"(?:,[ ]{_TOKEN})?,?[ ](?:and|&)[ ](?={_TOKEN})")
_WORD_BEFORE = re.compile(r"([\w-]+)[ ]$")
_ROLE_OF = frozenset(
    {"state", "staff", "defense", "defence", "war", "commerce", "labor", "energy", "agriculture", "education"}
)
_PARTY_TAG = re.compile(r"[RDI]-[A-Z]")
_ATTRIBUTIVE = ("-based", "-born", "-led", "-backed", "-area", "-run", "-style", "-era", "-controlled", "-held")
_SENTENCE_START = re.compile(r"[.!?:;“\"‘'—–-]\s?$|\n\s*$")
_BREAKS = (
    lexicon.NOT_NAMES
    - lexicon.NUMBERS
    - {"us", "an", "will", "may", "so", "no", "do", "like", "on", "over", "last", "ms", "i"}
)
_DATELINE = re.compile(r"\s?(?:[—–(]|--|- |, [A-Z])")
_CONTRACTION = re.compile(r"'(?:m|re|ve|ll|d)$|n't$")
_UNSPLIT = frozenset({"general", "private", "head", "chair", "chief", "star", "host", "person"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text: ``name`` as written without its title, ``title`` the folded role words before it."""

    span: Span
    name: str
    title: str
    form: Form


def find(text: str, start: int = 0) -> list[Mention]:
    """The names of a text, in reading order, not overlapping.

    Args:
        text: an article's text.
        start: where to begin, in characters.

    Returns:
        One mention a name; single words are ``"name"`` unless a title or a list tells more.
    """
    return list(_found(text, start))


def _found(text: str, at: int) -> Iterator[Mention]:
    while capital := _UPPER.search(text, at):
        # From where it stood, the pattern would be tried at every lower-case letter.
        run = _RUN.search(text, max(at, capital.start() - _AHEAD))
        if run is None:
            return
        several = len(run.group().split()) > 1
        pieces = list(_PIECE.finditer(text, run.start(), run.end())) if several else [run]
        folded = [fold(piece.group()) for piece in pieces]
        at, lead = run.end(), 0
        while lead < len(pieces) and _opens(text, pieces, folded, lead):
            lead += 1
        if lead:
            pieces, folded = pieces[lead:], folded[lead:]
        if len(pieces) > 1 and not _BREAKS.isdisjoint(folded[1:]):  # "on X. She said"
            broken = next(i for i, word in enumerate(folded) if i and word in _BREAKS)
            at = pieces[broken].start()
            pieces, folded = pieces[:broken], folded[:broken]
        while len(pieces) > 1 and folded[-1] in lexicon.CALENDAR:
            before = folded[-2]
            if before in lexicon.ROLES or before in lexicon.HONORIFICS or known_given(before):
                break  # Mrs May, Theresa May
            pieces, folded = pieces[:-1], folded[:-1]
        if not pieces:
            continue
        found, at = _read(text, pieces, folded, at)
        if found:
            yield found


def _opens(text: str, pieces: list[re.Match[str]], folded: list[str], index: int) -> bool:
    """Whether a capitalised word only opens a sentence, or is a date, and no part of the name after it."""
    word = folded[index]
    if "-" in word and (_PARTY_TAG.match(pieces[index].group()) or word.endswith(_ATTRIBUTIVE)):
        return True
    if word in lexicon.CALENDAR or word == "will":
        after = folded[index + 1] if index + 1 < len(pieces) else ""
        return not (known_given(word) and after) or known_given(after)  # May Roe, but: Will Jane Roe
    if word in lexicon.NUMBERS and index + 1 < len(pieces) and not _starts(text, pieces[0].start()):
        return False  # the Three Rivers Transit Authority
    if "'" in word and _CONTRACTION.search(word):
        return True
    return word in lexicon.NOT_NAMES and "." not in pieces[index].group()


def _starts(text: str, at: int) -> bool:
    """Whether a sentence may start at a character."""
    return not at or _SENTENCE_START.search(text, max(0, at - 4), at) is not None


def _read(text: str, pieces: list[re.Match[str]], folded: list[str], end: int) -> tuple[Mention | None, int]:
    """One run of capitalised words, as a mention, and where reading goes on."""
    start, stop = pieces[0].start(), pieces[-1].end()
    cut = len(pieces) if folded[-1] == "chief" and _OF.match(text, stop) else _title_end(folded)
    if cut == len(pieces):  # a title alone ("Secretary of State Jane Roe", "the President")
        of = _OF.match(text, stop)
        if of and folded[-1] in lexicon.ROLES:
            named = _name_after_of(text, of.end())
            if named:
                name, name_start, name_end = named
                title = " ".join(folded) + " " + fold(text[of.start() : name_start]).strip()
                return Mention(Span(name_start, name_end), name, title, "person"), name_end
        return None, end
    name_start = pieces[cut].start()
    rest = folded[cut:]
    if cut and len(rest) > 2 and (rest[0] in lexicon.COUNTRIES):  # negotiator EU Jane Roe
        rest, name_start = rest[1:], pieces[cut + 1].start()
    name = text[name_start:stop]
    title = " ".join(folded[:cut])
    honoured = cut > 0 and folded[cut - 1] in lexicon.HONORIFICS
    if cut and rest[-1] in lexicon.BODY_WORDS and not known_given(rest[0]) and not honoured:
        cut, name_start, rest, title = 0, start, folded, ""  # General Motors, Justice Department
        name = text[start:stop]
    lower = ""
    if text[start - 1 : start] == " ":
        before = _WORD_BEFORE.search(text, max(0, text.rfind(" ", max(0, start - 30), start - 1), start - 30), start)
        lower = fold(before.group(1)) if before else ""
    form = _form(rest, title, lower)
    if (not start or text[start - 1] == "\n") and name.isupper() and _DATELINE.match(text, stop):
        form = "place"
    if form == "body" or (form == "name" and rest[-1] in lexicon.BODY_WORDS) or rest[-1] in lexicon.TOPICS:
        longer = _extended(text, rest, stop)
        if longer > stop:
            return Mention(Span(name_start, longer), text[name_start:longer], "", "body"), longer
    if form == "person" and len(pieces) - cut > 4 and not any(p.group()[0] in "“\"‘'(" for p in pieces[cut:]):
        stop = pieces[cut + 1 + ("." in pieces[cut + 1].group())].end()  # a headline: Jane Roe Just Left The House
        name = text[name_start:stop]
    if form == "person" and not title and lower in lexicon.ROLES:
        title = lower
    return Mention(Span(name_start, stop), name, title, form), end


def _title_end(folded: list[str]) -> int:
    """How many words at the start are a title: up to the last role or honorific."""
    for i in range(len(folded) - 1, -1, -1):
        word = folded[i]
        if word in lexicon.HONORIFICS or word in lexicon.ROLES or word.removeprefix("ex-") in lexicon.ROLES:
            if known_given(word) and not i and len(folded) > 1:  # Guy Roe
                continue
            if i and known_given(folded[i - 1]) and i == len(folded) - 1:  # Peter King, Pat Private
                continue
            if i == len(folded) - 1 and len(folded) > 1 and folded[0] not in lexicon.ROLES and word in _UNSPLIT:
                continue
            return i + 1
    return 0


def _name_after_of(text: str, at: int) -> tuple[str, int, int] | None:
    """The personal name at the end of "State Jane Roe", "the European Union Gordon Poe", "Texas Ann Low"."""
    run = _RUN.match(text, at)
    if not run:
        return None
    pieces = list(_PIECE.finditer(text, run.start(), run.end()))
    for i in range(1, len(pieces)):
        word = fold(pieces[i].group())
        plain_state = fold(pieces[0].group()) in _ROLE_OF and i == 1
        if plain_state or known_given(word) or "." in pieces[i].group():
            return text[pieces[i].start() : run.end()], pieces[i].start(), run.end()
    return None


def _form(rest: list[str], title: str, before: str) -> Form:
    """Person, body, place or only a name, from its folded words, its title and the small word before it."""
    whole = " ".join(rest)
    last_title = title.split()[-1] if title else ""
    if last_title in lexicon.HONORIFICS or (last_title in lexicon.ROLES and rest[-1] not in lexicon.BODY_WORDS):
        return "person"
    if whole in lexicon.COUNTRIES or whole in lexicon.CAPITALS or whole in lexicon.US_STATES:
        return "place"
    if whole in lexicon.MEDIA:
        return "body"
    if len(rest) > 1:
        given = known_given(rest[0]) and rest[0] not in lexicon.US_STATES and rest[0] not in lexicon.COUNTRIES
        if given and (rest[-1] not in lexicon.BODY_WORDS or len(rest) == 2):
            return "person"
        if any(word in lexicon.BODY_WORDS for word in (rest[0], rest[-1])):
            return "body"
        if before in lexicon.BODY_NOUNS:
            return "body"
        if before in lexicon.ROLES or (known_given(rest[0]) and rest[0] not in lexicon.COUNTRIES):
            return "person"
        if len(rest[0]) <= 2 and len(rest) == 2 and rest[0] not in ("us", "uk", "eu", "un"):  # H.R. Poe, J. Roe
            return "person"
        return "name"
    if before in lexicon.BODY_NOUNS or (rest[0] in lexicon.BODY_WORDS and before not in lexicon.ROLES):
        return "body"
    return "name"


def _extended(text: str, rest: list[str], stop: int) -> int:
    """Where the name of a body ends that goes on after "of", "for", "on" or, between topics, "and"."""
    topical = rest[-1] in lexicon.TOPICS and rest[-1] not in lexicon.BODY_WORDS
    while True:
        joint = None if topical else _OF.match(text, stop)
        if joint is None and rest[-1] in lexicon.TOPICS:
            joint = _AND.match(text, stop)
        run = _RUN.match(text, joint.end()) if joint else None
        if not joint or not run:
            return stop
        pieces = list(_PIECE.finditer(text, run.start(), run.end()))
        folded = [fold(piece.group()) for piece in pieces]
        role = next((i for i, word in enumerate(folded) if word in lexicon.ROLES and word not in _UNSPLIT), -1)
        if role > 0 and (folded[role - 1] in lexicon.BODY_WORDS or folded[role - 1] in lexicon.TOPICS):
            return pieces[role - 1].end()  # the Department of Health and Human Services | Secretary Jane Roe
        if role >= 0 or folded[0] in lexicon.CALENDAR:
            return stop
        if topical and folded[-1] not in lexicon.BODY_WORDS:
            return stop
        rest, stop, topical = folded, run.end(), False
