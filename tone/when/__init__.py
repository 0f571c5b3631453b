"""When a schedule claim says that something will happen: words such as "by the end of next week" as two days.

What a claim speaks of is decided by rules, each of which the cases in ``tests/cases/when.json`` show:

- *Seen from the article's date.* A stretch that has begun starts on that date; what has gone by is nothing to come.
- *Weekdays* are the next ones. On the same weekday it is that very day, since news copy names its own day, unless the
  words around it are in the past ("said on Friday", which is then no schedule). "Next Friday" is that of the next
  calendar week, "this coming Friday" a later day in any case, "Friday week" seven days after the next Friday.
- *Weeks* run from Monday to Sunday. "This week" said on a Sunday is the one that begins.
- *Days, months and holidays without a year* are the next ones, also next year's: "by March 31" in December. One that
  went by is meant by a verb in the past, and without a verb if that was in the last 60 days and the next is 240 away.
- *Parts.* Early, mid and late are thirds; the start and the end of a month its first and last seven days, of a year
  its first and last month (`periods.part`). Seasons are northern and run by whole months, spring from March.
- *By, until, before* run from the article's date to the last day that the words allow: "by May" to 31 May, "before
  May" to 30 April. "Not until May" and "not before May" are May. "After Friday" is taken for the seven days after it;
  "from Friday" and "no earlier than Friday" for that day.
- *Lengths.* "In two weeks" is that day, "in two months" that month, "in two years" that year; "within two weeks" every
  day up to it. "The coming days" are the days 1 to 7 from the date, the coming weeks 28 days, months six months, years
  five years; and so are "a few".
- *Several times in a sentence.* The new date of what was moved comes first ("postponed from Monday to Thursday"), then
  one by a verb of what is to come, then others; old dates ("originally set for 3 May") come last. Of equals the first.
  "Friday's hearing has been cancelled" speaks of Friday.
- *Nothing* for "soon", "in due course", "after the harvest", and for figures that can be read in two ways (04/05/2026).

The rules are our own: of the first 109 cases dateparser 1.5 gets 40, because it knows neither stretches of time nor
tense, and takes some forty times as long.
"""

from tone.when.choosing import When, resolve

__all__ = ["When", "resolve"]
