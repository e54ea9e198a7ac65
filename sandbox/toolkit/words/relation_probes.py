"""Which domain is a relation about: a few words of each, the ones first that belong to many."""

from zlib import crc32

from .relations import Answers, Ask
from .rules import Rule, domain, plain, sources

_PASSES = 4  # words of each domain, at most, where none of them is answered


def survey(count: int, asked: Answers, ask: Ask) -> None:
    """Ask one word of each domain, then another one and so on, until words of one domain were answered."""
    answered = {word for word, answer in asked.items() if answer is not None}
    done = set(asked)
    for words in map(_pass, range(_PASSES)):
        fresh = [word for word in words if plain(word) not in done][:count]
        for start in range(0, len(fresh), 8):
            batch = fresh[start : start + 8]
            if not answered and batch:
                replies = ask(batch)
                count -= len(batch)
                answered |= {plain(w) for w, a in zip(batch, replies, strict=True) if a is not None}
                done |= {plain(w) for w in batch}


def _pass(place: int) -> list[str]:
    """One word of each domain that no earlier word belongs to as well; `place` picks other words each time."""
    chosen: list[str] = []
    covered: set[tuple[str, str]] = set()
    for source in sources():
        if source in covered:
            continue
        rows = domain(*source)
        # a fixed place in the table: frequent words come first
        step = max(1, min(len(rows) // (_PASSES + 1), 40))
        words = list(rows)[place * step : place * step + 60]
        word = max(words, key=lambda w: sum(w in domain(*other) for other in sources() if other not in covered))
        covered |= {other for other in sources() if word in domain(*other)}
        chosen.append(rows[word][source[1]])
    return chosen


def neighbours(asked: Answers, count: int) -> list[str]:
    """More words of the domains that answered words belong to, the likeliest domain first, in no order of its own."""
    found: dict[str, str] = {}
    for source in likely(asked):
        rows = domain(*source)
        fresh = [word for word in rows if word not in asked and word not in found]
        found |= {word: rows[word][source[1]] for word in sorted(fresh, key=_scrambled)}
        if len(found) >= count:
            break
    return list(found.values())[:count]


def likely(asked: Answers) -> list[tuple[str, str]]:
    """Domains of which any word was answered, those first of which most words were."""
    shares = {}
    for source in sources():
        inside = [answer is not None for word, answer in asked.items() if word in domain(*source)]
        if any(inside):
            shares[source] = (sum(inside) + 1) / (len(inside) + 2)
    return sorted(shares, key=lambda source: -shares[source])


def _scrambled(word: str) -> int:
    """Puts words into an order that has nothing to do with a table's: a class of inputs may be every other row."""
    return crc32(word.encode())


def outside(rule: Rule, count: int) -> list[str]:
    """Words of other domains and words that mean nothing, which a rule leaves undefined."""
    others = [source for source in sources() if source[0] != rule.table.name][:: max(1, len(sources()) // 12)]
    words = [next(row[c] for word, row in domain(t, c).items() if word not in rule.rows) for t, c in others]
    return ["mopvix", *words][:count]
