"""The words of ``tone.when`` that make up an expression of time or stand around it, lower case."""

from typing import Final


def words(text: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(text.split())


def _numbered(text: str, first: int) -> dict[str, int]:
    return {word: number for number, word in enumerate(text.split(), start=first)}


# --- The calendar ----------------------------------------------------------------------------------------------------

MONTHS: Final = _numbered("january february march april may june july august september october november december", 1)
SHORT_MONTHS: Final = {name[:3]: number for name, number in MONTHS.items() if name != "may"} | {"sept": 9}
# Also names of people, or verbs: months only where the words around them say so.
DOUBTFUL_MONTHS: Final = words("march april may june august jan")

WEEKDAYS: Final = _numbered("monday tuesday wednesday thursday friday saturday sunday", 0)
SHORT_WEEKDAYS: Final = {name[:3]: number for name, number in WEEKDAYS.items()} | {"tues": 1, "thur": 3, "thurs": 3}
# "Black Friday", "Mail on Sunday", "The Sunday Times" and "every Friday" name no day to come.
BEFORE_WEEKDAY: Final = words("good black ash super bloody palm holy maundy shrove easter whit cyber every each most")
AFTER_WEEKDAY: Final = words("times telegraph mirror express post mail herald world people record")

# Their feasts fall on other days.
OTHER_CALENDARS: Final = words("orthodox coptic chinese lunar persian jewish islamic")

SEASONS: Final = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
# "Before the summer recess" is before the summer; "the autumn statement" says no time.
SEASONAL: Final = words("recess break holiday holidays term season session sitting")

UNITS: Final = {
    "hour": "hour", "day": "day", "night": "day", "week": "week", "weekend": "weekend", "fortnight": "fortnight",
    "month": "month", "quarter": "quarter", "year": "year", "decade": "decade",
}  # fmt: skip
PLURALS: Final = {f"{word}s": unit for word, unit in UNITS.items() if word not in {"weekend", "quarter", "decade"}}

NUMBERS: Final = {
    **_numbered("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen", 1),
    **_numbered("seventeen eighteen nineteen twenty", 17),
    "a": 1,
    "an": 1,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "ninety": 90,
}
ORDINALS: Final = {
    "first": 1, "opening": 1, "second": 2, "latter": 2, "third": 3, "fourth": 4, "last": -1, "final": -1,
}  # fmt: skip
QUARTERS: Final = {"q1": 1, "q2": 2, "q3": 3, "q4": 4}

PARTS: Final = {
    "early": "early", "mid": "mid", "middle": "mid", "late": "late", "end": "end", "close": "end", "start": "start",
    "beginning": "start", "outset": "start", "later": "later", "rest": "later", "remainder": "later", "earlier": "past",
}  # fmt: skip
DETERMINERS: Final = {
    "this": 0, "current": 0, "next": 1, "coming": 1, "upcoming": 1, "following": 1,
    "last": -1, "past": -1, "previous": -1,
}  # fmt: skip
DAY_PARTS: Final = words("morning afternoon evening night noon midday midnight lunchtime")

# Next to a year they make it a date: "the 2026 election".
EVENTS: Final = words(
    """
    election elections vote race campaign summit games olympics paralympics tournament championship championships cup
    midterm midterms primary primaries referendum census season budget conference congress presidential world winter
    summer general
    """
)

# --- What stands before an expression --------------------------------------------------------------------------------

# Between an introduction and its date: "by noon on Friday", "until about 9 a.m. on the 5th", "ahead of the looming …".
FILLERS: Final = words(
    """
    on the at noon midnight midday about around roughly approximately sometime as early soon a p m am pm . et est edt
    ct pt gmt bst cet ist local time close of business morning afternoon evening night lunchtime late even possibly
    perhaps maybe least looming
    """
)
NOON: Final = words("noon midday midnight")
# The same within a range, where "late" and "of" begin an expression of their own.
RANGE_FILLERS: Final = FILLERS - words("early late soon as of") | {"in"}
DEADLINES: Final = words("by until till til through thru within")
BEFORES: Final = words("before ahead prior")

MONTH_STARTS: Final = words(
    """
    in by until till til since before after from through thru during of early mid late end next this last coming
    following between and or - to come for as throughout over
    """
)
YEAR_STARTS: Final = words("in by until till before since from through during of early mid late to after fiscal year")
SEASON_STARTS: Final = words("in by until till til before from during over to for after through this since")
ORDINAL_STARTS: Final = words(
    "on by until till before after from since through around about between to of and or for late early be is"
)
# "Set for May", but not "support for May".
SET: Final = words("set scheduled planned due slated expected penciled pencilled booked down off back hearing vote")

COUNT_FILLERS: Final = words(
    "about around roughly approximately just under less than only as little another at most the"
)

# --- What stands after it --------------------------------------------------------------------------------------------

RANGES: Final = words("to until till through thru - –")
# After "within two weeks": of the ruling, after the vote; nobody has said when that is.
ANCHORS: Final = words("of after before since ago earlier later prior following old sooner until on")
# A date may end before these; any other word makes "the 21st century", "in 2026 cases".
FUNCTION: Final = words(
    """
    and or but to at in on of for with from by until when where while as if that which who because after before the a
    an its their his her this is are was were will would could should may might can must has have had he she it they
    we i you there then also so not though although since unless under over between than both instead rather only
    either morning afternoon evening night through via within during ahead into out up each all no once
    """
)

# --- What makes it no time to come -----------------------------------------------------------------------------------

# "The first visit in two years".
RECORDS: Final = words("first last only time times worst best most least once twice record second third")
# With "until" and "before" they turn a deadline into a beginning: "will not rule until Friday".
NEVER: Final = words("not no never neither nor 't cannot unlikely nobody none nothing without")
FORMERLY: Final = words("originally initially previously formerly earlier first")
