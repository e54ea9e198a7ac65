"""What texts mean here: the one place that says what a letter, a vowel, a word and a length are.

- A text is a sequence of Unicode code points. Positions are counted from 1.
- Letters are a-z and A-Z, vowels are a, e, i, o, u in either case, consonants are the other letters, digits are 0-9.
  Every other character (accented letters, other scripts, emoji) is neither, and has no case. So nothing depends on the
  Unicode tables, which differ between versions of Python.
- A word is an unbroken run of characters other than the space. Operations that put words together anew join them with
  one space; operations that work within words leave all spaces where they are.
- The empty text is a text like any other: it has no words and no first character.
- An input or an output of more than LIMIT characters is undefined.

Operations and conditions may use what is defined here and plain Python, nothing else: reference code is made of their
source and of the parts of this file that they name.
"""

LIMIT = 10_000

LOWER = "abcdefghijklmnopqrstuvwxyz"
UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LETTERS = LOWER + UPPER
VOWELS = "aeiouAEIOU"
CONSONANTS = "bcdfghjklmnpqrstvwxyzBCDFGHJKLMNPQRSTVWXYZ"
DIGITS = "0123456789"
NUMBER_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def upper(x: str) -> str:
    """Every letter in upper case."""
    return x.translate(str.maketrans(LOWER, UPPER))


def lower(x: str) -> str:
    """Every letter in lower case."""
    return x.translate(str.maketrans(UPPER, LOWER))


def number_of(x: str, characters: str) -> int:
    """How many characters of x are among these."""
    return sum(c in characters for c in x)


def shifted(c: str, n: int) -> str:
    """The letter n places further in the alphabet, from z on to a, in its own case; other characters as they are."""
    for alphabet in (LOWER, UPPER):
        if c in alphabet:
            return alphabet[(alphabet.index(c) + n) % 26]
    return c


def place(c: str) -> int:
    """A letter's place in the alphabet, a = 1 to z = 26 in either case; 0 for other characters."""
    return LETTERS.index(c) % 26 + 1 if c in LETTERS else 0


def words(x: str) -> list[str]:
    """The words of x: its unbroken runs of characters other than the space."""
    return [word for word in x.split(" ") if word]


def runs(x: str) -> list[str]:
    """x cut into its runs of one repeated character."""
    found: list[str] = []
    for c in x:
        if found and found[-1][0] == c:
            found[-1] += c
        else:
            found.append(c)
    return found


def refilled(x: str, characters: str, new: str) -> str:
    """x with its characters that are among these replaced, one after the other, by the characters of new."""
    source = iter(new)
    return "".join(next(source) if c in characters else c for c in x)
