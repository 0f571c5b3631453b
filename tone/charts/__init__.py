"""Pictures of the reports: each call takes a report's table and returns an altair chart, to be changed at will.

In Jupyter, ``tone.charts.offline()`` shows them without the network (`Collection.chart` sees to that by itself).
``chart.save("speakers.svg")`` writes a picture, also as ``.png`` or ``.pdf``, and
``chart.save("speakers.html", inline=True)`` a page that opens offline; `svg` gives one to stand in a page of your own.

Colours mean the same in all of them (`tone.palette`): blue is constructive, orange cautious, grey neutral or not clear.
"""

try:
    from tone.charts.drawing import draw
    from tone.charts.net_tone import comparison, speakers
    from tone.charts.over_time import timeline
    from tone.charts.quality import reliability
    from tone.charts.shares import claims, tones
    from tone.charts.showing import offline, svg
except ModuleNotFoundError as missing:
    if missing.name != "altair":
        raise
    raise ModuleNotFoundError("charts need altair: pip install 'tone[notebook]'", name="altair") from missing

__all__ = ["claims", "comparison", "draw", "offline", "reliability", "speakers", "svg", "timeline", "tones"]
