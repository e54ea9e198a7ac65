"""Where generated functions get their choices from: a stream of integers that is the same on every machine."""

import hashlib
from collections.abc import Sequence
from math import floor, log10
from typing import TypeVar

T = TypeVar("T")


def rounded(value: float) -> float:
    """Three significant digits: what a person would write, and what survives differences in the last bit."""
    return float(f"{value:.3g}") + 0.0


def rounded_up(value: float) -> float:
    """The smallest number of three significant digits that is not below a positive one."""
    near = rounded(value)
    return near if near >= value else rounded(value + 0.5 * 10.0 ** (floor(log10(value)) - 2))


class Draws:
    """A counter-based stream of choices, fixed by its key alone. Basic arithmetic only, so equal everywhere."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()
        self._count = 0

    def fraction(self) -> float:
        """Uniform in [0, 1)."""
        digest = hashlib.blake2b(self._count.to_bytes(8, "little"), key=_short(self._key), digest_size=8).digest()
        self._count += 1
        return (int.from_bytes(digest, "little") >> 11) / 2**53

    def choose(self, options: Sequence[T]) -> T:
        """One of the options, each as likely."""
        return options[int(self.fraction() * len(options))]

    def chance(self, probability: float) -> bool:
        """True with this probability."""
        return self.fraction() < probability

    def number(self, low: float, high: float) -> float:
        """Uniform between low and high, to three significant digits."""
        return rounded(low + (high - low) * self.fraction())

    def signed(self, low: float, high: float) -> float:
        """A number of either sign whose size is between low and high."""
        value = self.number(low, high)
        return value if self.chance(0.5) else -value

    def offset(self, size: float) -> float:
        """A vertical shift: none two times in five, else up to `size` either way."""
        return 0.0 if self.chance(0.4) else self.signed(0.1 * size, size)

    def shuffled(self, options: Sequence[T]) -> list[T]:
        """All options in a random order."""
        rest = list(options)
        return [rest.pop(int(self.fraction() * len(rest))) for _ in options]


def _short(key: bytes) -> bytes:
    """Keys of blake2b hold at most 64 bytes."""
    return hashlib.sha256(key).digest()
