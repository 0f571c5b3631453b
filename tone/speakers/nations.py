"""Countries with their adjectives and seats of government: which country a word tells."""

from collections.abc import Collection
from typing import Final

_TABLE: Final = """
afghanistan: afghan; kabul
albania: albanian; tirana
algeria: algerian; algiers
angola: angolan; luanda
argentina: argentine, argentinian; buenos aires
armenia: armenian; yerevan
australia: australian; canberra
austria: austrian; vienna
azerbaijan: azerbaijani, azeri; baku
bahrain: bahraini; manama
bangladesh: bangladeshi; dhaka
belarus: belarusian, belarussian; minsk
belgium: belgian; brussels
bolivia: bolivian; la paz
bosnia: bosnian; sarajevo
botswana: botswanan; gaborone
brazil: brazilian; brasilia
britain: british; london, downing street, whitehall, westminster
bulgaria: bulgarian; sofia
burundi: burundian; gitega
cambodia: cambodian; phnom penh
cameroon: cameroonian; yaounde
canada: canadian; ottawa
chile: chilean; santiago
china: chinese; beijing
colombia: colombian; bogota
congo: congolese; kinshasa
costa rica: costa rican; san jose
croatia: croatian; zagreb
cuba: cuban; havana
cyprus: cypriot; nicosia
czech republic: czech; prague
denmark: danish; copenhagen
ecuador: ecuadorian, ecuadorean; quito
egypt: egyptian; cairo
el salvador: salvadoran, salvadorean; san salvador
eritrea: eritrean; asmara
estonia: estonian; tallinn
ethiopia: ethiopian; addis ababa
finland: finnish; helsinki
france: french; paris, elysee
georgia: georgian; tbilisi
germany: german; berlin
ghana: ghanaian; accra
greece: greek; athens
guatemala: guatemalan; guatemala city
guyana: guyanese; georgetown
haiti: haitian; port-au-prince
honduras: honduran; tegucigalpa
hungary: hungarian; budapest
iceland: icelandic; reykjavik
india: indian; delhi, new delhi
indonesia: indonesian; jakarta
iran: iranian; tehran
iraq: iraqi; baghdad
ireland: irish; dublin
israel: israeli; jerusalem, tel aviv
ivory coast: ivorian; abidjan
italy: italian; rome
japan: japanese; tokyo
jordan: jordanian; amman
kazakhstan: kazakh, kazakhstani; astana
kenya: kenyan; nairobi
kosovo: kosovar, kosovan; pristina
kuwait: kuwaiti; kuwait city
kyrgyzstan: kyrgyz; bishkek
laos: laotian; vientiane
latvia: latvian; riga
lebanon: lebanese; beirut
libya: libyan; tripoli
lithuania: lithuanian; vilnius
malaysia: malaysian; kuala lumpur
mali: malian; bamako
malta: maltese; valletta
mexico: mexican; mexico city
moldova: moldovan; chisinau
mongolia: mongolian; ulaanbaatar
montenegro: montenegrin; podgorica
morocco: moroccan; rabat
mozambique: mozambican; maputo
myanmar: burmese; naypyidaw, naypyitaw
namibia: namibian; windhoek
nepal: nepali, nepalese; kathmandu
netherlands: dutch; the hague
new zealand: new zealander; wellington
nicaragua: nicaraguan; managua
niger: nigerien; niamey
nigeria: nigerian; abuja
north macedonia: macedonian; skopje
north korea: north korean; pyongyang
northern ireland: northern irish; belfast, stormont
norway: norwegian; oslo
oman: omani; muscat
pakistan: pakistani; islamabad
palestine: palestinian; ramallah
panama: panamanian; panama city
paraguay: paraguayan; asuncion
peru: peruvian; lima
philippines: filipino, philippine; manila
poland: polish; warsaw
portugal: portuguese; lisbon
qatar: qatari; doha
romania: romanian; bucharest
russia: russian; moscow, kremlin
rwanda: rwandan; kigali
saudi arabia: saudi; riyadh
scotland: scottish; edinburgh, holyrood
senegal: senegalese; dakar
serbia: serbian; belgrade
singapore: singaporean;
slovakia: slovak, slovakian; bratislava
slovenia: slovenian, slovene; ljubljana
somalia: somali; mogadishu
south africa: south african; pretoria
south korea: south korean, korean; seoul
south sudan: south sudanese; juba
spain: spanish; madrid
sri lanka: sri lankan; colombo
sudan: sudanese; khartoum
sweden: swedish; stockholm
switzerland: swiss; bern
syria: syrian; damascus
taiwan: taiwanese; taipei
tajikistan: tajik; dushanbe
tanzania: tanzanian; dodoma
thailand: thai; bangkok
tunisia: tunisian; tunis
turkey: turkish; ankara
turkmenistan: turkmen; ashgabat
uganda: ugandan; kampala
ukraine: ukrainian; kyiv, kiev
united arab emirates: emirati; abu dhabi
united states: american; washington, white house, pentagon, capitol hill
uruguay: uruguayan; montevideo
uzbekistan: uzbek; tashkent
venezuela: venezuelan; caracas
vietnam: vietnamese; hanoi
wales: welsh; cardiff
yemen: yemeni; sanaa
zambia: zambian; lusaka
zimbabwe: zimbabwean; harare
"""
_OTHER_NAMES: Final = {
    "us": "united states",
    "usa": "united states",
    "uk": "britain",
    "united kingdom": "britain",
    "uae": "united arab emirates",
    "burma": "myanmar",
    "england": "britain",
    "english": "britain",
    "turkiye": "turkey",
}


def _split(names: str) -> list[str]:
    return [" ".join(name.split()) for name in names.split(",") if name.strip()]


_ROWS: Final = [
    (country, _split(adjectives), _split(seats))
    for line in _TABLE.strip().splitlines()
    for country, _, rest in [line.partition(": ")]
    for adjectives, _, seats in [rest.partition(";")]
]
DEMONYMS: Final = {adjective: country for country, adjectives, _ in _ROWS for adjective in adjectives}
"""For each folded adjective of a country, the country."""
SEATS: Final = frozenset(seat for _, _, seats in _ROWS for seat in seats)
"""Capitals and other seats that stand for their government."""
_OF: Final = (
    {country: country for country, *_ in _ROWS}
    | DEMONYMS
    | {seat: country for country, _, seats in _ROWS for seat in seats}
    | _OTHER_NAMES
)
COUNTRIES: Final = frozenset(country for country, *_ in _ROWS) - {"georgia"}
"""Their names, but for the one that is a state of the United States too."""
WORDS: Final = frozenset(word for name in _OF for word in name.split())
"""Every word of these names."""
_LONG: Final = [(frozenset(name.split()), country) for name, country in _OF.items() if " " in name]
_IN_LONG: Final = frozenset(word for parts, _ in _LONG for word in parts)


def told_by(words: Collection[str]) -> frozenset[str]:
    """The countries that folded words tell, names of several words included: "iranian", "north" and "korean"."""
    if WORDS.isdisjoint(words):
        return frozenset()
    rest, found = set(words), set()
    for parts, country in () if _IN_LONG.isdisjoint(rest) else _LONG:
        if parts <= rest:
            found.add(country)
            rest -= parts
    return frozenset(found | {_OF[word] for word in rest if word in _OF})
