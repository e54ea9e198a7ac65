"""Places in a text, told by what stands around them: for operations on some characters and not on others."""

from .groups import GROUPS, low


def has_come_before(text: str, i: int) -> bool:
    return text[i] in text[:i]


def has_come_before_in_any_case(text: str, i: int) -> bool:
    return low(text[i]) in low(text[:i])


def comes_again(text: str, i: int) -> bool:
    return text[i] in text[i + 1 :]


def occurs_once(text: str, i: int) -> bool:
    return text.count(text[i]) == 1


def occurs_more_than_once(text: str, i: int) -> bool:
    return text.count(text[i]) > 1


def equals_the_one_before(text: str, i: int) -> bool:
    return i > 0 and text[i] == text[i - 1]


def has_an_equal_neighbour(text: str, i: int) -> bool:
    return text[i] in (text[i - 1 : i], text[i + 1 : i + 2])


def equals_its_mirror(text: str, i: int) -> bool:
    return text[i] == text[len(text) - 1 - i]


def differs_from_its_mirror(text: str, i: int) -> bool:
    return text[i] != text[len(text) - 1 - i]


def follows_a_vowel(text: str, i: int) -> bool:
    return i > 0 and text[i - 1] in GROUPS["vowels"]


def follows_a_consonant(text: str, i: int) -> bool:
    return i > 0 and text[i - 1] in GROUPS["consonants"]


def stands_before_a_vowel(text: str, i: int) -> bool:
    return i + 1 < len(text) and text[i + 1] in GROUPS["vowels"]


def stands_before_a_consonant(text: str, i: int) -> bool:
    return i + 1 < len(text) and text[i + 1] in GROUPS["consonants"]


def is_a_consonant_after_a_vowel(text: str, i: int) -> bool:
    return i > 0 and text[i - 1] in GROUPS["vowels"] and text[i] in GROUPS["consonants"]


def is_a_vowel_after_a_consonant(text: str, i: int) -> bool:
    return i > 0 and text[i - 1] in GROUPS["consonants"] and text[i] in GROUPS["vowels"]


def follows_a_space(text: str, i: int) -> bool:
    return i > 0 and text[i - 1] == " "


def begins_a_word(text: str, i: int) -> bool:
    return text[i] != " " and (i == 0 or text[i - 1] == " ")


def ends_a_word(text: str, i: int) -> bool:
    return text[i] != " " and (i == len(text) - 1 or text[i + 1] == " ")


def is_inside_a_word(text: str, i: int) -> bool:
    return text[i] != " " and 0 < i < len(text) - 1 and text[i - 1] != " " and text[i + 1] != " "


def is_in_the_first_half(text: str, i: int) -> bool:
    return i < len(text) // 2


def is_in_the_second_half(text: str, i: int) -> bool:
    return i >= len(text) // 2


def is_at_an_even_place(text: str, i: int) -> bool:
    return i < len(text) and i % 2 == 0


def is_at_an_odd_place(text: str, i: int) -> bool:
    return i < len(text) and i % 2 == 1


def is_not_at_an_end(text: str, i: int) -> bool:
    return 0 < i < len(text) - 1


def comes_after_the_one_before(text: str, i: int) -> bool:
    return i > 0 and text[i] > text[i - 1]


def comes_before_the_one_before(text: str, i: int) -> bool:
    return i > 0 and text[i] < text[i - 1]


def is_a_letter_up_to_m(text: str, i: int) -> bool:
    return text[i].isascii() and "a" <= low(text[i]) <= "m"


def is_a_letter_from_n_on(text: str, i: int) -> bool:
    return text[i].isascii() and "n" <= low(text[i]) <= "z"


PLACES = {
    place.__name__: place
    for place in (
        has_come_before, has_come_before_in_any_case, comes_again, occurs_once, occurs_more_than_once,
        equals_the_one_before, has_an_equal_neighbour, equals_its_mirror, differs_from_its_mirror, follows_a_vowel,
        follows_a_consonant, stands_before_a_vowel, stands_before_a_consonant, is_a_consonant_after_a_vowel,
        is_a_vowel_after_a_consonant, follows_a_space, begins_a_word, ends_a_word, is_inside_a_word,
        is_in_the_first_half, is_in_the_second_half, is_at_an_even_place, is_at_an_odd_place, is_not_at_an_end,
        comes_after_the_one_before, comes_before_the_one_before, is_a_letter_up_to_m, is_a_letter_from_n_on,
    )
}  # fmt: skip


def spoken(place: str) -> str:
    """A place in a sentence: "each character that has come before"."""
    return place.replace("_", " ")
