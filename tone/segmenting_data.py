"""The word lists of ``tone.segmenting``. Abbreviations are without their last full stop.

An abbreviation is listed with a capital where only its capitalised form is one ("Ill." but not "ill.").
"""

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What always stands before something: its full stop never ends a sentence.
BEFORE_NAME: Final = _words(
    """
    Mr Mrs Ms Mx Dr Drs Messrs Mmes Mlle Mme Prof Profs Rev Revs Fr Hon Pres Gov Govs Lt Sen Sens Rep Reps Gen Gens
    Col Cols Maj Sgt Capt Cpl Pvt Pfc Spc Cmdr Comdr Brig Adm Vadm Radm Ens Supt Insp Det Atty Attys Amb Sec Secy
    Dir Asst Dep Archbp Bp Sra Srta Msgr Ald Cllr Lieut Lt.Gen Lt.Col Lt.Gov Maj.Gen Ft Mt Mts vs v viz cf e.g
    i.e a.k.a f/k/a c.f Viz Vs
    """
)

# Abbreviations only in front of a number; "no." and "art." are words elsewhere.
BEFORE_NUMBER: Final = _words(
    """
    No Nos no nos Art Arts art Fig Figs fig figs Vol Vols vol vols Ch Chap ch chap Pt pt p pp P Pp par para Sec sec
    Sect Prop Op op Eq eq Ver ver approx Approx est Est c ca circa Rte Rt Rm Ext ext tel Tel Ph ph Div Mar Apr Jun
    Jul Tues Thur Thurs Wed Fri Mon Sat Sun Grp Res H.R S H.J.Res S.J.Res HR Bldg Apt Lot
    """
)

# May stand before a name or end a sentence: only a next word that opens sentences (STARTERS) ends it.
EITHER: Final = _words(
    """
    U.S.A U.A.E U.S.S.R St Ste Jr Sr Jan Feb Aug Sept Sep Oct Nov Dec Inc Incorp Corp Co Cos Ltd Bros Assn Assns
    Assoc Dept Depts Univ Inst Natl Intl Int'l Nat'l Gov't Dep't Comm Cmte Dist Ave Blvd Rd Hwy Pkwy Pl Sq Ln Ct Cir
    Mfg Mgmt Mkt Ed Eds Esq Ret ret U.S U.N U.K E.U Ph.D M.D M.A B.A M.Sc B.Sc D.Phil LL.B LL.M Ed.D Psy.D dept
    govt assn corp inc ltd bros jr sr Tues Thurs Exec exec S.A N.V B.V A.G
    """
)

# May end a sentence before any capital, but not before a bracket or a number: "in Dover, Del. (AP)", "et al. (2019)".
LATE: Final = _words(
    """
    Ala Ariz Ark Calif Colo Conn Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore Tenn Tex
    Del Pa Vt Va Wash Wis Wyo W.Va Ont Que Alta Sask etc al ft lb lbs oz mph hrs yrs
    """
)

# What an address-like abbreviation ("Ill.", "p.m.") runs into when it does not end a sentence.
AFTER_LATE: Final = _words("Gov Govs Sen Sens Rep Reps Atty Lt Del Congressman Congresswoman")
AFTER_TIME: Final = _words(
    """
    ET EST EDT CT CST CDT MT MST MDT PT PST PDT GMT BST UTC CET CEST IST JST HKT AEST AEDT Eastern Central Mountain
    Pacific Greenwich Universal Coordinated Moscow Beijing Local Monday Tuesday Wednesday Thursday Friday Saturday
    Sunday Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun January February March April June July August September
    October November December Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec
    """
)

# Acronyms of states, which an address ends with: "in Newark, N.J."
STATES: Final = _words("N.J N.Y N.C S.C N.D S.D N.M N.H R.I D.C B.C P.E.I N.S L.A N.B")

# What a single letter ends, rather than begins a name: "vitamin C. Doctors say".
LETTERED: Final = _words(
    """
    vitamin plan group part type grade hepatitis schedule category class section article title exhibit option size
    series division team phase tier appendix hall block gate terminal zone point level ward room building form annex
    variant generation influenza
    """
)

# Words that open sentences and hardly ever continue a name, as they are written there.
STARTERS: Final = _words(
    """
    The A An He She It They We You I This That These Those There Here But And Or So Yet In On At By For From With
    Without To As If When While Where Who What Why How Which Whether After Before Since Until Although Though
    Because However Meanwhile Moreover Nevertheless Nonetheless Instead Still Also Both Some Many Most Several All
    Each Even Every Everyone Nobody Nothing None His Her Its Their Our My Your Not Nor Now Then Today Tomorrow
    Yesterday Once Only Other Others Another Under Over Within Among Between During Despite According Asked Such
    Just Perhaps Maybe Yes Earlier Later Let Do Does Did Is Are Was Were Can Could Would Should Have Has Had More
    Less Few Much Any Anyone Thus Therefore Hence Indeed Finally Mr Mrs Ms Across Amid Against
    Along Around Like Unlike Unless Per Too Almost About Nearly Through Throughout Never Neither Either Please
    Thanks Don't Doesn't Didn't Isn't Aren't Can't
    """
)

# The only ones of them that begin a name.
HONORIFICS: Final = _words("Mr Mrs Ms")

# Names that end with a mark of their own.
BRANDS: Final = _words("Yahoo! Yum! Jeopardy! Oklahoma! Joomla! Wham! Kahoot!")

# Verbs that may follow a question or an exclamation and the name of whoever made it.
CUES: Final = _words(
    """
    added adds announced answered answers argued asked asks barked bellowed chanted commented complained concluded
    continued countered cried declared demanded demands exclaimed explained fumed insisted joked mused noted
    observed pleaded posted quipped recalled remarked replied replies responded roared said says screamed shouted
    snapped stated thundered told tweeted urged wondered wonders warned wrote writes yelled
    """
)

# What follows the dot of a domain or a file name.
SUFFIXES: Final = _words(
    """
    com org net gov edu mil int info biz co uk eu io ai app dev tv fm ly gg de fr nl ru cn jp ca au nz ie ch it es
    js ts py rb go rs md txt pdf doc docx xls xlsx csv json xml html htm php asp aspx jpg jpeg png gif svg mp3 mp4
    mov zip exe dll
    """
)
