"""All reports of a collection at once, as the sheets of a workbook."""

from typing import Any, Final

import pandas as pd

from tone.codebook import CLAIMS
from tone.reports.behind import claims, who_said
from tone.reports.over_time import timeline
from tone.reports.per_speaker import By, speakers

_SPLITS: Final[dict[By, str]] = {"source": "source", "topic": "topic", "month": "date"}


def workbook(
    sentences: pd.DataFrame, articles: pd.DataFrame, skipped: pd.DataFrame, *, min_sentences: int = 1, **filters: Any
) -> dict[str, pd.DataFrame]:
    """The tables of a collection, by name.

    ``speakers``; ``speakers_by_source``, ``speakers_by_topic`` and ``speakers_by_month`` where the sentences know it;
    ``timeline`` of all speakers by week, where there are dates; ``progress``, ``schedule`` and ``denial`` claims; the
    ``sentences`` behind the figures; ``articles`` without their text; the ``skipped`` inputs. ``filters`` are
    ``since, until, source, topic, copies`` as in `speakers`; articles and skipped inputs are all there in any case.

    Raises ValueError as the reports do.
    """
    tables = {"speakers": speakers(sentences, min_sentences=min_sentences, **filters)}
    for by, column in _SPLITS.items():
        if column in sentences.columns and sentences[column].notna().any():
            tables[f"speakers_by_{by}"] = speakers(sentences, by=by, min_sentences=min_sentences, **filters)
    if "speakers_by_month" in tables:
        tables["timeline"] = timeline(sentences, **filters)
    tables |= {claim: claims(sentences, claim, **filters) for claim in CLAIMS}
    tables["sentences"] = who_said(sentences, **filters)
    tables["articles"] = articles.drop(columns="text", errors="ignore")
    tables["skipped"] = skipped
    return tables
