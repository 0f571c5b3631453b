"""The lines of text files, none of them read further than a limit, and those of a CSV row once more."""

import csv
from collections import deque
from collections.abc import Iterator
from typing import Final, TextIO

_TWICE: Final = 10  # limits' worth of characters that may be read twice: an end to what broken rows can cost


def lines(stream: TextIO, limit: int) -> Iterator[str | None]:
    """The lines of ``stream`` with their ends, None for each of more than ``limit`` characters."""
    while line := stream.readline(limit + 1):
        if len(line) <= limit:
            yield line
            continue
        while len(line) > limit and not line.endswith("\n"):
            line = stream.readline(limit + 1)
        yield None


class RowLines(Iterator[str]):
    """The lines below the header of a CSV file, for its parser, which may take several for a row.

    A quotation mark too few makes it take all the rows up to the next mark: after `back` it gets those again. Iteration
    raises csv.Error where a row has more than ``limit`` characters.
    """

    def __init__(self, below: Iterator[str | None], limit: int) -> None:
        self._below, self._limit = below, limit
        self._row: list[str | None] = []
        self._size = 0
        self._again: deque[str | None] = deque()
        self._twice = _TWICE * limit
        self.number = 1
        """Of the last line that was taken, from 1 for the header."""

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._below)
        self.number += 1
        self._row.append(line)
        self._size += len(line or "")
        if line is None or self._size > self._limit:
            raise csv.Error(f"more than {self._limit:,} characters")
        return line

    def begin(self) -> None:
        """Begin a row."""
        self._row, self._size = [], 0

    def back(self, columns: int, delimiter: str) -> bool:
        """Go back to the second line of the row that was begun last, if that and the others are rows of their own.

        They are where all have as many fields as there are ``columns``, as lines of prose hardly ever do, which the row
        of an article with bare quotation marks consists of. Whether it went back.
        """
        rest = self._row[1:]
        self._twice -= self._size
        if not rest or columns == 1 or self._twice < 0 or not _are_rows(rest, columns, delimiter):
            return False
        self._again.extendleft(reversed(rest))
        self.number -= len(rest)
        return True


def _are_rows(taken: list[str | None], columns: int, delimiter: str) -> bool:
    known = (line for line in taken if line is not None)
    try:
        return all(len(values) == columns for values in csv.reader(known, delimiter=delimiter, strict=True))
    except csv.Error as error:
        return str(error) == "unexpected end of data"  # the last of them goes on below
