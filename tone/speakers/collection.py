"""One name a person and body over a whole collection of articles."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Final

from rapidfuzz.distance import DamerauLevenshtein

from tone.records import Article, Speaker
from tone.speakers import given, lexicon, names
from tone.speakers.names import words

_LONG_ENOUGH: Final = 6
"""From how many letters on a surname may differ by one from another spelling of it."""
_EXPANDED: Final = "; full name from another article"


def unify(articles: Sequence[tuple[Article, Sequence[Speaker]]]) -> list[list[Speaker]]:
    """Give the same person or body the same name in all articles.

    Spellings of one full name (accents, hyphens, "al-", one letter of a long surname, a missing middle name) become the
    most frequent of them, unless one article uses both: then they are two people. A surname alone becomes the full name
    where one speaker of the collection has it, and it is not as common as Smith. Bodies are compared without case,
    articles and the order around "of". Unnamed sources stay: two articles' "senior official" need not be one.

    Args:
        articles: each article with its speakers, as from :func:`tone.speakers.resolve`.

    Returns:
        The speakers of each article, in the order given, renamed where the collection knows better.
    """
    seen: dict[str, set[str]] = defaultdict(set)  # full names: the articles that use them
    bodies: Counter[str] = Counter()
    for article, speakers in articles:
        for speaker in speakers:
            if speaker.name and speaker.kind == "person" and len(names.core(speaker.name)) > 1:
                seen[speaker.name].add(article.id)
            elif speaker.name and speaker.kind == "body":
                bodies[speaker.name] += 1
    renamed = _same_persons(seen)
    full = _by_surname({renamed.get(name, name) for name in seen})
    body_names = _same_bodies(bodies)
    return [[_rename(s, renamed, full, body_names) for s in speakers] for _, speakers in articles]


def _rename(
    speaker: Speaker, renamed: Mapping[str, str], full: Mapping[str, set[str]], bodies: Mapping[str, str]
) -> Speaker:
    name = speaker.name
    if name is None or speaker.kind == "unnamed":
        return speaker
    if speaker.kind == "body":
        return replace(speaker, name=bodies.get(name, name))
    if len(names.core(name)) > 1:
        return replace(speaker, name=renamed.get(name, name))
    fit = full.get(names.surname(name), set())
    if len(fit) != 1 or names.surname(name) in given.COMMON_SURNAMES:
        return speaker
    return replace(speaker, name=next(iter(fit)), rule=speaker.rule + _EXPANDED)


# --- persons ---------------------------------------------------------------------------------------------------------


def _same_persons(seen: Mapping[str, set[str]]) -> dict[str, str]:
    """Which full names become which: spellings of one person to the most frequent, then fullest."""
    buckets: dict[str, list[str]] = defaultdict(list)
    for name in sorted(seen):
        buckets[_collapsed(name)[1][:2]].append(name)
    links: dict[str, set[str]] = defaultdict(set)
    for bucket in buckets.values():
        for one, other in combinations(bucket, 2):
            if not seen[one] & seen[other] and _one_person(one, other):
                links[one].add(other)
                links[other].add(one)
    renamed: dict[str, str] = {}
    for name, others in links.items():
        group = {name, *others}
        if all(group - {member} <= links[member] for member in group):  # all fit one another: no third person between
            renamed[name] = max(group, key=lambda n: (len(seen[n]), names.fullness(n), n))
    return renamed


def _one_person(one: str, other: str) -> bool:
    """Whether two full names are spellings of one."""
    if set(words(one)) & lexicon.SUFFIXES != set(words(other)) & lexicon.SUFFIXES or not names.same_middle(one, other):
        return False
    (given, surname), (given2, surname2) = _collapsed(one), _collapsed(other)
    if (given, surname) == (given2, surname2) or names.compatible(one, other):
        return True
    if given != given2:
        return surname == surname2 and len(given) >= _LONG_ENOUGH and DamerauLevenshtein.distance(given, given2) == 1
    return min(len(surname), len(surname2)) >= _LONG_ENOUGH and DamerauLevenshtein.distance(surname, surname2) == 1


def _collapsed(name: str) -> tuple[str, str]:
    """Given name and surname as bare letters, particles joined to the surname: ("salim", "alrashdi")."""
    parts = names.core(name)
    at = next((i for i, part in enumerate(parts) if i and part in lexicon.PARTICLES), len(parts) - 1)
    return _letters(parts[:1]), _letters(parts[at:])


def _letters(parts: Iterable[str]) -> str:
    return "".join(c for part in parts for c in part if c.isalnum())


def _by_surname(full_names: Iterable[str]) -> dict[str, set[str]]:
    """The full names that a name of one word may stand for: by surname, or by a family name put first."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in full_names:
        parts = names.core(name)
        found[names.surname(name)].add(name)
        if not names.known_given(parts[0]) and len(parts[0]) > 1:
            found[parts[0]].add(name)
    return found


# --- bodies ----------------------------------------------------------------------------------------------------------


def _same_bodies(counts: Counter[str]) -> dict[str, str]:
    """Which names of bodies become which: one normalised form, the most frequent spelling."""
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name in counts:
        groups[_normalised(name)].append(name)
    best = {key: max(group, key=lambda n: (counts[n], sum(c.isupper() for c in n), n)) for key, group in groups.items()}
    return {name: best[key] for key, group in groups.items() for name in group if name != best[key]}


def _normalised(name: str) -> tuple[str, ...]:
    """A body's words without articles and joints, in one order: "Ministry of Justice" is the "Justice Ministry"."""
    text = " ".join(words(name)).replace("united states", "us").replace("dept", "department")
    return tuple(sorted(word for word in text.split() if word not in ("the", "of", "for", "and"))) or (name,)
