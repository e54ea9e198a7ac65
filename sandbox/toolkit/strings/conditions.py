"""Properties of a text that can lead into a branch: what the scientist thinks a function may look at."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from .groups import LETTERS, belongs, low
from .kind import Parameter, Parameters
from .prior import surprise_of_condition


@dataclass(frozen=True, eq=False)
class Property:
    """A kind of property. `say` completes "if it ..."; `deny` says the opposite."""

    holds: Callable[..., bool]
    say: str
    deny: str
    choices: tuple[Parameters, ...]
    cost: float

    @property
    def name(self) -> str:
        """The name of its function."""
        return self.holds.__name__


@dataclass(frozen=True)
class Condition:
    """A property with its parameters, or its opposite."""

    kind: Property
    parameters: Parameters = ()
    denied: bool = False

    def __call__(self, text: str) -> bool:
        """Does it hold of this text?"""
        return bool(self.kind.holds(text, *self.parameters)) != self.denied

    @property
    def cost(self) -> float:
        """How surprising it would be, see `prior`."""
        return surprise_of_condition(self.kind.name, self.kind.cost, len(self.parameters), self.denied)

    @property
    def english(self) -> str:
        """Completes "if it ..."."""
        return (self.kind.deny if self.denied else self.kind.say).format(*self.parameters)


def condition(
    say: str, deny: str, *choices: Parameter | Parameters, cost: float = 0.0
) -> Callable[[Callable[..., bool]], Property]:
    """Make a function a property that a branch may depend on."""
    listed = tuple(c if isinstance(c, tuple) else (c,) for c in choices) or ((),)
    return lambda holds: Property(holds, say, deny, listed, cost)


def neighbours(text: str) -> list[tuple[str, str]]:
    return [(text[i], text[i + 1]) for i in range(len(text) - 1)]


def words(text: str) -> list[str]:
    return [w for w in text.split(" ") if w]


ENDS = "vowels", "consonants", "letters", "digits", "capitals", "small letters", "punctuation", "spaces"
HELD = "digits", "spaces", "capitals", "small letters", "vowels", "punctuation", "letters", "consonants", "not letters"
HELD_ = (*HELD, "not letters and spaces", "not letters and digits", "not letters, digits and spaces")


@condition("is longer than {0} characters", "has at most {0} characters", *range(21))
def longer_than(text: str, count: int) -> bool:
    return len(text) > count


@condition("has exactly {0} characters", "does not have exactly {0} characters", *range(1, 13), cost=0.3)
def has_length(text: str, count: int) -> bool:
    return len(text) == count


@condition("has an even number of characters", "has an odd number of characters")
def even_length(text: str) -> bool:
    return len(text) % 2 == 0


@condition("has a number of characters divisible by {0}", "has a number of characters not divisible by {0}", 3, 4, 5)
def length_divisible(text: str, by: int) -> bool:
    return len(text) % by == 0


@condition(
    "has a number of characters that leaves {1} when divided by {0}",
    "does not have a number of characters that leaves {1} when divided by {0}",
    (3, 1),
    (3, 2),
    (4, 1),
    (4, 2),
    (4, 3),
    cost=0.3,
)
def length_leaves(text: str, by: int, rest: int) -> bool:
    return len(text) % by == rest


@condition("begins with one of the {0}", "does not begin with one of the {0}", *ENDS)
def begins_with(text: str, group: str) -> bool:
    return text != "" and belongs(text[0], group)


@condition("ends with one of the {0}", "does not end with one of the {0}", *ENDS)
def ends_with(text: str, group: str) -> bool:
    return text != "" and belongs(text[-1], group)


@condition("begins with {0!r}", "does not begin with {0!r}", *LETTERS[:26], cost=0.2)
def begins_with_character(text: str, character: str) -> bool:
    return text.startswith(character)


@condition("begins with {0!r} or its capital", "does not begin with {0!r} or its capital", *LETTERS[:26], cost=0.2)
def begins_with_letter(text: str, letter: str) -> bool:
    return low(text[:1]) == letter


@condition("ends with {0!r}", "does not end with {0!r}", *LETTERS[:26], *"!?.", "ing", cost=0.2)
def ends_with_character(text: str, character: str) -> bool:
    return text.endswith(character)


@condition("ends with {0!r} or its capital", "does not end with {0!r} or its capital", *LETTERS[:26], cost=0.25)
def ends_with_letter(text: str, letter: str) -> bool:
    return low(text[-1:]) == letter


@condition("contains one of the {0}", "contains none of the {0}", *HELD_)
def contains(text: str, group: str) -> bool:
    return any(belongs(c, group) for c in text)


@condition("contains {0!r}", "does not contain {0!r}", *LETTERS[:26], *"0123456789!?.,-", "th", "  ", cost=0.1)
def contains_character(text: str, character: str) -> bool:
    return character in text


@condition("contains the letter {0!r}, small or capital", "does not contain the letter {0!r}", *LETTERS[:26], cost=0.1)
def contains_letter(text: str, letter: str) -> bool:
    return letter in low(text)


@condition(
    "contains more than {1} {0}", "contains at most {1} {0}", *((g, n) for g in HELD for n in range(1, 8)), cost=0.1
)
def more_than(text: str, group: str, count: int) -> bool:
    return sum(belongs(c, group) for c in text) > count


@condition(
    "contains exactly {1} {0}",
    "does not contain exactly {1} {0}",
    *((g, n) for g in HELD[:6] for n in range(1, 4)),
    cost=0.4,
)
def exactly(text: str, group: str, count: int) -> bool:
    return sum(belongs(c, group) for c in text) == count


@condition("contains an even number of {0}", "contains an odd number of {0}", *HELD[:8], cost=0.1)
def even_number_of(text: str, group: str) -> bool:
    return sum(belongs(c, group) for c in text) % 2 == 0


@condition(
    "contains more {0} than {1}",
    "does not contain more {0} than {1}",
    ("vowels", "consonants"),
    ("consonants", "vowels"),
    ("capitals", "small letters"),
    ("small letters", "capitals"),
    ("digits", "letters"),
    ("letters", "digits"),
    cost=0.1,
)
def more_of(text: str, one: str, other: str) -> bool:
    return sum(belongs(c, one) for c in text) > sum(belongs(c, other) for c in text)


@condition(
    "consists of {0} alone, one at least",
    "does not consist of {0} alone",
    "letters",
    "digits",
    "capitals",
    "small letters",
    "letters and digits",
    "letters and spaces",
    "vowels",
    "consonants",
)
def only(text: str, group: str) -> bool:
    return text != "" and all(belongs(c, group) for c in text)


@condition("has more than {0} words", "has at most {0} words", *range(1, 7))
def more_words_than(text: str, count: int) -> bool:
    return len(words(text)) > count


@condition("has exactly {0} words", "does not have exactly {0} words", 1, 2, 3, 4, cost=0.2)
def has_words(text: str, count: int) -> bool:
    return len(words(text)) == count


@condition("has an even number of words", "has an odd number of words")
def even_words(text: str) -> bool:
    return len(words(text)) % 2 == 0


@condition("has a word longer than {0} characters", "has no word longer than {0} characters", *range(2, 11), cost=0.2)
def has_long_word(text: str, count: int) -> bool:
    return any(len(w) > count for w in words(text))


@condition(
    "has a first word longer than {0} characters", "has a first word of at most {0} characters", *range(2, 9), cost=0.3
)
def long_first_word(text: str, count: int) -> bool:
    return len((words(text) or [""])[0]) > count


@condition("reads the same backwards", "does not read the same backwards")
def palindrome_exactly(text: str) -> bool:
    return text == text[::-1]


@condition(
    "reads the same backwards, whatever the case", "does not read the same backwards, whatever the case", cost=0.1
)
def palindrome_in_any_case(text: str) -> bool:
    return low(text) == low(text)[::-1]


@condition(
    "has letters and digits that read the same backwards, whatever the case",
    "has letters and digits that do not read the same backwards",
    cost=0.2,
)
def palindrome_of_letters(text: str) -> bool:
    own = [low(c) for c in text if belongs(c, "letters and digits")]
    return own == own[::-1]


@condition("is a palindrome of two or more characters", "is no palindrome of two or more characters", cost=0.2)
def long_palindrome(text: str) -> bool:
    return len(text) > 1 and text == text[::-1]


@condition("begins and ends with the same character", "does not begin and end with the same character")
def same_ends(text: str) -> bool:
    return text != "" and text[0] == text[-1]


@condition(
    "begins and ends with the same letter, whatever the case", "does not begin and end with the same letter", cost=0.1
)
def same_end_letters(text: str) -> bool:
    return text != "" and low(text[0]) == low(text[-1])


@condition("has two equal characters next to one another", "has no two equal characters next to one another")
def has_double(text: str) -> bool:
    return any(a == b for a, b in neighbours(text))


@condition(
    "has the same letter twice in a row, whatever the case", "never has the same letter twice in a row", cost=0.1
)
def has_double_letter(text: str) -> bool:
    return any(low(a) == low(b) and belongs(a, "letters") for a, b in neighbours(text))


@condition("has a character more than once", "has no character more than once")
def has_repeat(text: str) -> bool:
    return len(set(text)) < len(text)


@condition(
    "has a letter more than once, whatever the case", "has no letter more than once, whatever the case", cost=0.1
)
def has_repeated_letter(text: str) -> bool:
    own = [low(c) for c in text if belongs(c, "letters")]
    return len(set(own)) < len(own)


@condition(
    "has a character more than once, whatever the case", "has no character more than once, whatever the case", cost=0.15
)
def has_repeat_of_any_case(text: str) -> bool:
    return len(set(low(text))) < len(text)


@condition("has more than {0} different characters", "has at most {0} different characters", *range(2, 13), cost=0.2)
def varied(text: str, count: int) -> bool:
    return len(set(text)) > count


@condition(
    "has its characters in order of their codes", "does not have its characters in order of their codes", cost=0.1
)
def ordered(text: str) -> bool:
    return list(text) == sorted(text)


@condition(
    "has its characters in order of the alphabet, whatever the case",
    "does not have its characters in order of the alphabet",
    cost=0.2,
)
def ordered_in_any_case(text: str) -> bool:
    return list(low(text)) == sorted(low(text))


@condition(
    "begins with a letter of the {0} half of the alphabet",
    "does not begin with a letter of the {0} half of the alphabet",
    "first",
    "second",
)
def begins_in_half(text: str, which: str) -> bool:
    return text != "" and low(text[0]) in (LETTERS[:13] if which == "first" else LETTERS[13:26])


@condition(
    "begins with a letter up to {0!r} in the alphabet",
    "does not begin with a letter up to {0!r} in the alphabet",
    *"defghijkl",
    cost=0.4,
)
def begins_up_to(text: str, letter: str) -> bool:
    return text != "" and "a" <= low(text[0]) <= letter


@condition(
    "has a first character that comes before its last", "has no first character that comes before its last", cost=0.1
)
def rising_ends(text: str) -> bool:
    return text != "" and text[0] < text[-1]


@condition(
    "has a first character that comes before its last, whatever the case",
    "has no first character that comes before its last, whatever the case",
    cost=0.15,
)
def rising_ends_in_any_case(text: str) -> bool:
    return text != "" and low(text[0]) < low(text[-1])


@condition("has no capitals but has letters", "has capitals or no letters", cost=0.1)
def is_small(text: str) -> bool:
    return any(belongs(c, "letters") for c in text) and not any(belongs(c, "capitals") for c in text)


@condition("has no small letters but has letters", "has small letters or no letters", cost=0.1)
def is_capital(text: str) -> bool:
    return any(belongs(c, "letters") for c in text) and not any(belongs(c, "small letters") for c in text)


@condition("has both capitals and small letters", "does not have both capitals and small letters", cost=0.1)
def mixed_case(text: str) -> bool:
    return any(belongs(c, "capitals") for c in text) and any(belongs(c, "small letters") for c in text)


@condition("has both letters and digits", "does not have both letters and digits", cost=0.2)
def letters_with_digits(text: str) -> bool:
    return any(belongs(c, "letters") for c in text) and any(belongs(c, "digits") for c in text)


@condition("has a character that is not ASCII", "is all ASCII", cost=0.2)
def beyond_ascii(text: str) -> bool:
    return not text.isascii()


@condition("has two vowels next to one another", "has no two vowels next to one another")
def has_vowel_pair(text: str) -> bool:
    return any(belongs(a, "vowels") and belongs(b, "vowels") for a, b in neighbours(text))


@condition("has {0} consonants in a row", "never has {0} consonants in a row", 2, 3, 4, cost=0.2)
def has_consonant_run(text: str, count: int) -> bool:
    return any(all(belongs(c, "consonants") for c in text[i : i + count]) for i in range(len(text) - count + 1))


@condition("has a digit sum that is even", "has a digit sum that is odd", cost=0.3)
def even_digit_sum(text: str) -> bool:
    return sum(int(c) for c in text if belongs(c, "digits")) % 2 == 0


@condition("has a sum of character codes that is even", "has a sum of character codes that is odd", cost=0.3)
def even_code_sum(text: str) -> bool:
    return sum(ord(c) for c in text) % 2 == 0


@condition(
    "has letters whose places in the alphabet (a is 1) add up to an even number",
    "has letters whose places in the alphabet (a is 1) add up to an odd number",
    cost=0.3,
)
def even_letter_sum(text: str) -> bool:
    return sum(LETTERS.index(c) % 26 + 1 for c in text if c in LETTERS) % 2 == 0


@condition("has a word twice", "has no word twice", cost=0.1)
def has_repeated_word(text: str) -> bool:
    found = words(text)
    return len(set(found)) < len(found)


@condition(
    "has words that all begin with the same letter", "does not have words that all begin with the same letter", cost=0.3
)
def alliterates(text: str) -> bool:
    return len({low(w[0]) for w in words(text)}) == 1


@condition("has more than one word, all of one length", "does not have more than one word, all of one length", cost=0.4)
def equal_words(text: str) -> bool:
    return len(words(text)) > 1 and len({len(w) for w in words(text)}) == 1


@condition("has a vowel in the middle", "has no vowel in the middle", cost=0.3)
def vowel_in_middle(text: str) -> bool:
    return text != "" and belongs(text[len(text) // 2], "vowels")


@cache
def conditions() -> tuple[Condition, ...]:
    """All conditions with all their choices, and their opposites."""
    kinds = [value for value in globals().values() if isinstance(value, Property)]
    return tuple(
        Condition(k, parameters, denied) for k in kinds for parameters in k.choices for denied in (False, True)
    )
