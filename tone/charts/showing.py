"""Charts without the network: in Jupyter, and as a picture within a page."""

import io
from typing import Any, Final

import altair as alt
from altair.utils.mimebundle import spec_to_mimebundle

RENDERER: Final = "tone-offline"

VEGA_LITE: Final = "application/vnd.vegalite.v5+json"
"""What JupyterLab 4, Notebook 7 and VS Code draw with scripts of their own. They know no later version; the charts of
this package look the same in version 5."""

_SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v5.json"


def offline() -> None:
    """Show all altair charts in Jupyter without the network from now on, with tooltips.

    Altair's own way loads scripts from a server. This one leaves drawing to the notebook's own Vega-Lite, and adds a
    picture for what has none (GitHub, nbconvert). Undone by ``altair.renderers.enable("default")``.
    """
    alt.renderers.register(RENDERER, _bundle)
    alt.renderers.enable(RENDERER)


def svg(chart: alt.TopLevelMixin) -> str:
    """The chart as an ``<svg>`` element, to stand in an HTML page: no script, no style, nothing loaded."""
    out = io.StringIO()
    chart.save(out, format="svg")
    return out.getvalue()


def _bundle(spec: dict[str, Any], **_: Any) -> dict[str, Any]:
    """What Jupyter gets of a chart. Ink is dark, so that the paper is white in a dark theme too."""
    white = {"background": "white", **spec, "$schema": _SCHEMA}
    picture = spec_to_mimebundle(spec, format="svg", mode="vega-lite")
    return {VEGA_LITE: white, **picture, "text/plain": "<a chart>"}
