"""A chart straight from a scored collection."""

from typing import TYPE_CHECKING, Any, Final, Literal, get_args

import altair as alt

from tone.charts.net_tone import comparison, speakers
from tone.charts.over_time import timeline
from tone.charts.rows import LIMIT
from tone.charts.shares import claims, tones
from tone.charts.showing import offline
from tone.display import made_with

if TYPE_CHECKING:
    from tone.collection import Collection

Kind = Literal["speakers", "tones", "claims", "timeline", "comparison"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
Chart = alt.LayerChart | alt.HConcatChart | alt.VConcatChart


def draw(
    collection: "Collection",
    kind: Kind = "speakers",
    *,
    limit: int = LIMIT,
    note: str | None = None,
    **options: Any,
) -> Chart:
    """The chart of a report on ``collection``.

    Where altair would load its scripts from a server, charts are shown without the network from here on
    (`tone.charts.offline`).

    Args:
        collection: what `tone.score` or `tone.load` gave.
        kind: ``speakers``, ``tones`` or ``claims`` of `tone.reports.speakers`, ``timeline`` or ``comparison``.
        limit: at most how many speakers to draw; a timeline has none.
        note: a line below the title, by default the versions of tone and the models.
        options: those of the report: `tone.reports.speakers`, `tone.reports.timeline` or `tone.reports.compare`.

    Raises:
        ValueError: an unknown kind, nothing to draw, or what the report raises.
    """
    if kind not in KINDS:
        raise ValueError(f"there is no chart {kind!r}; choose from {', '.join(KINDS)}")
    if alt.renderers.active == "default":
        offline()
    note = note or made_with(collection.manifest)
    match kind:
        case "timeline":
            every, speaker = options.pop("every", "week"), options.pop("speaker", None)
            return timeline(collection.timeline(speaker, every, **options), every=every, speaker=speaker, note=note)
        case "comparison":
            table = collection.compare(**options)
            first, second = _named(options["first"]), _named(options["second"])
            return comparison(table, first=first, second=second, limit=limit, note=note)
        case "tones":
            return tones(collection.speakers(**options), limit=limit, note=note)
        case "claims":
            return claims(collection.speakers(**options), limit=limit, note=note)
        case "speakers":
            return speakers(collection.speakers(**options), limit=limit, note=note)


def _named(side: str | tuple[object, object]) -> str:
    """What one side of a comparison is called: a name, or days as ``2026-01-05 to 2026-02-01``."""
    if isinstance(side, str):
        return side
    since, until = side
    return f"{since or 'the beginning'} to {until or 'the end'}"
