"""The speakers' report of a table of sentences that need not fit into memory."""

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tone.codebook import CLAIMS
from tone.exports import csv_text
from tone.reports import speakers
from tone.store.files import whole

ROWS: Final = 100_000
"""About how many sentences at most are counted at a time."""

_COLUMNS: Final = ("article", "speaker", "speaker_kind", "tone", *CLAIMS, "date", "copy_of")


def write_report(sentences: Path, report: Path) -> int:
    """Write what `tone.reports.speakers` says of a table of sentences, and return the number of its rows.

    A speaker's figures depend on the speaker's own sentences alone, so the speakers are taken in groups: by a checksum
    of the name, as many that a group has about `ROWS` sentences or fewer. Raises OSError.
    """
    said = sum(len(part) for part in _said(sentences, ["speaker"]))
    groups = max(1, -(-said // ROWS))
    tables = [speakers(_group(sentences, group, groups)) for group in range(groups)]
    whole_report = pd.concat([table for table in tables if len(table)] or tables[:1])
    ascending = {"sentences": False, "articles": False, "speaker": True}
    whole_report = whole_report.sort_values(list(ascending), ascending=list(ascending.values()), ignore_index=True)
    with whole(report) as part:
        part.write_text(csv_text(whole_report), encoding="utf-8", newline="")
    return len(whole_report)


def _group(sentences: Path, group: int, groups: int) -> pd.DataFrame:
    """The sentences of the speakers in a group."""
    chosen = []
    for part in _said(sentences, _COLUMNS):
        names = part["speaker"].combine_chunks()
        mine = [zlib.crc32(name.encode()) % groups == group for name in names.dictionary.to_pylist()]
        chosen.append(part.filter(pa.array(mine, pa.bool_()).take(names.indices)))
    plain = pa.schema([(name, pq.read_schema(sentences).field(name).type) for name in _COLUMNS])
    frame: pd.DataFrame = pa.concat_tables([part.cast(plain) for part in chosen] or [plain.empty_table()]).to_pandas()
    return frame


def _said(sentences: Path, columns: "tuple[str, ...] | list[str]") -> Iterator[pa.Table]:
    """The rows with a speaker, a row group at a time; names as a dictionary."""
    with pq.ParquetFile(sentences) as file:
        for number in range(file.num_row_groups):
            rows = file.read_row_group(number, list(columns), use_threads=False)
            rows = rows.filter(pc.is_valid(rows["speaker"]))
            at = rows.column_names.index("speaker")
            yield rows.set_column(at, "speaker", rows["speaker"].dictionary_encode().unify_dictionaries())
