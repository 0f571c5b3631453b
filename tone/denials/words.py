"""The words by which sentences deny, make and name claims, as pieces of regular expressions."""

from typing import Final

DENYING: Final = (
    "brush(?:ed|es|ing)? (?:aside|off)", "contest(?:ed|s|ing)?", "contradict(?:ed|s|ing)?", "contrary to",
    "debunk(?:ed|s|ing)?", "den(?:ied|ies|y|ying)", "disagree(?:d|s|ing)? with", "disavow(?:ed|s|ing)?",
    "dismiss(?:ed|es|ing)?", "disput(?:ed|es?|ing)", "knock(?:ed|s|ing)? down", "laugh(?:ed|s|ing)? off",
    "no truth (?:in|to)", "play(?:ed|s|ing)? down", "pour(?:ed|s|ing)? cold water on",
    "push(?:ed|es|ing)? back (?:on|against|at)", "rebuff(?:ed|s|ing)?", "rebut(?:ted|s|ting)?", "refut(?:ed|es?|ing)",
    "reject(?:ed|s|ing)?", "repudiat(?:ed|es?|ing)", "rubbish(?:ed|es|ing)", "rul(?:ed?|es|ing) out",
    "scoff(?:ed|s|ing)? at", "sho(?:o?t|ots|oting) down", "turn(?:ed|s|ing)? down",
    "wav(?:ed?|es|ing) (?:aside|away|off)",
)  # fmt: skip
"""What is denied stands after these."""

ANSWERING: Final = (
    "answer(?:ed|s)", "counter(?:ed|s)", "repl(?:ied|ies)", "respond(?:ed|s)", "retort(?:ed|s)",
    "(?:fired|hit|shot) back",
)  # fmt: skip
"""Verbs of those who speak to what was said just before."""

CLAIM_NOUNS: Final = (
    "accounts?", "accusations?", "allegations?", "arguments?", "assertions?", "assumptions?", "characteri[sz]ations?",
    "charges?", "claims?", "complaints?", "contentions?", "criticisms?", "gossip", "insinuations?", "narratives?",
    "notions?", "readings?", "reports?", "rumou?rs?", "speculation", "stor(?:y|ies)", "suggestions?", "talk",
    "theor(?:y|ies)", "version",
)  # fmt: skip
"""What those who deny a claim call it."""

ACCUSING: Final = (
    "accus(?:ed?|es|ing)", "alleg(?:ed?|es|ing|edly)", "assert(?:ed|s|ing)?", "blam(?:ed?|es|ing)", "charged that",
    "claim(?:ed|ing|s that)", "complain(?:ed|s|ing)?", "contend(?:ed|s|ing)?", "hint(?:ed|s|ing)?",
    "insinuat(?:ed?|es|ing)", "suggest(?:ed|s|ing)?", "suspect(?:ed|s|ing)?",
)  # fmt: skip
"""Verbs with which a claim is made that somebody may deny."""

PROPOSING: Final = (
    "call(?:ed|s|ing)? (?:for|on)", "demand(?:ed|s|ing)?", "invit(?:ed?|es|ing)", "must", "offer(?:ed|s|ing)?",
    "propos(?:als?|ed?|es|ing)", "should", "urg(?:ed?|es|ing)", "want(?:ed|s)?",
)  # fmt: skip
"""Words of those who ask or offer what somebody may reject."""

HEARSAY: Final = (
    "(?:are|is|was|were|been) (?:said|rumou?red|told)", "asked (?:about|if|whether)", "gossip", "headlines?", "hearsay",
    "leak(?:ed|s)?", "media", "newspapers?", "online", "posts?", "radio", "report that", "reported(?:ly)?", "reports",
    "rumou?rs?", "speculation", "stor(?:y|ies)", "talk",
    "(?:they|people|some|many|everybody|everyone) (?:keep |all )?(?:say|saying|tell|telling|think|thinking)",
)  # fmt: skip
"""What tells that a claim goes around, or stood in a paper."""

UNTRUE: Final = (
    "absurd", "baseless", "bogus", "fabricat(?:ed|ion)", "fake", "false", "fiction", "inaccurate", "incorrect",
    "invented", "lies?", "ludicrous", "made up", "misleading", "nonsense", "not the case", "not true", "preposterous",
    "ridiculous", "rubbish", "unfounded", "untrue", "wrong",
)  # fmt: skip
"""What those who deny a claim say that it is."""

NEGATIONS: Final = ("cannot", "neither", "never", "no", "nobody", "none", "nor", "not", "nothing", "nowhere", "zero")
