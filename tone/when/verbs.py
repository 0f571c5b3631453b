"""The words of ``tone.when`` that say whether something was or will be, lower case."""

from typing import Final

from tone.when.words import words

FUTURE: Final = words(
    """
    will 'll shall would could might can must should cannot wouldn couldn shouldn going plans plan planning hopes hope
    hoping wants intends intend aims aim expects expect expecting likely deadline upcoming forthcoming poised bound
    threatens threatening vows pledges promises tentatively ought next await awaits awaiting facing pending likelihood
    prospect looming
    """
)
# Of an arrangement: "the trial resumes on Wednesday".
PRESENT: Final = words(
    """
    is are takes begins starts opens resumes meets votes ends expires closes comes runs goes returns arrives reopens
    launches sits convenes gathers decides hears faces concludes lapses falls holds reports lifts rules adjourns rises
    calls gavels leaves flies heads departs slips kicks
    """
)
# The same where a plural stands before it: "ballots go out on Monday", but "the vote on Monday".
PRESENT_PLURAL: Final = words(
    """
    take begin start open resume meet vote end expire close come run go return arrive reopen launch sit convene gather
    decide hear face conclude lapse hold report lift rule certify gavel fly leave travel head debate sign roll
    """
)
# Of a day to come, or of one that had been foreseen.
ARRANGEMENTS: Final = words(
    """
    set scheduled planned due slated expected pencilled penciled booked called fixed promised supposed convened
    earmarked meant
    """
)
# Before an expression they say when it was decided ("cancelled on Monday"), after it what is to come of it.
CHANGED: Final = words("postponed delayed cancelled canceled rescheduled adjourned deferred scrapped shelved moved")
# After "was" and "had been" they leave open whether the day has come.
ARRANGED: Final = ARRANGEMENTS | CHANGED | {"to"}
# After these a form that could be a past is none: "will be held", "to set", "state-led".
MODALS: Final = words("- is are 're be being get will 'll would shall to may might could can cannot should must not 't")

PAST: Final = words(
    """
    was were had did didn wasn weren hadn said told met held began came went took gave made left fell rose hit saw
    sent struck broke won lost wrote spoke found got kept became led brought bought built caught chose drew drove ate
    flew forgot grew heard hid knew laid lay paid ran rang sang sat shook shot shut slept sold stood stole swore swept
    taught thought threw understood withdrew woke wore fought sought dealt felt quit beat cast overthrew overtook
    spent dug hung lent lit rode slid stuck wound begun taken given seen shown spoken written driven fallen broken
    done gone been sank sprang sped fled bled
    """
)
# Their day follows at once ("said on Monday"), or the place where it was said ("told reporters in Lorne on Monday").
SPEECH: Final = words(
    """
    said told added wrote tweeted posted reported declared insisted warned stated confirmed argued claimed says tells
    pledged promised vowed predicted forecast demanded threatened
    """
)
AFTER_SPEECH: Final = words(
    "on in at during to through via from after late early reporters journalists lawmakers parliament that ."
)

# A form in -ed is no verb after these ("the proposed vote", "of retired teachers", "is suspended"), nor in this list.
ADJECTIVES_FOLLOW: Final = words(
    """
    the a an its their his her this these those some any no more new 's our of in on at to from with by for over
    under about against between as be being is are 're -
    """
)
NO_VERBS: Final = words("proceed succeed exceed indeed speed hundred united")

# "Failed to agree on Monday": the infinitive is as past as its verb.
PAST_INFINITIVES: Final = words(
    """
    failed refused managed declined began started continued appeared met gathered flew travelled traveled came went
    used helped convened rushed stepped rose proceeded
    """
)
# "To" after these, and before those, opens no infinitive.
NO_INFINITIVES: Final = words(
    """
    according thanks owing contrary next related access response reply answer damage threat opposition visit trip
    letter message subject close prior
    """
)
NO_VERB_AFTER_TO: Final = words("the a an its their his her this that these those it them him all both each any")

# --- Clauses ---------------------------------------------------------------------------------------------------------

BREAKS: Final = words(
    """
    ; : ( ) — – but that which who whom whose while after before following when because as if whether where although
    though since than unless once
    """
)
QUOTES: Final = words('“ ” ‘ " „ « »')
SOFT_BREAKS: Final = QUOTES | words(", and or")

# --- Moving ----------------------------------------------------------------------------------------------------------

MOVES: Final = words(
    """
    postponed postpones postpone delayed delays delay moved moves move pushed pushes rescheduled shifted shifts
    brought deferred changed adjourned slipped bumped switched shelved postponing delaying moving pushing put
    """
)
# "Again, this time to Thursday": a new date also without a verb of moving.
AGAIN: Final = words("slipped again bumped")
# With one of these or of MOVES in the sentence, "planned for Friday" is an old date if there is another.
STOPS: Final = words("cancelled canceled scrapped instead now rather")
