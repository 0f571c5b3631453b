"""The weights of the features that decide whom a source means, and whether a sentence reports anybody's position."""

import json
from pathlib import Path
from typing import Final

PATH: Final = Path(__file__).with_name("weights.json")
"""Per kind of source, and for "stated", the weight of each feature; written by `tone train speakers`."""
WEIGHTS: Final[dict[str, dict[str, float]]] = json.loads(PATH.read_text(encoding="utf-8"))
