"""Operations on whole words."""

from functions.string.entry import operation
from functions.string.meaning import lower, upper, words


@operation(
    "reverse the order of the words, joined by single spaces",
    "write the words from last to first, joined by single spaces",
)
def reverse_words(x: str) -> str:
    return " ".join(reversed(words(x)))


@operation("reverse each word, leaving the words in their order", "write every word backwards in its own place")
def reverse_each_word(x: str) -> str:
    return " ".join(word[::-1] for word in x.split(" "))


@operation("swap the first and the last character of every word", "exchange the outermost characters of each word")
def swap_word_ends(x: str) -> str:
    return " ".join(word[-1] + word[1:-1] + word[0] if len(word) > 1 else word for word in x.split(" "))


@operation(
    "move the first character of every word to the end of that word",
    "rotate each word left by one: its first character goes to its end",
)
def rotate_words(x: str) -> str:
    return " ".join(word[1:] + word[:1] for word in x.split(" "))


@operation(
    "keep the first character of every word only, without spaces", "write the initials of the words, without spaces"
)
def initials(x: str) -> str:
    return "".join(word[0] for word in words(x))


@operation(
    "keep the last character of every word only, without spaces",
    "write the final characters of the words, without spaces",
)
def word_endings(x: str) -> str:
    return "".join(word[-1] for word in words(x))


@operation(
    "sort the words by their character codes, joined by single spaces",
    "put the words into ascending order of character codes (capitals before small letters), with one space between",
)
def sort_words(x: str) -> str:
    return " ".join(sorted(words(x)))


@operation(
    "sort the words by length, shortest first and equals in their order, joined by single spaces",
    "put short words before long ones (words of equal length keep their order), with one space between",
)
def sort_words_by_length(x: str) -> str:
    return " ".join(sorted(words(x), key=len))


@operation("keep the longest word only, the first of equals", "answer with the first of the words that are longest")
def longest_word(x: str) -> str:
    return max(words(x), key=len, default="")


@operation(
    "move the first word to the end, joining the words by single spaces",
    "write the words from the second on, then the first one, with one space between",
)
def first_word_last(x: str) -> str:
    return " ".join(words(x)[1:] + words(x)[:1])


@operation(
    "join the words without spaces, each after the first beginning with a capital (camel case)",
    "write in camel case: leave out the spaces and capitalise the first character of all words but the first",
)
def camel_case(x: str) -> str:
    return "".join(word if i == 0 else upper(word[0]) + word[1:] for i, word in enumerate(words(x)))


@operation(
    "write in lower case and join the words with underscores (snake case)",
    "turn capitals into small letters and put one underscore between the words instead of spaces",
)
def snake_case(x: str) -> str:
    return lower("_".join(words(x)))


@operation(
    "abbreviate every word of more than {shown} characters to its first {shown} and a dot",
    "cut words after {shown} characters, marking each cut with a dot",
    shown=(2, 3, 4),
)
def abbreviate(x: str, shown: int) -> str:
    return " ".join(f"{word[:shown]}." if len(word) > shown else word for word in x.split(" "))


@operation(
    "in every word of more than three characters replace those between the first and the last by their number",
    "shorten each word of four or more characters to its first one, the count of those between, and its last one",
)
def numeronym(x: str) -> str:
    return " ".join(f"{word[0]}{len(word) - 2}{word[-1]}" if len(word) > 3 else word for word in x.split(" "))
