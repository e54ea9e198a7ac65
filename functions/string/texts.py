"""Texts to try functions on: natural ones, as a person would type them, and unusual ones."""

from functools import cache

from functions.numeric.draws import Draws
from functions.string.meaning import DIGITS, LETTERS, LOWER, UPPER, upper

_WORDS = (
    "apple banana orange umbrella elephant island ocean uncle idea echo river mountain letter balloon coffee pepper "
    "street window garden school summer winter yellow purple rabbit kitten monkey zebra tiger jazz queue rhythm sky "
    "cat dog sun tree a an of the and is to in on at good seeing keep book moon queen three green seven eleven quiz "
    "fly hello world paris london tokyo oslo cairo berlin maria anna otto hannah bob eve peter susan noah data code "
    "python music guitar violin piano dance singer author reader editor teacher student engineer museum aquarium "
    "education beautiful curious serious mysterious committee bookkeeper mississippi tomorrow yesterday happiness "
    "success blue extra fox jumps over lazy under kind warm cold north south east west"
)
_PALINDROMES = "level noon racecar kayak civic radar refer rotor stats deed Aha!ahA abba 12321 1001 x7x never-reven"
_MARKS = (".", "!", "?", "")
_STRANGE = "éßñÜøłžçİıſﬁΩжя日本語한글אבعم٣٤Ⅷ½²™€\u2013…“”🙂🚀\u0301\u200d\u00a0\t\n\x00\ufffd\U0001d518ǅ"
UNUSUAL = (
    "",
    " ",
    "   ",
    "  two  gaps  ",
    "a",
    "Z",
    "7",
    "?",
    "\n",
    "\t",
    "aaaaaaaaaaaa",
    "ABABABABAB",
    "0000",
    "--",
    "é",
)


def natural(draws: Draws) -> str:
    """One text of a kind that people type: words, phrases, sentences, codes, numbers, palindromes."""
    kind = draws.choose(_KINDS)
    return kind(draws)


@cache
def probes() -> tuple[str, ...]:
    """Different natural texts, the same ones always: what generation tells the behaviour of functions by."""
    draws = Draws("string probes")
    return tuple(dict.fromkeys(natural(draws) for _ in range(140)))[:100]


def unusual(draws: Draws) -> str:
    """One text that few people would try: empty, blank, a single character, other scripts, very long."""
    kind = draws.choose(("fixed", "strange", "mixed", "long"))
    if kind == "fixed":
        return draws.choose(UNUSUAL)
    if kind == "long":
        return " ".join(natural(draws) for _ in range(40))
    return _letters(draws, _STRANGE if kind == "strange" else _STRANGE + LETTERS, 1, 12)


def dense(draws: Draws) -> str:
    """One text in which rare things meet: runs, digits, capitals, marks and gaps close together."""
    alphabet = draws.choose(
        ("aab", "AEiou", "aeiouBCD", "aB1 ", "xyzXYZ-", DIGITS + "ab", "Ee3!, ", LETTERS + DIGITS + " .-")
    )
    return _letters(draws, alphabet, 2, 14)


def nearby(draws: Draws, x: str) -> str:
    """x after one small edit: a character put in, taken out, replaced or doubled, often at an end."""
    c = draws.choose(draws.choose(("aeiou", LOWER, UPPER, DIGITS, " ", "-")))
    i = draws.choose((0, len(x) - 1, len(x), int(draws.fraction() * len(x))))
    return x[:i] + draws.choose((c + x[i : i + 1], c, "", x[i : i + 1] * 2)) + x[i + 1 :]


@cache
def _vocabulary() -> tuple[str, ...]:
    return tuple(_WORDS.split())


def _word(draws: Draws) -> str:
    return draws.choose(_vocabulary())


def _capitalised(draws: Draws) -> str:
    word = _word(draws)
    return upper(word[0]) + word[1:]


def _phrase(draws: Draws) -> str:
    return f"{_word(draws)} {_word(draws)}"


def _sentence(draws: Draws) -> str:
    rest = [_word(draws) for _ in range(draws.choose((2, 3, 4)))]
    rest += [_letters(draws, DIGITS, 1, 2)] if draws.chance(0.3) else []
    return " ".join([_capitalised(draws), *rest]) + draws.choose(_MARKS)


def _shouted(draws: Draws) -> str:
    return upper(draws.choose((_word, _phrase))(draws))


def _numbered(draws: Draws) -> str:
    return f"{draws.choose((_word, _capitalised))(draws)}{draws.choose((' ', '', '-'))}{_letters(draws, DIGITS, 1, 4)}"


def _joined(draws: Draws) -> str:
    return draws.choose(("-", "_", "'", "@", ", ")).join([_word(draws), _word(draws)])


def _random(draws: Draws) -> str:
    return _letters(draws, draws.choose((LOWER, LETTERS, LETTERS + DIGITS)), 4, 12)


def _palindrome(draws: Draws) -> str:
    return draws.choose(_PALINDROMES.split())


def _letters(draws: Draws, alphabet: str, low: int, high: int) -> str:
    return "".join(draws.choose(alphabet) for _ in range(draws.choose(range(low, high + 1))))


_KINDS = (
    *[_word, _capitalised, _shouted, _random, _palindrome] * 2,
    *[_phrase, _sentence] * 4,
    *[_numbered, _numbered, _numbered, _joined],
)
