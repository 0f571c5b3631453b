"""Who said what, in what tone, claiming what: per-speaker tone and claims from news articles.

import tone
scored = tone.score("articles/")
scored.speakers()
"""

from tone.api import NothingScoredError, load, score, score_to
from tone.collection import Collection

__all__ = ["Collection", "NothingScoredError", "load", "score", "score_to"]
