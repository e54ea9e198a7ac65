"""Operations that count, and answer or add numbers in digits or words."""

from functions.string.entry import operation
from functions.string.meaning import CONSONANTS, NUMBER_WORDS, VOWELS, number_of, runs, words


@operation("give the number of characters in digits", "answer with the length of the text as a number")
def length(x: str) -> str:
    return str(len(x))


@operation(
    "give the number of characters, each of its digits as an English word, joined by hyphens",
    "spell the length of the text digit by digit in words with hyphens between (12 is one-two)",
)
def length_in_words(x: str) -> str:
    return "-".join(NUMBER_WORDS[int(d)] for d in str(len(x)))


@operation("append the number of characters, in digits", "put the length of the text, in digits, at its end")
def append_length(x: str) -> str:
    return f"{x}{len(x)}"


@operation("put the number of vowels in front", "begin the result with how many vowels the text has, in digits")
def prepend_vowel_count(x: str) -> str:
    return f"{number_of(x, VOWELS)}{x}"


@operation(
    "give the numbers of vowels and of consonants, separated by a slash",
    "answer with how many vowels and how many consonants there are, as in 3/5",
)
def count_sounds(x: str) -> str:
    return f"{number_of(x, VOWELS)}/{number_of(x, CONSONANTS)}"


@operation(
    "append a space and the number of words, in English where it is below ten, else in digits",
    "put a space and the count of words at the end: zero to nine as a word, more in digits",
)
def append_word_count(x: str) -> str:
    count = len(words(x))
    return f"{x} {NUMBER_WORDS[count] if count < 10 else count}"


@operation(
    "replace every word by its length",
    "write instead of each word the number of its characters, spaces as they are",
)
def word_lengths(x: str) -> str:
    return " ".join(str(len(word)) if word else word for word in x.split(" "))


@operation("append to every word its length", "put after each word the number of its characters, without a space")
def append_word_lengths(x: str) -> str:
    return " ".join(f"{word}{len(word)}" if word else word for word in x.split(" "))


@operation(
    "list each different character, in order of first appearance, each followed by how often it occurs",
    "write every character once, where it first occurs, followed by its number of occurrences",
)
def count_characters(x: str) -> str:
    return "".join(f"{c}{x.count(c)}" for c in dict.fromkeys(x))


@operation(
    "give the numbers of characters, of different characters and of words, joined by hyphens",
    "answer with three numbers joined by hyphens: characters, different characters, words",
)
def statistics(x: str) -> str:
    return f"{len(x)}-{len(set(x))}-{len(words(x))}"


@operation(
    "replace every run of equal characters by the character and the length of the run",
    "encode run lengths: each row of equal characters becomes that character and its count, also a count of 1",
)
def run_lengths(x: str) -> str:
    return "".join(f"{run[0]}{len(run)}" for run in runs(x))


@operation(
    "replace every run of two or more equal characters by the character and the length of the run",
    "encode run lengths, without a count where a character stands alone",
)
def long_run_lengths(x: str) -> str:
    return "".join(run if len(run) == 1 else f"{run[0]}{len(run)}" for run in runs(x))


@operation(
    "read the text aloud: for every run of equal characters write the length of the run and the character",
    "look and say: each row of equal characters becomes its count followed by the character",
)
def look_and_say(x: str) -> str:
    return "".join(f"{len(run)}{run[0]}" for run in runs(x))
