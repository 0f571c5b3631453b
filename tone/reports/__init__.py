"""Tables made of scored sentences: how speakers sound and what they claim, compared, over time, and what is behind.

Every report takes the table of sentences and gives a DataFrame. Days are pandas timestamps (``datetime64``), NaT where
unknown. Copies (rows whose ``copy_of`` names the article that theirs is a copy of) count nowhere unless
``copies="all"``: one wire report in thirty papers is said once. A table without a column has nothing in it to know:
no ``copy_of``, no copies; no ``date``, no days.
"""

from tone.reports.behind import CLAIM_COLUMNS, SENTENCE_COLUMNS, claims, who_said
from tone.reports.comparing import COMPARISON_COLUMNS, compare
from tone.reports.counting import ENOUGH
from tone.reports.over_time import TIMELINE_COLUMNS, timeline
from tone.reports.per_speaker import BY, COLUMNS, speakers
from tone.reports.periods import EVERY
from tone.reports.selecting import ALL, NEEDED, require_known
from tone.reports.skipping import summary_skipped
from tone.reports.workbook import workbook

__all__ = [
    "ALL",
    "BY",
    "CLAIM_COLUMNS",
    "COLUMNS",
    "COMPARISON_COLUMNS",
    "ENOUGH",
    "EVERY",
    "NEEDED",
    "SENTENCE_COLUMNS",
    "TIMELINE_COLUMNS",
    "claims",
    "compare",
    "require_known",
    "speakers",
    "summary_skipped",
    "timeline",
    "who_said",
    "workbook",
]
