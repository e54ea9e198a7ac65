"""Makes `functions/data/nouns@1.txt.gz` from WordNet's database files.

    python -m functions.entity.build_taxonomy /usr/share/wordnet

The files are in Debian's package `wordnet-base` (WordNet 3.0). Nothing of them is needed once the table is made.
The table is text with three blocks, each opened by a line that starts with `#`:

- synsets, a parent always before its children: `label <TAB> parents <TAB> synsets in it, itself included`
- lemmas, sorted: `lemma <TAB> synsets, the most usual sense first <TAB> how often each was tagged in SemCor`
- irregular plurals, sorted: `plural <TAB> lemmas`
"""

import argparse
import gzip
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from functions.data.words import canonical

TABLE = "nouns@1"
TARGET = Path(__file__).parent.parent / "data" / f"{TABLE}.txt.gz"
_HYPERNYMS = frozenset({"@", "@i"})  # "is a kind of" and "is an instance of"

Synsets = dict[str, tuple[str, tuple[str, ...]]]  # offset -> label, offsets of hypernyms
Senses = dict[str, list[tuple[str, int]]]  # lemma -> (offset, tag count), the most usual first


def build(wordnet: Path) -> str:
    """The table's text, the same from the same files. Raises OSError where they are missing."""
    synsets = dict(_synsets(wordnet / "data.noun"))
    number = {offset: i for i, offset in enumerate(_parents_first(synsets))}
    sizes = _sizes(synsets, number)
    blocks = [
        "# synsets",
        *(
            f"{synsets[offset][0]}\t{','.join(str(number[up]) for up in synsets[offset][1])}\t{sizes[i]}"
            for offset, i in number.items()
        ),
        "# lemmas",
        *sorted(
            f"{lemma}\t{','.join(str(number[o]) for o, _ in senses)}\t{','.join(str(n) for _, n in senses)}"
            for lemma, senses in _lemmas(wordnet).items()
        ),
        "# plurals",
        *_plurals(wordnet / "noun.exc"),
    ]
    return "\n".join(blocks) + "\n"


def _lines(path: Path) -> Iterator[list[str]]:
    """Fields of each line, without the licence at the head, whose lines are indented."""
    for line in path.read_text(encoding="ascii").splitlines():
        if not line.startswith(" "):
            yield line.split()


def _synsets(path: Path) -> Iterator[tuple[str, tuple[str, tuple[str, ...]]]]:
    for fields in _lines(path):
        words = int(fields[3], 16)
        pointers = fields[5 + 2 * words : fields.index("|")]
        ups = (pointers[i + 1] for i in range(0, len(pointers), 4) if pointers[i] in _HYPERNYMS)
        yield fields[0], (fields[4].replace("_", " "), tuple(ups))


def _parents_first(synsets: Synsets) -> list[str]:
    children: dict[str, list[str]] = {offset: [] for offset in synsets}
    for offset, (_, ups) in synsets.items():
        for up in ups:
            children[up].append(offset)
    missing = {offset: len(ups) for offset, (_, ups) in synsets.items()}
    ready, order = deque(offset for offset, count in missing.items() if not count), []
    while ready:
        order.append(offset := ready.popleft())
        for child in children[offset]:
            missing[child] -= 1
            if not missing[child]:
                ready.append(child)
    return order


def _sizes(synsets: Synsets, number: dict[str, int]) -> list[int]:
    ancestors: list[set[int]] = []
    sizes = [0] * len(number)
    for offset, i in number.items():
        ancestors.append({i}.union(*(ancestors[number[up]] for up in synsets[offset][1])))
        for up in ancestors[i]:
            sizes[up] += 1
    return sizes


def _lemmas(wordnet: Path) -> Senses:
    counts = {
        (key.partition("%")[0], int(sense)): int(count)
        for key, sense, count in _lines(wordnet / "cntlist.rev")
        if key.partition("%")[2].startswith("1:")
    }
    lemmas: Senses = {}
    for fields in _lines(wordnet / "index.noun"):
        offsets = fields[len(fields) - int(fields[2]) :]
        merged = lemmas.setdefault(canonical(fields[0]), [])  # "x-ray" and "x_ray" are one word
        seen = {offset for offset, _ in merged}
        merged += [(o, counts.get((fields[0], i), 0)) for i, o in enumerate(offsets, 1) if o not in seen]
    return {lemma: sorted(senses, key=lambda sense: -sense[1]) for lemma, senses in lemmas.items()}


def _plurals(path: Path) -> list[str]:
    return sorted(
        f"{canonical(plural)}\t{','.join(canonical(lemma) for lemma in lemmas)}"
        for plural, *lemmas in _lines(path)
        if canonical(plural) not in map(canonical, lemmas)
    )


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wordnet", type=Path, help="the folder with data.noun, index.noun, noun.exc and cntlist.rev")
    TARGET.write_bytes(gzip.compress(build(parser.parse_args().wordnet).encode(), compresslevel=9, mtime=0))


if __name__ == "__main__":
    main()
