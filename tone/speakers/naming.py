"""Sources that hold a name."""

import re
from collections.abc import Sequence

from tone.records import Span
from tone.speakers import lexicon, names, phrases
from tone.speakers.cast import Entity
from tone.speakers.discourse import Discourse, Found, bare, described, made, named, nobody
from tone.speakers.mentions import Mention
from tone.speakers.names import fold, words
from tone.speakers.phrases import Phrase

_AND = re.compile(r"\s(?:and|&)\s")
_JOINED = re.compile(r"(?:^|,)?\s?(?:and|&)\s+(?:[A-Z][\w.’'-]*\s+){0,5}(?:[a-z-]+\s+){0,3}$")
_AND_THEIRS = re.compile(
    r"(?:the |its |his |her |their )?(?:other|others|allies|aides|team|lawyers|colleagues|supporters)\b"
)
_LISTED = re.compile(r"(?:[^,]*, )+(?:[A-Z][\w.]* ){0,4}")
_INSIDE = re.compile(r"\b(?:who|which|whose|for|to|by|from|with)\b")
_RELATIVE_CLAUSE = re.compile(r"\bwho\b[^,]*,")
_INCLUDING = re.compile(r"including (?:[\w.]+ ){0,4}")
_SMALL_TITLE = re.compile(
    r"(?:the |an? )?(?:(?!(?:of|for|from|to|by|who|with|in|at|and)\s)[a-z-]+ ){0,4}(?:[A-Z][a-z]*\. )?"
)
_JOINTS = frozenset({"of", "for", "and", "the", "on", "to", "&"})


def coordinated(scene: Discourse, phrase: Phrase) -> Found | None:
    """Two persons joined by "and", both named; None for anything else."""
    joint = _AND.search(scene.text, phrase.span.start, phrase.span.end)
    if not joint:
        return None
    people = [m for m in scene.cast.within(phrase.span.start, phrase.span.end) if is_person(scene, m)]
    left = [m for m in people if m.span.end <= joint.start() and not scene.possessive(m)]
    right = [m for m in people if m.span.start >= joint.end() - 1]
    if not (left and right) or not (left[0].span.start < phrase.main.end or phrase.plural):
        return None
    between = scene.text[left[0].span.end : right[0].span.start]
    if _INSIDE.search(_RELATIVE_CLAUSE.sub("", between)) or not _JOINED.search(between):
        return None
    middle = [m for m in left[1:] if _LISTED.fullmatch(scene.text, left[0].span.end, m.span.start)]
    listed = [left[0], *middle, right[0]]
    every = [owner.name if (owner := scene.cast.owner(m)) else m.name for m in listed]
    return Found(made(", ".join(every[:-1]) + " and " + every[-1], "several persons"))


def is_person(scene: Discourse, mention: Mention) -> bool:
    """Whether a mention names a person, as far as known."""
    owner = scene.cast.owner(mention)
    return owner.kind == "person" if owner else mention.form == "person" or bool(scene.cast.people(mention.name))


def name(scene: Discourse, phrase: Phrase) -> Found | None:
    """A name that is the source's head, that ends it after a title, or that follows it in apposition.

    Args:
        scene: the article as read so far.
        phrase: the source.

    Returns:
        None where the source is described, not named.
    """
    phrase = _first_of_two(scene, phrase)
    inside = scene.cast.within(phrase.main.start, phrase.main.end)
    at_head = [m for m in inside if m.span.overlap(phrase.head_span)]
    if phrase.proper and at_head and is_person(scene, at_head[0]):
        return of_mention(scene, at_head[0], phrase)
    at_end = [m for m in inside if m.span.end >= phrase.main.end - 2]
    if at_end and is_person(scene, at_end[-1]) and (not phrase.after or _is_title(scene.text, phrase, at_end[-1])):
        return of_mention(scene, at_end[-1], phrase)
    if phrase.plural and at_head and only_a_capital(scene, at_head[0]):
        return None  # "Supporters of the law"
    if phrase.proper and at_head:
        return of_mention(scene, at_head[0], phrase)
    found = _apposed(scene, phrase)
    common = phrase.head in lexicon.ROLES or (phrase.plural and len(phrase.words) == 1)
    return unknown(scene, phrase) if found is None and phrase.proper and not common else found


def only_a_capital(scene: Discourse, mention: Mention) -> bool:
    """Whether a single word is capitalised only because a sentence starts with it."""
    owner = scene.cast.owner(mention)
    return owner is not None and owner.weak and scene.sentence(mention.span.start).start == mention.span.start


def _first_of_two(scene: Discourse, phrase: Phrase) -> Phrase:
    """The part before "and", where names stand on both sides and none runs over it."""
    joint = _AND.search(scene.text, phrase.main.start, phrase.main.end)
    if joint is None:
        return phrase
    inside = scene.cast.within(phrase.main.start, phrase.main.end)
    if any(m.span.start < joint.start() < m.span.end for m in inside):
        return phrase
    left = phrases.read(scene.text, Span(phrase.main.start, joint.start()))
    last = inside[-1] if inside else None
    titles = left and not lexicon.ROLES.isdisjoint(left.words) and not any(is_person(scene, m) for m in inside[:-1])
    if titles and last and last.span.end >= phrase.main.end - 1 and is_person(scene, last):
        return phrase  # "secretary of state and candidate Nora Pell"
    ends = [m for m in inside if joint.start() - 2 <= m.span.end <= joint.start()]
    rest = scene.text[joint.end() : phrase.main.end]
    both = any(m.span.start > joint.start() for m in inside) or _AND_THEIRS.match(rest)
    return left if left and ends and both else phrase


def _is_title(text: str, phrase: Phrase, person: Mention) -> bool:
    """Whether all that stands before a name at the end is its title: "Bureau of Works Chief", "head of the mission"."""
    parts = text[phrase.main.start : person.span.start].split()
    if not parts or (phrase.plural and parts[0][:1].islower()) or fold(parts[0]) in ("a", "an"):
        return not parts
    if phrase.head in lexicon.STANDS_FOR["spokesman"]:
        return False
    small = [fold(p).strip("()") for p in parts]
    lower = [p for p, written in zip(small[1:], parts[1:], strict=True) if written[:1].islower()]
    if all(p in _JOINTS or p in lexicon.ROLES for p in lower):
        return parts[0][:1].isupper() or not phrase.determined
    if phrase.determined or small[-1] in lexicon.HEAD_STOPS | {"and", "or"} or small[-1].endswith(("'s", "s'")):
        return False
    stop = max((i for i, p in enumerate(small) if p in lexicon.HEAD_STOPS), default=-1)
    rest = small[stop + 1 :]
    # "Cabinet member for schools Roe", but "aides to President Roe"
    return "and" in rest or stop < 0 or not any(p in lexicon.ROLES or p in lexicon.HONORIFICS for p in rest)


def _apposed(scene: Discourse, phrase: Phrase) -> Found | None:
    """A name after the comma: "the spokesman, Jane Roe", "others, including Jane Roe"."""
    for part in phrase.appositions:
        inside = scene.cast.within(part.start, part.end)
        if not inside:
            continue
        first = inside[0]
        opening = scene.text[part.start : first.span.start]
        role = phrase.head in lexicon.ROLES or phrase.head in ("one", "counterpart")
        if phrase.head == "one" and first.span.start == part.start:  # "one of them, Poe Mills,"
            return of_mention(scene, first, phrase, "name in apposition")
        person = is_person(scene, first) or (role and first.form == "name" and not phrase.plural)
        if _INCLUDING.match(part.of(scene.text)) and person and phrase.head in ("others", "some", "many", "few"):
            return of_mention(scene, first, phrase, "name in apposition")
        if not person or "’s" in opening or "'s" in opening or phrase.plural:
            continue
        if phrase.after[:1] == ("for",) and first.form == "name":
            continue  # "a spokesman for the owner, Northern Rail"
        if (scene.text[part.start].isupper() and len(opening) < 90) or _SMALL_TITLE.fullmatch(opening):
            return of_mention(scene, first, phrase, "name in apposition")
    return None


def of_mention(scene: Discourse, mention: Mention, phrase: Phrase, rule: str | None = None) -> Found:
    """Whoever a mention names.

    Args:
        scene: the article as read so far.
        mention: a name in or near the source.
        phrase: the source.
        rule: what to call the rule; by default, what kind of name it is.

    Returns:
        The person or body; the name as given where the article has nothing fuller; nobody where several fit.
    """
    owner = scene.cast.owner(mention)
    people = [] if owner else scene.cast.people(mention.name, mention.title)
    if len(people) > 1:
        return _last_named(scene, people, phrase.span.start)
    owner = owner or (people[0] if people else None)
    if owner is None:
        return unknown(scene, phrase, mention)
    if owner.kind == "person":
        return named(owner, rule or _kind_of_name(mention.name, owner.name))
    same = " ".join(words(mention.name)) == " ".join(words(owner.name))
    return named(owner, rule or ("name as given" if owner.weak else "body" if same else "short form of a body"))


def _kind_of_name(written: str, full: str) -> str:
    if fold(written) != fold(full) and " ".join(names.core(written)) in names.tails(full):
        return "surname"
    if len(names.core(written)) > 1:
        return "full name"
    last = fold(written) in names.tails(full) or names.surname(written) == names.surname(full)
    return "surname" if last else "first name"


def _last_named(scene: Discourse, people: Sequence[Entity], at: int) -> Found:
    """Of several persons with one name, whoever was named or spoke last; nobody where one sentence names them all."""
    spoke = {past.found.entity: past.phrase.span.start for past in scene.past if past.phrase}
    last = {person: max(person.last_before(at), spoke.get(person, -1)) for person in people}
    near = sorted(people, key=lambda person: (-last[person], person.first))
    if last[near[1]] >= 0 and not scene.sentences_between(last[near[1]], last[near[0]]):
        return nobody("several persons of that surname")
    return named(near[0], "surname of several")


def unknown(scene: Discourse, phrase: Phrase, mention: Mention | None = None) -> Found:
    """A capitalised source that nothing else in the article explains: a body by "the" or its words, else a name."""
    whole = mention.name if mention else phrase.main.of(scene.text)
    folded = words(whole) or (fold(whole),)
    if phrase.plural and folded[-1] not in lexicon.BODY_WORDS:
        return described(phrases.description(scene.text, phrase), phrase)
    definite = phrase.before[:1] == ("the",)
    listed = fold(whole) in lexicon.COUNTRIES or fold(whole) in lexicon.CAPITALS
    body = definite or listed or whole.isupper() or any(w in lexicon.BODY_WORDS for w in folded)
    return Found(made(bare(whole), "body" if body else "name as given", "body" if body else "person"))
