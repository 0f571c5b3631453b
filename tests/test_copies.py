"""Copies and originals on invented articles.

On the cases below, each pair by itself, precision and recall are 1.0 (43 copies, 34 different pairs), and again with
all articles in one collection. On variants of the labelled corpus (400 articles of 276 words each, in both orders) no
copy is wrong, and of all copies are found, by samples and by all shingles:

| of a hundred words changed | 0 to 10 | 12 | 15 | 25 | another variant | |
| --- | ---: | ---: | ---: | ---: | --- | ---: |
| samples | 1.00 | 0.98 | 0.20 | 0.00 | half, and ten words in a hundred changed | 0.79 |
| all shingles | 1.00 | 0.99 | 0.10 | 0.00 | | 0.83 |
| samples | | | | | half, a local paragraph of a third | 0.70 |
| all shingles | | | | | | 0.76 |

and all of both with another headline, cut to half, with five words in a hundred of that changed, with an added
paragraph, and with page furniture longer than what is left of the article. The test takes every third article.
"""

import datetime
import json
import random
import re
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pytest
from numpy.typing import NDArray

from tone.copies import copies, sketch
from tone.training.corpus import read

CASES: Final = json.loads((Path(__file__).parent / "cases" / "copies.json").read_text(encoding="utf-8"))
ARTICLES: Final[dict[str, str]] = CASES["articles"]
ADDED: Final[dict[str, str]] = CASES["additions"]
HARBOUR, DAM, SCHOOL, CLINIC = (ARTICLES[name] for name in ("harbour", "dam", "school", "clinic"))
FURNITURE: Final = ADDED["menu"] + "\n\n" + ADDED["appeal"]
SHORT: Final = "The ferry to Abbotsquay is cancelled until Thursday because of the storm, the harbour master said."
KNOWN_SKETCH: Final = [5579317771766103911, 68719476749, 1902024721062837843, 2211984939057893299]
FIRST: Final = datetime.date(2025, 5, 1)
SECOND: Final = datetime.date(2025, 5, 2)


def copies_of_texts(
    ids: Sequence[str], texts: Sequence[str], dates: Sequence[datetime.date | None]
) -> list[str | None]:
    return copies(ids, dates, [sketch(text) for text in texts])


def cut(text: str, part: float) -> str:
    words = text.split(" ")
    return " ".join(words[: round(len(words) * part)])


def edited(text: str, every: int, seed: int = 0) -> str:
    """One word in ``every``, at places drawn at random, dropped, doubled or replaced."""
    rng = random.Random(seed)
    words = text.split(" ")
    for at in rng.sample(range(len(words)), len(words) // every):
        words[at] = rng.choice(("", words[at] + " then", "thus"))
    return " ".join(words)


def reordered(text: str) -> str:
    first, *rest = text.split("\n\n")
    return "\n\n".join([first, *rest[::-1]])


def without(text: str, paragraph: int) -> str:
    parts = text.split("\n\n")
    return "\n\n".join(parts[:paragraph] + parts[paragraph + 1 :])


def inserted(text: str, paragraph: str, at: int) -> str:
    parts = text.split("\n\n")
    return "\n\n".join([*parts[:at], paragraph, *parts[at:]])


def made(number: int, seed: int = 0) -> str:
    """So many words without sense; no two texts of different seeds share a shingle."""
    return " ".join(f"w{word}" for word in np.random.default_rng(seed).integers(10**9, size=number))


def piece(text: str, start: int, end: int) -> str:
    return " ".join(text.split(" ")[start:end])


# label, the earlier article, the later one, which is a copy of it
COPIES: Final = [
    ("the very same", HARBOUR, HARBOUR),
    ("another headline", HARBOUR, "Cranes to move again in Port Selby\n\n" + HARBOUR),
    ("both with a headline", "Peace on the quay\n\n" + HARBOUR, "Dockers win their cranes back\n\n" + HARBOUR),
    ("headline, byline and dateline", DAM, "Water for both\n\nBy our staff and agencies\n\nVILNAU, Friday — " + DAM),
    ("cut after three quarters", HARBOUR, cut(HARBOUR, 0.75)),
    ("cut in half", DAM, cut(DAM, 0.5)),
    ("cut to a third", SCHOOL, cut(SCHOOL, 0.34)),
    ("the cut one came first", cut(CLINIC, 0.5), CLINIC),
    ("without a middle paragraph", DAM, without(DAM, 2)),
    ("without its lead", CLINIC, without(CLINIC, 0)),
    ("local paragraph at the end", HARBOUR, HARBOUR + "\n\n" + ADDED["local"]),
    ("local paragraph second", HARBOUR, inserted(HARBOUR, ADDED["local"], 1)),
    ("local paragraph first", SCHOOL, ADDED["local"] + "\n\n" + SCHOOL),
    ("a lead of the paper's own", DAM, ADDED["lead"] + "\n\n" + DAM),
    ("cut, and a local paragraph", CLINIC, cut(CLINIC, 0.7) + "\n\n" + ADDED["local"]),
    ("cut, a headline and a lead", HARBOUR, "Quay deal\n\n" + ADDED["lead"] + "\n\n" + cut(HARBOUR, 0.6)),
    ("longer version of an earlier one", cut(DAM, 0.7), DAM + "\n\n" + ADDED["local"]),
    ("one word in twenty-five edited", HARBOUR, edited(HARBOUR, 25)),
    ("one word in fifteen edited", SCHOOL, edited(SCHOOL, 15)),
    ("paragraphs in another order", DAM, reordered(DAM)),
    ("typewriter quotes and hyphens", SCHOOL, re.sub("[“”]", '"', SCHOOL).replace("—", "-").replace("’", "'")),
    ("typographic quotes", SCHOOL, re.sub(r'"([^"]*)"', r"“\1”", SCHOOL)),
    ("capital letters", CLINIC, CLINIC.upper()),
    ("one line", HARBOUR, " ".join(HARBOUR.split())),
    ("broken lines", HARBOUR, re.sub(r"((?:\S+ ){7}\S+) ", r"\1\n", HARBOUR)),
    ("soft hyphens and zero-width spaces", DAM, DAM.replace("er", "er\u00ad").replace("st", "s\u200bt")),
    ("accents in two characters", DAM, unicodedata.normalize("NFD", DAM)),
    ("titles added", HARBOUR, HARBOUR.replace("Torvald", "Mr Torvald").replace("Priya", "Ms Priya")),
    ("page menu and appeal around the copy", SCHOOL, FURNITURE[:420] + "\n\n" + SCHOOL + "\n\n" + ADDED["appeal"]),
    ("a different appeal on each", DAM + "\n\n" + ADDED["menu"], DAM + "\n\n" + ADDED["appeal"]),
    ("credit line", CLINIC, CLINIC + "\n\n(Reporting by Ilse Marchetti; editing by Tom Okonkwo-Byrne)"),
    ("short, the same but for marks and case", SHORT, SHORT.upper().replace(",", "").rstrip(".")),
    ("thirty words, half of the later one", made(30), made(30) + " " + made(30, 1)),
    ("all but thirty words gone", made(500), piece(made(500), 100, 130)),
    ("two thirds of the later one new", made(53), made(53) + " " + made(100, 1)),
    ("three fifths of the earlier one, and other words", made(103), piece(made(103), 0, 63) + " " + made(50, 1)),
    ("long, one word changed", made(5000), made(5000).replace("w", "v", 1)),
    ("long, five words in a hundred edited", made(5000), edited(made(5000), 20)),
    ("long, cut in half", made(5000), piece(made(5000), 2000, 4500)),
    ("long, and half as much again", made(5000), made(2500, 1) + " " + made(5000)),
    ("long, the cut one came first", piece(made(5000), 1000, 3500), made(5000)),
    ("long, cut to a thirtieth", made(5000), piece(made(5000), 3000, 3170)),
    ("very long, cut to a thirtieth", made(20_000), piece(made(20_000), 9000, 9670)),
]

# label, the earlier article, the later one, which is none of its copies
DIFFERENT: Final = [
    *((f"{name}, two reporters", ARTICLES[name], ARTICLES[f"{name}_other"]) for name in ("harbour", "dam", "school")),
    *((f"{name}, the other first", ARTICLES[f"{name}_other"], ARTICLES[name]) for name in ("harbour", "dam", "school")),
    ("other matters", HARBOUR, DAM),
    ("other matters again", SCHOOL, CLINIC),
    ("two reporters, one headline", *("Peace on the quay\n\n" + ARTICLES[n] for n in ("harbour", "harbour_other"))),
    ("two reporters, one appeal", *(ARTICLES[n] + "\n\n" + ADDED["appeal"] for n in ("dam", "dam_other"))),
    ("two reporters, one menu", *(ADDED["menu"] + "\n\n" + ARTICLES[n] for n in ("school", "school_other"))),
    ("other matters, one menu and appeal", *(f"{ADDED['menu']}\n{t}\n{ADDED['appeal']}" for t in (HARBOUR, CLINIC))),
    ("two reporters, one lead", *(f"{ADDED['lead']}\n\n{ARTICLES[n]}" for n in ("dam", "dam_other"))),
    ("one local paragraph in both", HARBOUR + "\n\n" + ADDED["local"], DAM + "\n\n" + ADDED["local"]),
    ("a form filled twice", ARTICLES["weather_monday"], ARTICLES["weather_thursday"]),
    ("one form, one lead", *(f"{ADDED['lead']} {ARTICLES[f'weather_{day}']}" for day in ("monday", "thursday"))),
    ("a round-up that holds a brief", cut(HARBOUR, 0.3), "\n\n".join((cut(HARBOUR, 0.3), DAM, SCHOOL))),
    ("one paragraph of background from the other", CLINIC, DAM + "\n\n" + CLINIC.split("\n\n")[2]),
    ("a follow-up that repeats the lead", SCHOOL, SCHOOL.split("\n\n")[0] + "\n\n" + ARTICLES["school_other"]),
    ("half of one, half of another", HARBOUR, cut(HARBOUR, 0.4) + "\n\n" + DAM),
    ("the same quotes, told anew", DAM, ARTICLES["dam_other"] + "\n\n" + DAM.split("\n\n")[2]),
    ("short, one word changed", SHORT, SHORT.replace("Thursday", "Friday")),
    ("short, one word more", SHORT, SHORT + " Again."),
    ("short, within a long one", SHORT, SHORT + " " + HARBOUR),
    ("short, within one a little longer", made(29), made(29) + " one two"),
    ("more than two thirds of the later one new", made(53), made(53) + " " + made(101, 1)),
    ("less than three fifths of the earlier one", made(103), piece(made(103), 0, 62) + " " + made(50, 1)),
    ("long, half of it", made(5000), piece(made(5000), 0, 2500) + " " + made(2500, 1)),
    ("long, three quarters new", piece(made(5000), 0, 1250), made(5000)),
    ("long, with a brief of another", made(5000), made(5000, 1) + " " + piece(made(5000), 0, 150)),
    ("long, four words in ten of a brief", made(5000), piece(made(5000), 0, 80) + " " + made(120, 1)),
    ("long, of other words", made(20_000), made(20_000, 1)),
    ("no words", "", ""),
    ("only marks", "— * * *", "— * * *"),
]  # fmt: skip


@pytest.mark.parametrize(("earlier", "later"), [pytest.param(e, t, id=label) for label, e, t in COPIES])
def test_a_copy_is_found(earlier: str, later: str) -> None:
    assert copies_of_texts(["a", "b"], [earlier, later], [FIRST, SECOND]) == [None, "a"]


@pytest.mark.parametrize(("earlier", "later"), [pytest.param(e, t, id=label) for label, e, t in DIFFERENT])
def test_another_article_is_none(earlier: str, later: str) -> None:
    assert copies_of_texts(["a", "b"], [earlier, later], [FIRST, SECOND]) == [None, None]


def test_in_one_collection_copies_find_the_right_originals() -> None:
    """All four wire articles, their other reports, and every copy of them, in any order."""
    texts = {name: text for name, text in ARTICLES.items() if not name.startswith("weather")}
    wanted: dict[str, str | None] = dict.fromkeys(texts)
    for number, (_, earlier, later) in enumerate(COPIES):
        owner = next((name for name in ARTICLES if ARTICLES[name] == earlier), None)
        if owner:
            texts[f"copy {number}"], wanted[f"copy {number}"] = later, owner
    assert len(texts) > 30
    names = list(texts)
    random.Random(3).shuffle(names)
    dates = [FIRST if name in ARTICLES else SECOND for name in names]
    assert dict(zip(names, copies_of_texts(names, [texts[name] for name in names], dates), strict=True)) == wanted


def test_furniture_longer_than_the_articles_makes_no_copies_but_hides_none() -> None:
    bodies = [ARTICLES[name] for name in ("harbour", "dam_other", "school", "clinic", "school_other")]
    pages = [f"{ADDED['menu']}\n\n{cut(body, 0.5)}\n\n{ADDED['appeal']}" for body in bodies]
    ids = [str(number) for number in range(6)]
    assert copies_of_texts(ids, [*pages, pages[2] + " " + ADDED["lead"]], [None] * 6) == [None] * 5 + ["2"]


def test_the_original_is_the_earliest_then_the_first() -> None:
    texts = [HARBOUR + " " + ADDED["lead"], HARBOUR, "Quay\n\n" + HARBOUR]
    assert copies_of_texts(["a", "b", "c"], texts, [SECOND, FIRST, SECOND]) == ["b", None, "b"]
    assert copies_of_texts(["a", "b", "c"], texts, [FIRST, FIRST, FIRST]) == [None, "a", "a"]
    assert copies_of_texts(["a", "b", "c"], texts, [None, SECOND, None]) == ["b", None, "b"]
    assert copies_of_texts(["a", "b", "c"], texts, [None, None, None]) == [None, "a", "a"]


def test_a_copy_of_a_copy_points_to_the_original() -> None:
    second = without(HARBOUR, 4) + "\n\n" + ADDED["local"]
    third = "\n\n".join([*second.split("\n\n")[-3:], ADDED["lead"]])
    assert copies_of_texts(["a", "c"], [HARBOUR, third], [FIRST, SECOND]) == [None, None]
    assert copies_of_texts(["a", "b", "c"], [HARBOUR, second, third], [FIRST, SECOND, SECOND]) == [None, "a", "a"]


def test_a_round_up_does_not_join_what_it_holds() -> None:
    texts = [HARBOUR, DAM, CLINIC, "\n\n".join((HARBOUR, DAM, CLINIC))]
    found = copies_of_texts(["a", "b", "c", "d"], texts, [FIRST, FIRST, FIRST, SECOND])
    assert found[:3] == [None, None, None]


def test_what_long_articles_share_is_estimated_without_bias() -> None:
    """With samples of 500 of 2,000 shingles, a shared part of 0.6 is estimated to within about 0.03."""
    found: dict[int, int] = {}
    for words in (1060, 1200, 1340):
        texts = [
            text
            for seed in range(40)
            for text in (made(2000, seed), piece(made(2000, seed), 0, words) + " " + made(2000 - words, seed + 100))
        ]
        found[words] = 80 - copies_of_texts([str(at) for at in range(80)], texts, [None] * 80).count(None)
    assert found[1060] <= 2
    assert 10 <= found[1200] <= 30
    assert found[1340] >= 38


def test_many_copies_of_one_article_take_seconds() -> None:
    text = made(300)
    texts = [text] + [edited(text, 25, seed) for seed in range(1500)]
    ids = [str(number) for number in range(len(texts))]
    sketches = [sketch(own) for own in texts]
    begun = time.process_time()
    assert copies(ids, [None] * len(ids), sketches) == [None] + ["0"] * 1500
    assert time.process_time() - begun < 4


def test_neither_order_nor_parts_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [
        page for name, text in ARTICLES.items() for page in (text, cut(text, 0.6), edited(text + ADDED["local"], 20))
    ]
    ids = [str(number) for number in range(len(texts))]
    dates = [FIRST + datetime.timedelta(days=day) for day in range(len(texts))]
    found = dict(zip(ids, copies_of_texts(ids, texts, dates), strict=True))
    assert sum(original is not None for original in found.values()) > 10
    monkeypatch.setattr("tone.sketches._BLOCK", 3)
    monkeypatch.setattr("tone.sketches._PART", 1)
    monkeypatch.setattr("tone.copies._PAIRS_AT_ONCE", 2)
    mixed = random.Random(1).sample(range(len(texts)), len(texts))
    again = copies_of_texts([ids[at] for at in mixed], [texts[at] for at in mixed], [dates[at] for at in mixed])
    assert dict(zip([ids[at] for at in mixed], again, strict=True)) == found


def test_sketches_may_be_read_anew_each_time() -> None:
    """From a disk, say, so that no more than one need be held."""

    class Read:
        def __iter__(self) -> Iterator[NDArray[np.uint64]]:
            yield from map(sketch, texts)

    texts = [made(300), made(40, 2), edited(made(300), 25, 1), made(1500, 3), made(40, 2), "Nothing."]
    ids = [str(number) for number in range(len(texts))]
    assert copies(ids, [None] * len(ids), Read()) == [None, None, "0", None, "1", None]


@pytest.mark.parametrize(
    ("words", "least", "most"), [(0, 16, 16), (29, 16, 128), (400, 950, 1050), (20_000, 1900, 2048)]
)
def test_a_sketch_is_small(words: int, least: int, most: int) -> None:
    assert least <= sketch(made(words)).nbytes <= most


def test_a_sketch_is_the_same_in_every_process_and_version() -> None:
    """Sketches are kept in files, which a later run goes on from."""
    code = "import sys; from tone.copies import sketch; print(sketch(sys.argv[1]).tolist()[:4])"
    done = subprocess.run([sys.executable, "-c", code, SHORT], check=True, capture_output=True, text=True)
    assert json.loads(done.stdout) == sketch(SHORT.upper()).tolist()[:4] == KNOWN_SKETCH


def test_sequences_of_different_lengths_are_refused() -> None:
    assert copies([], [], []) == []
    with pytest.raises(ValueError, match="not 2, 1 and 0"):
        copies(["a", "b"], [None], [])


VARIANTS: Final[dict[str, tuple[Callable[[str, str], str], float]]] = {
    "headline": (lambda text, _: "News of another desk\n\n" + text, 1.0),
    "half": (lambda text, _: cut(text, 0.5), 1.0),
    "local": (lambda text, other: text + "\n\n" + cut(other, 0.3), 1.0),
    "cut and local": (lambda text, other: cut(text, 0.7) + "\n\n" + cut(other, 0.2), 1.0),
    "edited": (lambda text, other: edited(text, 16, len(other)), 1.0),
    "edited much": (lambda text, other: edited(text, 10, len(other)), 0.9),
}


@pytest.fixture(scope="module")
def corpus() -> list[str]:
    return [labelled.text for labelled in read([Path(__file__).parents[1] / "seeds" / "corpus"])][::3]


@pytest.mark.parametrize("copied_first", [False, True])
@pytest.mark.parametrize("variant", VARIANTS)
def test_precision_and_recall_on_the_corpus(corpus: list[str], variant: str, copied_first: bool) -> None:
    change, least = VARIANTS[variant]
    changed = [change(text, corpus[at - 1]) for at, text in enumerate(corpus)]
    texts = [*changed, *corpus] if copied_first else [*corpus, *changed]
    ids = [str(number) for number in range(len(texts))]
    found = copies_of_texts(ids, texts, [None] * len(texts))
    right = sum(found[len(corpus) + at] == str(at) for at in range(len(corpus)))
    assert len(corpus) > 100
    assert sum(value is not None for value in found) == right  # precision 1.0
    assert right / len(corpus) >= least


def test_a_thousand_articles_take_seconds() -> None:
    rng = random.Random(1)
    words = [f"word{number}" for number in range(20_000)]
    texts = [" ".join(rng.choices(words, k=400)) for _ in range(1000)]
    begun = time.process_time()
    assert copies_of_texts([str(n) for n in range(1000)], texts, [None] * 1000) == [None] * 1000
    assert time.process_time() - begun < 4
