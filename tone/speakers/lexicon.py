"""Word lists of the speaker rules.

All words are lower case, without accents and full stops, as :func:`tone.speakers.names.fold` leaves them.
"""

from typing import Final

from tone.speakers import nations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _by_noun(groups: dict[str, str]) -> dict[str, frozenset[str]]:
    """For each noun of the keys, the words of all values it is a key of."""
    found: dict[str, frozenset[str]] = {}
    for nouns, meant in groups.items():
        for noun in nouns.split():
            found[noun] = found.get(noun, frozenset()) | _words(meant)
    return found


# --- Words that open a sentence or a phrase in capitals but are no part of a name ------------------------------------

NOT_NAMES: Final = _words(
    """
    a an the this that these those it its he she his her him they their them we our us i my me you your who whom whose
    which what when where why how there here and or but nor so yet if as at by for from in into of off on onto out
    over to under up with without within about above across after against along amid among around because before
    behind below beneath beside besides between beyond despite down during except following since than though although
    through throughout till toward towards until unless upon versus via while whereas whether like unlike near not no
    none neither either both each every all any some many most more much few fewer several other others another such
    same own only also even still just again already always never often once soon then now later earlier meanwhile
    however instead indeed perhaps maybe yes well thus hence therefore moreover furthermore nonetheless nevertheless
    otherwise asked said says say speaking according responding responded replied replies writing citing quoting told
    tells adds added adding noting noted notes warns warned calling called concluded claims claimed argues argued asks
    insists insisted asking given last next related coverage first second third former current one two three four five
    six seven eight nine ten dozens hundreds thousands millions today yesterday tomorrow tonight is are was were be
    been being has have had do does did will would can could may might shall should must let lets get got go see read
    image photo credit video watch breaking exclusive updated update opinion analysis editorial contributed
    contributing editor writes wrote
    """
)
NUMBERS: Final = _words(
    """
    one two three four five six seven eight nine ten first second third new old free
    """
)
CALENDAR: Final = _words(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december jan feb mar apr jun jul aug sept sep oct nov dec spring summer autumn fall
    winter christmas easter ramadan thanksgiving
    """
)

# --- Titles and roles ------------------------------------------------------------------------------------------------

HONORIFICS: Final[dict[str, str]] = {
    "mr": "m", "mister": "m", "sir": "m", "lord": "m", "monsieur": "m", "señor": "m", "senor": "m", "father": "m",
    "brother": "m", "baron": "m", "prince": "m", "king": "m", "mullah": "m", "ayatollah": "m", "imam": "m",
    "mrs": "f", "ms": "f", "miss": "f", "madam": "f", "madame": "f", "lady": "f", "dame": "f", "baroness": "f",
    "princess": "f", "queen": "f", "sister": "f", "senora": "f", "señora": "f",
    "dr": "", "doctor": "", "prof": "", "professor": "", "rev": "", "reverend": "", "pastor": "", "rabbi": "",
    "cllr": "", "comrade": "", "maulana": "m", "mufti": "m", "nana": "",
    "bishop": "", "archbishop": "", "cardinal": "", "pope": "m", "sheikh": "m", "sheik": "m", "hon": "", "fr": "m",
}  # fmt: skip
"""What stands before a personal name, and the gender it tells, if any."""

ROLES: Final = _words(
    """
    professor doctor pastor rabbi imam president premier chancellor minister secretary undersecretary senator senators
    sen sens representative representatives rep reps congressman congresswoman congressmen governor governors gov
    lieutenant lt mayor mayors ambassador ambassadors envoy consul attorney attorneys prosecutor prosecutors judge
    judges justice justices magistrate sheriff deputy deputies officer officers chief chiefs marshal constable
    detective inspector sergeant sgt captain capt colonel col major maj general gen admiral adm commodore brigadier
    commander cmdr commandant cpl corporal private pvt agent agents director directors chairman chairwoman chairperson
    chairwomen chairmen chair cochair leader leaders speaker whip head administrator commissioner commissioners
    comptroller controller treasurer auditor superintendent supervisor councilman councilwoman councilor councillor
    alderman selectman assemblyman assemblywoman delegate lawmaker lawmakers legislator legislators mp mps mep meps
    msp td peer politician politicians candidate candidates nominee contender hopeful challenger incumbent spokesman
    spokeswoman spokesperson spokespeople spokesmen spokeswomen aide aides adviser advisers advisor advisors counsel
    counselor counsellor strategist strategists consultant consultants pollster operative lobbyist activist activists
    organizer organiser advocate advocates campaigner campaigners manager managers executive executives ceo cfo coo
    cto founder cofounder owner owners partner president-elect vice-president boss tycoon magnate mogul billionaire
    entrepreneur businessman businesswoman banker investor trader broker economist economists analyst analysts
    researcher researchers scientist scientists scholar scholars fellow professors lecturer academic academics
    historian sociologist psychologist epidemiologist virologist physician surgeon nurse nurses doctors dentist
    teacher teachers principal headteacher dean provost chaplain priest cleric theologian author authors writer
    novelist journalist journalists reporter reporters correspondent correspondents columnist columnists editor
    editors anchor host cohost co-host commentator commentators pundit broadcaster presenter producer photographer
    actor actress singer comedian artist filmmaker coach trainer striker goalkeeper midfielder quarterback player
    driver farmer farmers grower fisherman worker workers employee employees staffer staffers engineer engineers
    architect developer pilot lawyer lawyers solicitor barrister litigator defendant plaintiff suspect witness victim
    survivor resident residents voter voters neighbor neighbour friend relative brother sister mother father mum dad
    son daughter wife husband widow widower uncle aunt cousin nephew niece grandmother grandfather parent parents
    student students graduate pupil veteran soldier fighter rebel warlord militant insurgent dissident refugee migrant
    official officials diplomat diplomats bureaucrat regulator regulators watchdog mediator mediators negotiator
    negotiators arbitrator observer observers monitor investigator investigators examiner coroner expert experts
    specialist specialists technician secretary-general director-general member members shadow frontbencher
    backbencher prefect bishop sheikh counterpart colleague successor predecessor rancher dealer figure source sources
    insider person people man woman men women guy teenager boy girl democrat republican conservative liberal
    independent tory democrats republicans conservatives liberals dictator ruler emir sultan king queen prince
    princess crown monarch czar tsar guru legend star chef landlord tenant shopkeeper restaurateur clerk registrar
    librarian curator conductor steward ombudsman whistleblower whistle-blower contractor planner surveyor forecaster
    meteorologist geologist ecologist biologist chemist physicist climatologist hydrologist agronomist vet
    veterinarian zoologist therapist paramedic firefighter firefighters lifeguard undersheriff patrolman trooper
    corrections warden coordinator emissary statesman jurist stepfather stepmother girlfriend boyfriend fiancee fiance
    spouse cabinet-member officeholder front-runner frontrunner rival opponent guard janitor cook waiter bartender
    barber plumber electrician carpenter miner fisher beekeeper shepherd
    """
)
"""Nouns that say what a person is or does; in capitals they also end the title before a name."""

FEMALE_ROLES: Final = _words(
    """
    spokeswoman chairwoman congresswoman councilwoman assemblywoman businesswoman actress mother sister daughter wife
    widow aunt niece grandmother woman girl queen princess mum headmistress
    """
)
MALE_ROLES: Final = _words(
    """
    spokesman chairman congressman councilman assemblyman alderman selectman businessman father brother son husband
    widower uncle nephew grandfather man boy guy king prince dad emir sultan fisherman
    """
)

STANDS_FOR: Final = _by_noun(
    {
        "lawmaker legislator politician parliamentarian": """
            senator sen representative rep congressman congresswoman mp mep deputy legislator lawmaker assemblyman
            assemblywoman member speaker whip delegate parliament congress senate house democrat republican d r
        """,
        "senator": "sen senator senate lawmaker",
        "congressman congresswoman representative": """
            rep representative congressman congresswoman congress house lawmaker
        """,
        "official": """
            secretary director minister commissioner deputy administrator adviser advisor chief head officer
            ambassador envoy czar mayor undersecretary official treasurer superintendent counsel governor chairman
            coordinator negotiator
        """,
        "leader": """
            president premier prime minister chairman chairwoman leader speaker whip chief head dictator ruler
            chancellor ayatollah king secretary-general majority minority founder
        """,
        "chief head boss": "chief head director ceo president chairman secretary commissioner boss leader executive",
        "executive boss businessman businesswoman": """
            ceo cfo coo executive president founder cofounder chairman owner vice-president director manager chief
            billionaire entrepreneur investor
        """,
        "spokesman spokeswoman spokesperson": "spokesman spokeswoman spokesperson press spokespeople communications",
        "expert specialist": """
            professor fellow analyst economist scientist researcher scholar director expert lawyer epidemiologist
            physician engineer lecturer historian specialist teaches studies
        """,
        "scholar academic": "professor fellow lecturer scholar historian researcher academic teaches dean author",
        "researcher scientist": """
            professor fellow scientist researcher epidemiologist virologist author lecturer ecologist biologist
            hydrologist chemist physicist
        """,
        "analyst strategist": "analyst strategist economist fellow consultant",
        "professor": "professor lecturer teaches prof",
        "lawyer attorney counsel": "attorney lawyer counsel solicitor barrister litigator represents partner",
        "doctor physician": "dr doctor physician surgeon epidemiologist pediatrician cardiologist",
        "officer": "officer police sergeant detective lieutenant captain constable deputy cop trooper",
        "general": "gen general commander",
        "diplomat": "ambassador envoy diplomat minister secretary consul negotiator",
        "envoy negotiator mediator": "envoy negotiator mediator representative ambassador minister",
        "regulator": "head superintendent commissioner chairman director regulator administrator",
        "prosecutor": "attorney prosecutor counsel district da",
        "candidate nominee contender hopeful": "candidate nominee contender hopeful challenger running ran",
        "judge jurist": "judge justice magistrate jurist",
        "commander": "gen general commander admiral colonel chief",
        "minister": "minister secretary chancellor premier",
        "chairman chairwoman chair chairperson": "chairman chairwoman chair chairperson chairs heads leads president",
        "director head leader": "director head leads heads directs runs leader",
        "aide adviser advisor staffer": "aide adviser advisor staffer counselor strategist assistant secretary",
        "host co-host anchor presenter": "host co-host cohost anchor presenter broadcaster hosts",
        "columnist writer author journalist reporter": """
            columnist writer author journalist reporter correspondent editor novelist blogger
        """,
        "clergyman cleric priest pastor": "rev reverend pastor priest father bishop archbishop imam cleric rabbi",
        "organizer activist campaigner advocate": """
            organizer organiser activist campaigner advocate founder director president coordinator
        """,
        "farmer grower": "farmer grower farms rancher grows raises",
        "commissioner": "commissioner chief head",
        "premier": "prime minister premier",
        "founder": "founder founded cofounder",
        "owner": "owner owns",
        "co-author": "author co-author wrote",
        "democrat": "democrat democratic d dem",
        "republican": "republican r gop rep",
    }
)
"""Which role words a noun may refer back to, besides itself ("the lawmaker": a senator)."""

# --- Bodies ----------------------------------------------------------------------------------------------------------

BODY_WORDS: Final = _words(
    """
    centers centres bureaus academies colleges universities councils committees commissions archives prisons airlines
    teamsters marines rangers guards scouts saints knights administration agency agencies alliance army arm assembly
    association associates authority authorities bank board bloc body branch brigade broadcaster brotherhood bureau
    business cabinet camp campaign caucus center centre chamber charity church city clinic club coalition college
    commission committee commons community company confederation conference congress consortium consulate consultancy
    convention corp corporation council county court courts delegation democratic department dept division embassy
    enterprise enterprises executive-branch exchange factory faction federation firm force forces forum foundation
    front fund garda gang government group groups guard hospital house inc industries initiative inspectorate
    institute institution investigators-office junta kingdom lab laboratory league legislature llc lobby ltd magazine
    market militia ministry mission mosque motors movement museum nation navy network networks newspaper news ngo
    nonprofit non-profit office ombudsman-office opposition organisation organization outlet panel paper parliament
    partnership party pentagon plc police post practice presidency press production programme programs project
    publication publisher regime registry reserve resistance schools school secretariat section senate service
    services side site society squad staff startup state station studio subcommittee syndicate synod task-force team
    think-tank times trade tribune tribunal troop trust twitter union unions unit university watch website watchdog
    wing works workshop treasury airways air electric energy systems technologies technology solutions partners
    holdings capital bancorp insurance railways railroad rail port ports harbour harbor airport shipping mills steel
    foods farms estates properties observatory journal gazette herald chronicle telegraph guardian globe inquirer
    examiner ledger sun courier bulletin review courant dispatch record monitor star mirror express standard argus
    advertiser today daily weekly radio television tv cnn bbc npr abc nbc cbs fox msnbc reuters bloomberg ap afp guild
    lobbyists hall collective cooperative co-operative co-op tavern brewery council-house district commune ward
    borough township village town municipality province region republic emirate federation-council knesset duma
    bundestag dail enforcement protection progress control investigation investigations affairs resources homeland
    treaty security intelligence planned-parenthood seimas sejm storting riksdag folketing verkhovna rada majlis shura
    politburo kremlin show podcast hour program pac hotel inn cafe restaurant bar diner academy conservatory zoo
    aquarium garden gardens directorate presidium headquarters fed labs dynamics metals metal mobile media pharma
    pharmaceuticals pharmaceutical logistics petroleum oil gas mining mines semiconductor semiconductors
    aerostructures aerospace textiles telecom telecoms telecommunications robotics biotech software shipyard shipyards
    cement chemicals chemical midstream pipeline pipelines brands stores supermarkets ventures equity footwear apparel
    financial finance securities savings credit mutual bancshares realty homes housing builders construction
    contractors engineering consulting advisors analytics data digital interactive games entertainment studios
    pictures records productions theatre theater orchestra opera ballet festival gallery brewing distillers vineyards
    dairy bakery grain seeds fertilizer fertilisers seafood fisheries canneries hotels resorts restaurants cruises
    tours travel lines freight haulage trucking transit ferries therapeutics biosciences biologics diagnostics
    genomics hospitals clinics care healthcare medical hospice plantations sugar coffee tea cocoa rubber packaging
    plastics glass ceramics cables wire tools machinery
    """
)
"""Last words of names of bodies, and common nouns for bodies."""

EXPANDED: Final[dict[str, str]] = {
    "gov": "governor", "sen": "senator", "rep": "representative", "gen": "general", "lt": "lieutenant",
    "col": "colonel", "sgt": "sergeant", "capt": "captain", "maj": "major", "adm": "admiral", "dr": "doctor",
    "prof": "professor", "rev": "reverend", "cllr": "councillor", "supt": "superintendent", "cmdr": "commander",
}  # fmt: skip
"""Abbreviated titles in full."""

BODY_NOUNS: Final = _words(
    """
    administration agency alliance army assembly association authority bank board bloc body bureau cabinet camp
    campaign caucus center centre chamber charity church city clinic club coalition college commission committee
    community company confederation congress consortium consulate consultancy corporation council county court
    delegation department division embassy exchange faction federation firm force foundation front fund government
    group hospital institute institution junta legislature lobby magazine ministry mission movement museum network
    newspaper nonprofit office opposition organisation organization outlet panel paper parliament partnership party
    police practice presidency regime school secretariat senate service side site society staff startup station
    subcommittee team trust tribunal union unit university website wing maker carrier retailer airline automaker
    carmaker manufacturer lender insurer giant utility operator developer broker chain publisher watchdog brand
    platform producer supplier contractor drugmaker planemaker shipbuilder chipmaker exporter importer buyer
    drugmakers regulator syndicate league guild confederacy academy laboratory observatory taskforce brewer family
    jury grand-jury state country nation kingdom republic province town village municipality district think-tank
    thinktank task-force tank daily weekly broadcaster
    """
)
"""Common nouns that refer to a body ("the agency")."""

STATE_NOUNS: Final = _words(
    """
    government country nation state city town county capital kingdom republic regime island province region
    administration authority leadership territory village
    """
)
"""Nouns for a body that the name of a place can mean."""
ABBREVIATIONS: Final[dict[str, str]] = {
    "us": "united states; united states of america", "uk": "united kingdom", "un": "united nations",
    "eu": "european union", "uae": "united arab emirates", "cdc": "centers for disease control and prevention",
    "epa": "environmental protection agency", "fbi": "federal bureau of investigation", "gop": "republican party",
    "ice": "immigration and customs enforcement; us immigration and customs enforcement",
    "cbp": "customs and border protection; us customs and border protection",
    "dhs": "department of homeland security; homeland security department; homeland security",
    "doj": "department of justice; justice department", "dod": "department of defense; defense department; pentagon",
    "hhs": "department of health and human services; health and human services department",
    "va": "department of veterans affairs; veterans affairs department", "irs": "internal revenue service",
    "usda": "department of agriculture; agriculture department", "who": "world health organization",
    "dnc": "democratic national committee", "rnc": "republican national committee", "nra": "national rifle association",
    "aclu": "american civil liberties union", "ap": "associated press", "nyt": "new york times",
    "wsj": "wall street journal", "lapd": "los angeles police department", "nypd": "new york police department",
    "idf": "israel defense forces; israeli defense forces; israeli military", "fed": "federal reserve",
    "opec": "organization of the petroleum exporting countries", "nato": "north atlantic treaty organization",
    "ecb": "european central bank", "boe": "bank of england", "nhs": "national health service",
    "scotus": "supreme court; us supreme court", "nih": "national institutes of health",
    "splc": "southern poverty law center", "pla": "people's liberation army", "dprk": "north korea",
}  # fmt: skip
"""Abbreviations that initials do not give away, and the folded names that they stand for."""

BODY_CLASSES: Final = _by_noun(
    {
        "agency": """
            administration bureau service agency department authority office commission board inspectorate fbi cia epa
            fda cdc irs nsa eia iea ice nasa
        """,
        "department": "department dept ministry office service",
        "ministry": "ministry department office",
        "group organization organisation nonprofit charity": """
            group association alliance coalition foundation center centre institute fund council union league society
            federation network project committee watch trust organization organisation forum campaign movement front
            action party club office
        """,
        "think-tank thinktank institute": "institute institution center centre foundation council forum society",
        """
            company firm contractor drugmaker planemaker shipbuilder chipmaker supplier network-operator maker giant
            carrier retailer airline automaker carmaker manufacturer lender insurer utility operator developer chain
            brand platform producer brewer startup corporation
        """: """
            company corp corporation inc ltd llc plc group holdings motors airlines airways electric energy systems
            technologies industries partners capital bank insurance foods steel shipping transport
        """,
        "bank lender": "bank bancorp reserve",
        "paper newspaper daily outlet magazine publication website site": """
            times post journal herald tribune gazette news chronicle telegraph guardian globe examiner ledger press
            courier sun monitor star mirror express review record dispatch standard daily
        """,
        "network broadcaster station": """
            news radio television tv broadcasting network cnn bbc npr abc nbc cbs fox msnbc
        """,
        "court": "court tribunal",
        "panel": "committee commission panel board subcommittee council",
        "committee": "committee subcommittee panel",
        "commission": "commission",
        "council": "council",
        "board": "board",
        "syndicate": "syndicate",
        "league": "league",
        "union": "union federation guild association brotherhood workers teamsters teachers",
        "party": "party democrats republicans",
        "government": "government administration cabinet",
        "administration": "administration government",
        "regulator watchdog": "authority commission agency board bureau administration office regulator watchdog",
        "university college school": "university college school institute",
        "hospital clinic": "hospital clinic center centre medical",
        "authority": "authority",
        "office": "office",
        "police": "police constabulary garda",
        "campaign": "campaign",
        "team": "team",
        "trust": "trust",
        "center centre": "center centre",
        "institution": "institution institute university bank museum",
        "association federation": "association federation",
        "alliance coalition": "alliance coalition",
        "city": "city",
        "state": "state",
        "chamber": "senate house chamber assembly commons",
    }
)
"""Which last words of names a common noun for a body may refer back to, besides itself."""

TOPICS: Final = _words(
    """
    food health customs immigration energy oversight education arts science homeland budget management agriculture
    housing trade transport transportation taxation culture media sport foreign security defense defence commerce
    labor labour fisheries environment climate welfare justice law order finance economic economy industry innovation
    research technology planning development water parks wildlife fish forests forestry interior veterans urban rural
    children families women work pensions skills business human social public civil safety roads bridges
    infrastructure engineering medicine medical nursing literature history letters communities marine ocean oceanic
    oceans atmospheric nutrition alcohol tobacco firearms disease pipeline nuclear oil gas petroleum mines minerals
    steel iron competition markets consumer consumers rents tenants landlords owners builders garage shop bakers
    millers farmers growers fishermen teachers nurses doctors miners drivers pilots seafarers dockers steelworkers
    ways means armed intelligence elections ethics standards privacy information communications digital power light
    """
)
"""Words that "and" joins to the rest of a body's name: the Food and Drug Administration."""

MEDIA: Final = _words(
    """
    cnn bbc npr abc nbc cbs fox msnbc cnbc reuters bloomberg ap afp axios politico isna irna tass xinhua anadolu
    aljazeera propublica newsweek buzzfeed vox slate
    """
)
MEDIA_WORDS: Final = _words(
    """
    times post journal herald tribune gazette chronicle telegraph guardian globe examiner ledger courier observer
    monitor mirror express dispatch today press associated news newspaper radio television tv broadcaster magazine
    daily
    """
)

OUTLETS: Final = MEDIA | MEDIA_WORDS - {"today"} | {"alcom"}

# --- Documents -------------------------------------------------------------------------------------------------------

DOCUMENTS: Final = _words(
    """
    report statement survey letter post document documents filing filings study poll memo note complaint lawsuit suit
    indictment affidavit ruling opinion order petition brief audit review analysis ad ads advertisement tweet tweets
    email emails e-mail article editorial op-ed column book bill resolution communique communiqué essay count numbers
    model ledger banner release testimony transcript listing announcement notice bulletin readout remarks speech
    message messages account index ranking assessment estimate estimates forecast projection projections figures data
    paper findings warrant plan guidance guidelines manifesto leaflet pamphlet blog interview press-release motion
    judgment judgement verdict draft text minutes records reports polls surveys studies papers letters statements
    census dossier declaration charter circular questionnaire newsletter presentation prospectus agenda video film
    advisory summary memorandum
    """
)
KEPT_BY: Final = _words("court police public government tax property campaign bank school")
"""What says of documents where they lie, not who speaks in them: court documents, police records."""

# --- Cues ------------------------------------------------------------------------------------------------------------

BE: Final = _words("is are was were be been being")
AUXILIARIES: Final = _words("has have had will would could did")
LEFT_OPEN: Final = _words(
    "believed expected thought considered accused asked seen known understood reported hoped feared"
)
"""Participles that alone leave open who believes or reports."""

# --- Pronouns --------------------------------------------------------------------------------------------------------

PRONOUNS: Final[dict[str, str]] = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
PLURAL: Final = _words("they them their theirs themselves both")
IMPERSONAL: Final = _words("it its itself")
FIRST: Final = _words("i me my mine myself we us our ours ourselves")
SECOND: Final = _words("you your yours")
RELATIVE: Final = _words("who which that whom whose")

POSSESSIVE: Final = _words("my our your his her its their whose")
PRONOUN_WORDS: Final = frozenset(PRONOUNS) | PLURAL | IMPERSONAL | FIRST | SECOND | RELATIVE

PLATFORMS: Final = _words(
    """
    facebook twitter x instagram tiktok youtube telegram linkedin threads bluesky whatsapp reddit weibo snapchat
    medium
    """
)
"""Where posts stand, not who writes them."""

DETERMINERS: Final = _words(
    """
    a an the this that these those his her its their our my your some several many most all both another other one two
    three four five six seven eight nine ten dozens hundreds thousands each every no any
    """
)

GENERIC: Final = _words(
    """
    former top senior then acting own new old one same outgoing incoming longtime long-time veteran retired embattled
    second third first two three latter
    """
)
"""Modifiers that tell nobody from another."""

CONTENT_OPENERS: Final = _words("that to for the a how whether what he she it they about if of in as with by")
"""Words that reported content opens with, each telling how likely it is content."""

HEAD_STOPS: Final = _words(
    """
    of for from at in with by on to compiled written prepared produced conducted obtained seen into about behind
    across after before under over against among between within who whose whom which that where when involving
    representing based close familiar briefed speaking working published released issued filed dated led led-by
    founded funded addressed including named called identified known quoted reached following near inside outside
    covering opposed loyal aligned allied responsible
    """
)
"""Words before which the head noun of a source stands."""

# --- Personal names --------------------------------------------------------------------------------------------------

SUFFIXES: Final = _words("jr sr ii iii iv phd md")
PARTICLES: Final = _words(
    """
    de del della der den van von zu bin bint ibn ben al el la le du da dos das di do ter ten abu st
    """
)

# --- Places ----------------------------------------------------------------------------------------------------------

COUNTRIES: Final = nations.COUNTRIES | frozenset(
    """
    england, eu, european union, gaza, liberia, luxembourg, nato, sierra leone, uae, uk, un, united kingdom,
    united nations, us, usa, burma
    """.replace("\n    ", " ")
    .strip()
    .split(", ")
)
CAPITALS: Final = nations.SEATS | frozenset(["brussels", "geneva", "holy see", "ljubljana", "vatican"])
US_STATES: Final = frozenset(
    " ".join(name.split())
    for name in """
    alabama, alaska, arizona, arkansas, california, colorado, connecticut, delaware, florida, georgia, hawaii, idaho,
    illinois, indiana, iowa, kansas, kentucky, louisiana, maine, maryland, massachusetts, michigan, minnesota,
    mississippi, missouri, montana, nebraska, nevada, new hampshire, new jersey, new mexico, new york, north carolina,
    north dakota, ohio, oklahoma, oregon, pennsylvania, rhode island, south carolina, south dakota, tennessee, texas,
    utah, vermont, virginia, washington, west virginia, wisconsin, wyoming
    """.replace("\n", " ").split(",")
)
