"""Texts worth asking about, whatever the function: each has several properties, together most of them both ways."""

from collections.abc import Callable, Sequence

SURVEY = (
    "Hello World 42",
    "Été  à Zürich",
    "MISSISSIPPI river-7",
    "banana split, Too",
    "The quick brown fox jumps over the lazy dog.",
    "racecar",
    "Umbrella",
    "abcdefgh",
    "Keep it simple,\tO\nK?",
    "a1b2c3",
    "otter pond",
    "x",
    "",
    "good  food",
    "Zebra-9!",
    "level",
    "programming language",
    "QUIZ",
    "it was a very long day in June 2024.",
    "ab",
    "eerie audio",
    "7 apples and 12 pears",
    "rhythm",
    "Anna",
    "aaabbbccd",
    "tomato soup, tomato bread",
    "Ice",
    " padded text ",
    "zyxw",
    "Jump_over/the:moon",
    "1234567",
    "egg",
    "Queue",
    "small cats sat still",
    "?!",
    "UPPER lower MiXeD",
    "dog",
    "one two three four five six",
    "noon",
    "Kayak trip",
    "oboe",
    "strengths",
    "88 keys",
    "Mm",
    "deed done",
)


def probes(count: int) -> tuple[str, ...]:
    """The first `count` texts of the survey: those that tell most come first."""
    return SURVEY[:count]


WORDS = """
apple river stone cloud music table garden window yellow orange silver planet bottle summer winter forest mountain
letter number animal island engine kitten puzzle rocket saddle tunnel violin wisdom zigzag under open egg ivy oak ant
east idea area radar civic madam refer stats pop did eve gig wow sky try gym cry lynx crypt book moon tree bell hill
ball buzz cliff happy coffee hello moss queen quiz jazz box fox wax yak zoo
"""
PLAIN = tuple(WORDS.split())


def pool() -> tuple[str, ...]:
    """Some hundred texts of many kinds, for telling rivals apart. The same on every machine."""
    out: list[str] = list(PLAIN)
    for i, word in enumerate(PLAIN):
        other, third = PLAIN[(i * 7 + 3) % len(PLAIN)], PLAIN[(i * 11 + 5) % len(PLAIN)]
        out += (
            f"{word} {other}",
            word.capitalize(),
            word[: 1 + i % 6],
            f"{word.upper()} {other}" if i % 3 else word.upper(),
            f"{word}{(i * 37) % 100}" if i % 2 else f"{i % 10}{word}",
            f"{word} {other} {third}" + ("." if i % 3 else "!"),
            f"{word}, {other.capitalize()}" if i % 2 else f"{word}-{other}",
        )
        if i % 4 == 0:
            long = " ".join(PLAIN[(i * 5 + j * 13) % len(PLAIN)] for j in range(4 + i % 4))
            out += (
                long.capitalize(),
                f"{word}{word[::-1]}",
                f"{word}{word[-2::-1]}",
                f" {word}",
                f"{word}  {other}",
                f"{word} {word}",
                "".join(sorted(word)),
                word * 2,
                f"{word}{other}{third}",
            )
    out += [
        "",
        " ",
        "a",
        "B",
        "e",
        "5",
        "!",
        "42",
        "2718",
        "3.14",
        "A1",
        "aa",
        "aA",
        "ée",
        "ñandú",
        "naïve café",
        "ABBA",
        "Abba",
        "AaBbCc",
        "abcabc",
        "x y z",
        "a b",
        "I am",
        "10 20 30",
        "no. 7",
        "(ok)",
        "é",
        "_",
        "zz top",
        "a b c d e f g h i j k l",
        "The old cat and the dog sat on a mat in the sun 24 times.",
    ]
    return tuple(dict.fromkeys(out))


def variants(texts: Sequence[str], asked: Sequence[tuple[str, object]], count: int) -> list[str]:
    """Up to `count` texts that differ little from the given ones: which of their properties mattered?"""
    known = {x for x, _ in asked}
    edits: list[Callable[[str], str]] = [
        lambda x: x[:-1],
        lambda x: x[1:],
        str.lower,
        lambda x: x + "b",
        lambda x: "b" + x,
        str.upper,
        lambda x: x[: len(x) // 2],
        lambda x: x.replace(" ", ""),
        lambda x: x[len(x) // 2 :],
        lambda x: "".join(c for c in x if c.isalpha()),
        lambda x: x + " dog",
        lambda x: x + x,
        str.capitalize,
    ]
    candidates = [edit(x) for edit in edits for x in texts]
    return list(dict.fromkeys(x for x in candidates if x not in known))[:count]
