"""Shards → the final tables: one name a person over the whole collection, and copies found, in two passes.

The first collects names and compares sketches of texts, the second writes; neither holds more than one shard's rows.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tone.copies import copies
from tone.memory import give_back
from tone.models import sha256
from tone.sketches import Sketch
from tone.speakers.collection import EXPANDED, Names, Survey
from tone.store import shards
from tone.store.files import whole, writing
from tone.store.folder import REPORT
from tone.store.report import write_report
from tone.store.shards import Shard
from tone.tables import SCHEMAS


def finish(out: Path, written: Sequence[Shard]) -> dict[str, dict[str, Any]]:
    """Write the final tables and the speakers' report into ``out`` from its shards, which are those of a whole run.

    Returns for each file the number of its rows and its sha256. What is there with such a name is replaced. Raises
    StoreError.
    """
    give_back()
    names, originals = _survey(out, written)
    give_back()
    rows = dict.fromkeys(SCHEMAS, 0)
    with writing(out):
        with ExitStack() as open_files:
            drafts = {name: open_files.enter_context(whole(out / f"{name}.parquet")) for name in SCHEMAS}
            with ExitStack() as writers:
                tables = {
                    name: writers.enter_context(pq.ParquetWriter(drafts[name], schema, compression="zstd"))
                    for name, schema in SCHEMAS.items()
                }
                for shard, copy_of in zip(written, originals, strict=True):
                    for name, table in _final(out, shard, names, copy_of):
                        rows[name] += table.num_rows
                        if table.num_rows:
                            tables[name].write_table(table, row_group_size=table.num_rows)
        give_back()
        speakers = write_report(out / "sentences.parquet", out / REPORT)
    counts = {**{f"{name}.parquet": number for name, number in rows.items()}, REPORT: speakers}
    return {name: {"rows": number, "sha256": sha256(out / name)} for name, number in counts.items()}


# --- the first pass --------------------------------------------------------------------------------------------------


def _survey(out: Path, written: Sequence[Shard]) -> tuple[Names, Iterator[pa.Array]]:
    """What names become, and for each shard the ids that its articles are copies of."""
    survey = Survey()
    ids: list[str] = []
    dates: list[Any] = []
    lengths: list[int] = []
    for shard in written:
        articles = shards.table(out, shard, "articles", ["article", "date"])
        _take_note(survey, shards.table(out, shard, "quotes"), articles["article"], len(ids))
        ids += articles["article"].to_pylist()
        dates += articles["date"].to_pylist()
        lengths.append(len(articles))
    found = pa.array(copies(ids, dates, _Sketches(out, written)), pa.string())
    starts = np.cumsum([0, *lengths]).tolist()
    return survey.names(), (found.slice(start, length) for start, length in zip(starts, lengths, strict=False))


def _take_note(survey: Survey, quotes: pa.Table, articles: pa.ChunkedArray, first: int) -> None:
    """Take note of the speakers of a shard's attributions; ``first`` is the number of its first article."""
    place = pc.index_in(quotes["article"], value_set=articles.combine_chunks())
    said = quotes.select(["quote", "speaker", "speaker_kind"]).append_column("place", place)
    said = said.filter(pc.is_valid(said["speaker"]))
    said = said.group_by(["place", "speaker", "speaker_kind"]).aggregate([("quote", "count_distinct")])
    for row in said.sort_by([("place", "ascending")]).to_pylist():
        survey.add(first + row["place"], row["speaker"], row["speaker_kind"], row["quote_count_distinct"])


@dataclass(frozen=True, slots=True)
class _Sketches:
    """The sketches of all shards, in order, read anew each time: memory holds those of one shard."""

    out: Path
    written: Sequence[Shard]

    def __iter__(self) -> Iterator[Sketch]:
        for shard in self.written:
            lists = shards.table(self.out, shard, "articles", ["sketch"])["sketch"].combine_chunks()
            values, ends = lists.flatten().to_numpy(), np.cumsum(pc.list_value_length(lists).to_numpy()).tolist()
            yield from (values[start:end] for start, end in zip([0, *ends], ends, strict=False))


# --- the second pass -------------------------------------------------------------------------------------------------


def _final(out: Path, shard: Shard, names: Names, copy_of: pa.Array) -> Iterator[tuple[str, pa.Table]]:
    """A shard's tables, one by one, with the collection's names and its copies."""
    ids = shards.table(out, shard, "articles", ["article"])["article"].combine_chunks()
    for name, schema in SCHEMAS.items():
        table = shards.table(out, shard, name)
        if name in ("sentences", "quotes"):
            table = _renamed(table, names)
        if name in ("sentences", "articles"):
            place = pc.index_in(table["article"], value_set=ids).combine_chunks()
            table = _with(table, "copy_of", copy_of.take(place))
        yield name, table.select(schema.names).cast(schema)


def _renamed(table: pa.Table, names: Names) -> pa.Table:
    """The table with other names in ``speaker``, and with ``speaker_rule``, where it has that, saying so."""
    known = table.select(["speaker", "speaker_kind"]).combine_chunks()
    key = (
        pc.binary_join_element_wise(known["speaker_kind"], known["speaker"], "\t").combine_chunks().dictionary_encode()
    )
    new, expanded = [], []
    for pair in key.dictionary.to_pylist():
        kind, _, name = pair.partition("\t")
        renamed, full = names.of(name, kind)
        new.append(renamed)
        expanded.append(full)
    table = _with(table, "speaker", pa.array(new, pa.string()).take(key.indices))
    if "speaker_rule" not in table.column_names:
        return table
    rule = table["speaker_rule"]
    longer = pc.fill_null(pa.array(expanded, pa.bool_()).take(key.indices), False)
    return _with(table, "speaker_rule", pc.if_else(longer, pc.binary_join_element_wise(rule, EXPANDED, ""), rule))


def _with(table: pa.Table, name: str, column: pa.Array) -> pa.Table:
    return table.set_column(table.column_names.index(name), name, column)
