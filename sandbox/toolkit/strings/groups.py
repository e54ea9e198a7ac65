"""Groups of characters that operations and conditions speak of. Letters are those of English: others are marks."""

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

GROUPS = {
    "vowels": "aeiouAEIOU",
    "consonants": "bcdfghjklmnpqrstvwxyzBCDFGHJKLMNPQRSTVWXYZ",
    "letters": LETTERS,
    "digits": "0123456789",
    "capitals": LETTERS[26:],
    "small letters": LETTERS[:26],
    "spaces": " ",
    "letters and digits": LETTERS + "0123456789",
    "letters and spaces": LETTERS + " ",
    "letters, digits and spaces": LETTERS + "0123456789 ",
    "punctuation": "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
}
OPPOSITES = ("letters", "digits", "spaces", "letters and digits", "letters and spaces", "letters, digits and spaces")
NAMES = (*GROUPS, *(f"not {name}" for name in OPPOSITES))


def belongs(character: str, group: str) -> bool:
    return character in GROUPS[group] if group in GROUPS else character not in GROUPS[group[4:]]


def up(text: str) -> str:
    return text.upper() if text.isascii() else "".join(c.upper() if c.isascii() else c for c in text)


def low(text: str) -> str:
    return text.lower() if text.isascii() else "".join(c.lower() if c.isascii() else c for c in text)


def swapped(text: str) -> str:
    return text.swapcase() if text.isascii() else "".join(c.swapcase() if c.isascii() else c for c in text)


def tally(text: str, group: str) -> int:
    """How many characters of a text belong to the group: fast, for searches."""
    if group in GROUPS:
        return sum(map(GROUPS[group].__contains__, text))
    return len(text) - sum(map(GROUPS[group[4:]].__contains__, text))


def english(group: str) -> str:
    """What a group is called in a sentence: "vowels", "characters other than letters"."""
    return f"characters other than {group[4:]}" if group.startswith("not ") else group
