"""Prose that says nothing, however long: words that fit any function, and no number, quotation or example."""

import re

SPECIFIC = 0.25  # of the different words: with fewer that are not general, a text says nothing in particular

_WORDS = """
    a about above according across after again all almost along also although always an and another any anything
    appear appears are around as ask asked asking at bad based be because become been before behave behaves behaviour
    behavior being between both but by can case cases certain change changes characteristics clear clearly complex
    complicated could data degree depend depending depends describe described description detail details determine
    determined differ difference different differently do does done down during each easy effect either else even
    every everything exact exactly example examples expect expected experiment experiments few find follow follows for
    form found from function functions further general generally get gets give given gives good great had happen
    happens hard has have having here hidden how however i if in individual influence input inputs interesting into is
    it its itself just kind know known large less like likely little look looks lot made make makes many map maps may
    me mean meaning might mind more most much my nature need no normal not nothing number observe observed of often on
    one only or order other others our out output outputs over overall part particular pattern patterns people perhaps
    possible possibly predict predictable produce produces properties property quite range rather really reasonable
    regular related relation result results return returns rule rules same say see seem seems several shape should show
    shows similar simple since single small so some something sometimes somewhat special specific stay stays still
    structure such sure system take takes task than that the their them then there these they thing things think this
    those though through to together too transform transforms turn type typical typically under understand
    unexpected uncertainty unit up upon us use used usual usually value values variety various vary varies very was way
    ways we well were what whatever when where whether which while whole why will with within without word words work
    works would yet you your
    """
GENERAL = frozenset(_WORDS.split())
_WORD = re.compile(r"[a-z']+")
_PARTICULAR = re.compile(r"\d|[\"\u201c\u201d]|->")


def is_vacuous(text: str) -> bool:
    """Does it say nothing in particular?"""
    words = frozenset(_WORD.findall(text.lower()))
    return not _PARTICULAR.search(text) and len(words - GENERAL) <= SPECIFIC * len(words)
