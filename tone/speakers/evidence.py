"""What the text around a name tells about its bearer: titles, appositions, party, age, the pronouns that follow."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tone.speakers import lexicon, names, nations
from tone.speakers.mentions import Mention
from tone.speakers.names import fold, words

_PARTY = re.compile(r",? ?[(\[]?\b(R|D|I|DFL|Rep|Dem|Ind)[-–—.]{1,2} ?([A-Z][\w.]*)")
_PARTIES: Final = frozenset("RDI")
_AGE_OR_WHO = re.compile(r", (?:\d\d\b|who\b|whose\b)")
_AFTER = re.compile(
    r"(?: \([^)]{1,40}\))?(?:, \d\d)?(?:, | (?=who ))(?:(who|whose) )?([^,.;:()“”\"—\n]{3,140})([,.;:(—“\"\n]|$)"
)
_IS = re.compile(
    r" (?:is|was|became|has been|serves as|served as) ((?:an?|the|one of|[\w’']+['’]s)\b[^,.;:“”\"\n]{3,90})"
)
_BEFORE = re.compile(
    r"(^|[.!?:]\s|[”\"’']\s|\n|[,;—–-]\s|\b\w+\s)"
    r"((?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ne|[Aa]nother"
    r"|(?:[\w’' ]|(?<=[A-Z])\.|(?<=St)\.){2,40}['’]s)\s"
    r"(?:(?!(?<!of )(?<!for )(?<!at )\b(?:the|an?|his|her|its|their)\s)[^,.;:“”\"\n]){2,90}),\s$"
)
_CLOSED = re.compile(r"[,.;)”\"—\n]|$")
_SAYS = re.compile(
    r"\b(?:said|says|told|tells|asked|added|warned|wrote|called|has|have|had|would|will|is|was|are|were)\b"
)
_NO_RELATION = re.compile(r"\b(?:no relation|not related|unrelated|no kin)\b")
_NOMINATIVE = re.compile(
    r"(?:[.!?”\"’]\s+(?:But |And |Still, |Yet |Instead, )?(He|She)|^ (?:said|says) (?:that )?(he|she))\b"
    r"|^,? who [\w ]{0,30}\b(his|her)\b"
)
_APPOSED_STARTS: Final = (",", " (", " who ")
_NOMINATIVE_STARTS: Final = (" said", " says", ", who", " who")
_IT_OR_HE = re.compile(r"\b([Hh]e|[Ss]he|[Hh]is|[Hh]er|who|[Ii]ts|which)\b")
_NEXT_WORD = re.compile(r",? ([a-z]+(?:[’']t)?)\b")
_VERB = re.compile(r"\w+ed|says|said|tells|told|asks|adds|has|had|was|is|will|would|can|could|did|does|wrote|then|who")
_SAID_BEFORE = re.compile(r"\b(?:said|says|told|to) $")
_NO_SURNAMES: Final = lexicon.BODY_WORDS | lexicon.ROLES | lexicon.COUNTRIES | lexicon.CAPITALS | lexicon.US_STATES
_WINDOW: Final = 140
NEAR: Final = 150
"""How far, in characters, a pronoun after a name still tells its gender."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one mention tells: folded words of title and appositions, and the head nouns among them."""

    words: Sequence[str]
    nouns: Sequence[str]


_NOTHING: Final = Told((), ())


def told(text: str, mention: Mention, person: bool) -> Told:
    """Read title, party and appositions of a mention.

    Args:
        text: the article's text.
        mention: a name in it.
        person: whether it may be a person's: then what stands before a single word counts too.

    Returns:
        The words found, empty where the name stands bare.
    """
    end = mention.span.end
    said, nouns = mention.title.split(), []
    after = text[end : end + _WINDOW + 30]
    if after[:1] in (",", " "):
        party = None if _PARTIES.isdisjoint(after[1:4]) else _PARTY.match(after)
        if party:
            said.append({"r": "republican", "d": "democrat", "i": "independent"}[party.group(1)[0].lower()])
            said.append("lawmaker")
        apposition = _AFTER.match(after) if after.startswith(_APPOSED_STARTS) else None
        if apposition:
            phrase = words(_NO_RELATION.split(apposition.group(2))[0])
            closed = apposition.group(3) in (",", ".", ";", ":", "(", "—", "\n", "")
            if apposition.group(1) or (closed and not _SAYS.search(apposition.group(2).split(" who ")[0])):
                said += phrase
                if not apposition.group(1):
                    nouns.append(head_noun(phrase))
        being = _IS.match(after) if after[1:2] in "iwbhs" else None
        if being:
            said += words(being.group(1))
    if person or " " in mention.name:
        before = apposed_before(text, _title_start(text, mention), end)
        if before:
            phrase = words(before)
            said += phrase
            nouns.append(head_noun(phrase))
    if not said:
        return _NOTHING
    said += [lexicon.EXPANDED[word] for word in said if word in lexicon.EXPANDED]
    return Told(said, nouns)


def _title_start(text: str, mention: Mention) -> int:
    """Where a mention's title starts, as far as it can be found again before the name."""
    start = mention.span.start
    if not mention.title:
        return start
    ahead = fold(text[max(0, start - len(mention.title) - 12) : start])
    at = ahead.rfind(mention.title)
    return start - (len(ahead) - at) if at >= 0 else start


def head_noun(phrase: Sequence[str]) -> str:
    """The noun of a folded noun phrase: the last word before a preposition."""
    stop = next((i for i, word in enumerate(phrase) if i and word in lexicon.HEAD_STOPS), len(phrase))
    return phrase[stop - 1] if phrase else ""


def apposed_before(text: str, start: int, end: int) -> str | None:
    """What stands in apposition before a name, "the rail union" in "the rail union, Poe,"; None where nothing does."""
    if text[start - 2 : start] != ", ":
        return None
    window = max(0, start - _WINDOW)
    # What is searched for holds none of these marks, so that it starts after the last, with a mark or word before it.
    closed = max(text.rfind(mark, window, start - 2) for mark in ',;:“”"')
    found = _BEFORE.search(text, max(window, closed - 1), start)
    if found is None:
        return None
    opens = not found.group(1).strip() or found.group(1).strip()[-1] in ".!?:”\"’'"
    return found.group(2) if opens or _CLOSED.match(text, end) else None


def personal(text: str, group: Sequence[tuple[Mention, bool]], singles: frozenset[str]) -> bool:
    """Whether a name of several words that no list knows is a person's.

    Args:
        text: the article's text.
        group: its mentions, each with whether it stands in a source.
        singles: the folded single-word names of the article.

    Returns:
        The outcome of a vote among the hints.
    """
    name = group[0][0].name
    parts = words(name)
    if len(parts) > 4 or any(p in lexicon.BODY_WORDS or p in nations.DEMONYMS for p in parts):
        return False
    votes = 2 * (names.surname(name) in singles)
    if parts[0] in singles and names.surname(name) not in singles:
        votes -= 1
    for mention, in_source in group:
        start, end = mention.span.start, mention.span.end
        after = text[end : end + NEAR]
        votes += 2 * in_source - 2 * (text[max(0, start - 4) : start].lower() == "the ")
        votes += 3 * bool(_PARTY.match(after) or _AGE_OR_WHO.match(after))
        apposition = _AFTER.match(after)
        if apposition and not _SAYS.search(apposition.group(2)):
            nouns = words(apposition.group(2))
            head = head_noun(nouns)
            if head in lexicon.ROLES or any(n in lexicon.ROLES for n in nouns[:2]):
                votes += 3
            elif head in lexicon.BODY_NOUNS:
                votes -= 3
        described = apposed_before(text, start, end)
        if described:
            head = head_noun(words(described))
            votes += 3 if head in lexicon.ROLES else -2 * (head in lexicon.BODY_NOUNS)
        pronoun = _IT_OR_HE.search(after)
        if pronoun:
            votes += -1 if fold(pronoun.group(1)) in ("its", "which") else 1
    return votes > 1


def surname_like(text: str, name: str, starts: Sequence[int], source_starts: frozenset[int]) -> bool:
    """Whether a lone capitalised word stands as the subject of a verb somewhere, and is no company, country, people."""
    folded = fold(name)
    if folded in _NO_SURNAMES or folded.endswith(("ly", "ians", "ans", "ists", "ing", "ese")):
        return False
    for start in starts:
        if text[max(0, start - 4) : start].lower() == "the ":
            return False
        after = _NEXT_WORD.match(text, start + len(name))
        verb = after is not None and bool(_VERB.fullmatch(after.group(1)))
        if verb or start in source_starts or _SAID_BEFORE.search(text, max(0, start - 8), start):
            return True
    return False


def pronoun_after(text: str, start: int, limit: int) -> str | None:
    """The gender of the pronoun that takes up a name ("… Poe. She …") before ``limit``; None where none does."""
    after = text[start : min(start + NEAR, limit)].partition("\n")[0]
    if "He" not in after and "She" not in after and not after.startswith(_NOMINATIVE_STARTS):
        return None
    found = _NOMINATIVE.search(after)
    return lexicon.PRONOUNS[fold(next(filter(None, found.groups())))] if found else None


def gender_of(nouns: Sequence[str]) -> str | None:
    """The gender that role nouns and honorifics tell, None where they tell none."""
    for noun in nouns:
        if noun in lexicon.FEMALE_ROLES or lexicon.HONORIFICS.get(noun) == "f":
            return "f"
        if noun in lexicon.MALE_ROLES or lexicon.HONORIFICS.get(noun) == "m":
            return "m"
    return None
