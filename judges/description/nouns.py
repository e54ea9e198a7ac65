"""The nouns of a text, looked up in the taxonomy: exact phrases first, with what people say in place of a noun."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from functions.entity.taxonomy import taxonomy
from judges.description.vacuous import GENERAL

SENSES = 3  # of a word, that it may be used in
LONGEST = 3  # words in a noun

_WHAT = r"(?:things?|stuff|somethings?|anything|everything|objects?|items?|articles?|whatever|what)"
_WHERE = r"(?:places?|buildings?|things?|anything|somewhere|where)"
_WHO = r"(?:people|persons?|someone|somebody|anyone|those|folks?|humans?|men|individuals?)"
_DO = (
    r"(?:,? (?:that|which|where|who|whom|in which|on which|with which))?(?: (?:you|one|we|people|someone|humans|they))?"
)
_CAN = r"(?: (?:can|could|may|might|would|will|usually|often|is|are|be|get|gets|to))*"


def _that(what: str, *verbs: str) -> str:
    return rf"\b{what}{_DO}{_CAN} (?:{'|'.join(verbs)})\b"


_PARAPHRASES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), noun)
    for pattern, noun in [
        (_that(_WHAT, "wear", "worn", "wears", "put on", "dress in") + r"|\bwearables?\b", "clothing"),
        (
            _that(_WHAT, "eat", "eaten", "eats", "edible") + r"|\bedibles?(?: things| items| stuff)?\b|\bto eat\b",
            "food",
        ),
        (_that(_WHAT, "drink", "drunk", "drinks", "drinkable") + r"|\bdrinkables?\b", "beverage"),
        (_that(_WHAT, "drive", "driven", "ride", "ridden", "travel in", "travel on", "get around in"), "vehicle"),
        (r"\b(?:means|modes?|forms?|ways?) of (?:transport(?:ation)?|getting around|travell?ing)\b", "vehicle"),
        (_that(_WHERE, "live", "live in", "lived in", "reside", "dwell", "sleep"), "dwelling"),
        (_that(_WHAT, "sit on", "sit in"), "seat"),
        (_that(_WHAT, "work with", "fix things with"), "tool"),
        (_that(_WHAT, "put things in", "(?:store|keep) things in", "hold (?:other )?things"), "container"),
        (_that(_WHAT, "feel", "felt"), "feeling"),
        (_that(_WHAT, "pay", "earn", "paid"), "payment"),
        (_that(_WHAT, "learn", "study", "taught"), "discipline"),
        (_that(_WHAT, "fight with", "kill with"), "weapon"),
        (_that(_WHAT, "read"), "publication"),
        (_that(_WHAT, "own", "owned", "possess"), "possession"),
        (_that(_WHAT, "do for fun", "play for fun"), "recreation"),
        (r"\bliving (?:things?|beings?)\b", "organism"),
        (_that(_WHO, "travel", "travels", "travelling", "on the move", "on a journey", "go places"), "traveler"),
        (_that(_WHO, "teach", "teaches", "educate"), "educator"),
        (_that(_WHO, "play music", "make music", "play an instrument"), "musician"),
        (_that(_WHO, "play sports?", "do sports?", "compete"), "athlete"),
        (_that(_WHO, "work", "works", "work for a living", "with a job", "have a job", "employed"), "worker"),
        (_that(_WHO, "lead", "leads", "in charge", "rule", "in power"), "leader"),
        (_that(_WHO, "break the law", "commit crimes?", "broke the law"), "criminal"),
        (_that(_WHO, "perform", "performs", "on stage", "entertain"), "performer"),
        (_that(_WHO, "live there", "live somewhere", "live in a place", "live"), "inhabitant"),
        (_that(_WHO, "study", "know a lot", "research", "learned"), "scholar"),
        (_that(_WHO, "write", "write books"), "writer"),
        (_that(_WHO, "of the church", "in the clergy"), "clergyman"),
    ]
)

# What people do not tell apart and the taxonomy does: more that a word may mean.
_ALSO: dict[str, tuple[str, ...]] = {
    word: tuple(nouns.split(", "))
    for words, nouns in [
        ("illness sickness malady ailment disease", "disease, disorder, illness"),
        ("clothes apparel outfit attire wear wardrobe clothing", "clothing, garment"),
        ("job profession trade career", "occupation, employment"),
        ("transport transportation vehicle", "vehicle, conveyance"),
        ("home house residence abode lodging", "dwelling, housing"),
        ("meal nourishment foodstuff dish eatable", "food, sustenance, produce"),
        ("army military troop soldiery", "military force, military unit"),
        ("soldier serviceman", "serviceman"),
        ("teacher instructor", "educator, teacher"),
        ("priest cleric churchman", "clergyman"),
        ("sportsman sportswoman sportsperson sportspeople", "athlete"),
        ("entertainer artist", "performer"),
        ("boss ruler", "leader"),
        ("crook felon outlaw lawbreaker", "criminal"),
        ("pastime leisure hobby fun amusement entertainment", "recreation, diversion"),
        ("virtue ethics moral", "morality"),
        ("medicine medicament remedy", "medication, drug"),
        ("voyage trip journey", "travel, journey"),
        ("traveller voyager wayfarer", "traveler"),
        ("gear kit apparatus", "equipment, gear"),
        ("yardstick benchmark norm", "standard"),
        ("emotion sentiment", "feeling, emotion"),
        ("gadget appliance", "device"),
        ("temper temperament", "disposition"),
        ("fabric textile", "cloth"),
        ("present donation", "gift"),
        ("city town", "city, municipality"),
        ("bug", "insect"),
        ("flora vegetation", "plant"),
        ("fauna beast critter", "animal"),
        ("company firm corporation business", "business, company, enterprise"),
        ("staff workforce", "personnel, force"),
        ("fight battle war fighting", "conflict, fight"),
    ]
    for word in words.split()
}
_MEANS_NOUN: dict[str, str] = {
    adjective: noun
    for adjectives, noun in [
        ("medical", "medicine"),
        ("musical", "music"),
        ("religious", "religion"),
        ("military", "military"),
        ("moral ethical", "morality"),
        ("emotional", "emotion"),
        ("financial monetary", "money"),
        ("athletic sporting sporty", "sport"),
        ("botanical", "plant"),
        ("recreational", "recreation"),
        ("scientific", "science"),
        ("artistic", "art"),
        ("educational academic", "education"),
        ("geographical geographic", "region"),
        ("legal", "law"),
        ("nautical", "ship"),
        ("architectural", "building"),
        ("culinary", "food"),
        ("linguistic", "language"),
        ("political", "politics"),
        ("commercial economic", "commerce"),
        ("mental psychological", "thinking"),
        ("criminal", "crime"),
        ("zoological", "animal"),
    ]
    for adjective in adjectives.split()
}
# What is said around concepts, and would be a noun of the taxonomy.
_VERBS = """
    activate activated activates activation active acts add adds answering answers appears applies apply avoids
    bring brings buy care cares catch catches cause causes come comes concern concerned concerns contain
    contains count counts cover covers deal deals denote denotes denoting describe describes describing detect
    detects drop drops elicit elicits encode encodes exception exceptions excite excited excites exclude
    excluded excludes excluding fail fails fall falls fire fired fires firing hate hates hear hears help helps
    hold holds identifies identify ignore ignored ignores include included includes keep keeps lead leads leave
    leaves left lie lies light lights like liked likes lists love loves match matches mean means mention
    mentioned mentions miss misses name named names naming need needs notice notices off pick picks prefer
    prefers ranges react reaction reacts recognise recognises recognize recognizes refer referring refers
    register registers remain remaining remains represent represents respond responded responding responds
    response responses run say scaled scatter scatters score scored scores selective selects sensitive set show
    signal signals silent spike spikes spot start starts stop stops switch switched target targets tell tells
    think thrive track tracks treat treats trigger triggered triggers tune tuned turn turned varies vary want
    wants weight works worth
"""
_PLAIN = """
    absent additional alike almost alone alphabet ambiguous anywhere apart asked average bad barely biased big
    bit blank blind broad broadly capital categories category character characters clean closest common commonly
    concept concepts confidence confident consistently constant context core counterpart current dead decent
    definite definitely detector deterministic dictionary different domain ending english entirely entries entry
    especially evident exact exactly exclusively fact fair family few fifth fine firm first five float four full
    fully fuzzy gap great half handful hard hardly head heavily high higher highest hot humans hundred instance
    intermediate item items jitter kin kind kinds label last letter letters level levels little long longer
    loosely low lower lowest main mainly maximal maximum meaning meanings medium members mid middle mild mildly
    minor minus moderate mostly narrow near nearby neuron neurons never next nil node noise noiseless noisy none
    notable noun nouns now ones open originally outright pair particularly person persons plain plural primarily
    prime principle probe probes proper pure purely quarter queries query random reading readings real reason
    related repeated rest roughly same sample saturated second sense senses set seven short side similar
    singular six slight slightly sole solely sort sorts specifically stimulus strength strong stronger strongest
    strongly subgroup subset sure surprisingly tenth term terms test tested tests theme themes third thousand
    three thus tie top topic topics total trials tried two type types typical uniform unit units unknown
    unrelated vast vocabulary weak weaker weakly well wide word words zero
"""
_LITTLE = "a an the to do in of by or and on for with at but is that also it its as be no not so"
NOT_NOUNS = frozenset(f"{_VERBS} {_PLAIN}".split()) | GENERAL | {"blind spot", "blind spots"}
_SMALL = frozenset(_LITTLE.split())
_HEADS = """
    activities activity categories category concept concepts entities entity idea ideas item items kinds matter matters
    name names notion notions noun nouns object objects people person persons related role roles stuff term terms theme
    themes thing things topic topics type types vocabulary word words
"""
HEADS = frozenset(_HEADS.split())  # nouns that stand for whatever the word before them says
_TOKEN = re.compile(r"[a-z][a-z']*(?:-(?!related|type|like)[a-z']+)*")
_GAP = re.compile(r"[ -]")


@dataclass(frozen=True)
class Noun:
    """A noun in a text: the synsets that it may mean, the most usual first, and where it stands."""

    meant: tuple[int, ...]
    start: int
    end: int


def plain(text: str) -> str:
    """Normalised text with nouns in the place of what paraphrases them (`things you wear`)."""
    for pattern, noun in _PARAPHRASES:
        text = pattern.sub(noun, text)
    return text


def nouns(text: str, bold: frozenset[int] = frozenset()) -> Iterator[Noun]:
    """The nouns of a text, in order; of a compound that is no noun of its own, the last.

    At the places `bold` a noun is expected: there even a word that says nothing in particular is one.
    """
    tokens = list(_TOKEN.finditer(text))
    at = 0
    while at < len(tokens):
        length, meant = _at(tokens, at, tokens[at].start() in bold)
        follows = tokens[at + length] if at + length < len(tokens) else None
        if follows and not _GAP.fullmatch(text, tokens[at + length - 1].end(), follows.start()):
            follows = None
        if follows and follows[0] in HEADS:  # `illness words`, `medical terms`
            meant = senses(_MEANS_NOUN.get(tokens[at][0], "")) or meant
            if meant:
                yield Noun(meant, tokens[at].start(), follows.end())
                length += 1
        elif meant and not (follows and follows[0] not in NOT_NOUNS and senses(follows[0])):
            yield Noun(meant, tokens[at].start(), tokens[at + length - 1].end())
        at += length


def _at(tokens: list[re.Match[str]], at: int, bold: bool) -> tuple[int, tuple[int, ...]]:
    """The longest noun that begins with this token: how many tokens it has, and what it may mean; (1, ()) if none."""
    for length in range(min(LONGEST, len(tokens) - at), 0, -1):
        words = tokens[at : at + length]
        name = " ".join(word[0] for word in words)
        if any(b.start() - a.end() != 1 for a, b in pairwise(words)) or (
            length > 1 and words[-1][0] in HEADS and not bold
        ):
            continue
        if words[0][0] in _SMALL or (not bold and name in NOT_NOUNS) or len(name) < 2:
            continue
        if meant := senses(name):
            return length, meant
    return 1, ()


@lru_cache(maxsize=8192)
def senses(name: str) -> tuple[int, ...]:
    """What exactly this word or phrase may mean as a noun, in British or American spelling; empty where it is none."""
    american = re.sub(r"is(?=(?:e|ation|er)s?\b)", "iz", re.sub(r"our(s?)\b", r"or\1", name))
    for spelled in dict.fromkeys((name, american)):
        lemma = taxonomy().lemma(spelled)
        if lemma and len(lemma.split(" ")) == len(spelled.replace("-", " ").split(" ")):
            more = (taxonomy().lemma_senses(noun)[0] for noun in _ALSO.get(lemma, ()))
            return tuple(dict.fromkeys((*taxonomy().lemma_senses(lemma)[:SENSES], *more)))
    return ()
