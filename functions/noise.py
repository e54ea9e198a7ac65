"""Noise as a keyed hash of what was asked, so that runs replay exactly and nobody without the secret can subtract it.

The 64 bytes of blake2b(input, how often it was asked before; key = secret) are turned into a number by integer
arithmetic alone: no logarithm, no cosine, nothing that differs in its last bit between machines or numpy versions.
"""

import hashlib
import math

import numpy as np

from functions.arrays import FloatArray, IntArray
from functions.brief import Noise, NoiseKind

_WORDS = 32  # 16-bit words in one digest
_WORD_VALUES = 1 << 16
_SUM_MEAN = _WORDS * (_WORD_VALUES - 1) / 2
_SUM_SD = math.sqrt(_WORDS * (_WORD_VALUES**2 - 1) / 12)
_POISSON_ONE = tuple(  # P(Poisson(1) <= k) in units of 2**-64, floored; above k = 19 nothing is left
    sum((10**40 // math.factorial(k)) for k in range(n + 1)) * (1 << 64) // 27182818284590452353602874713526624977572
    for n in range(20)
)


def audit_secret(spec_sha256: str, seed: int) -> bytes:
    """The secret that keys one audit's noise: 32 bytes from the identity of the spec and the audit's seed."""
    return hashlib.sha256(f"noise of {spec_sha256} under {seed}".encode()).digest()


def scale_at(noise: Noise, y: FloatArray) -> FloatArray:
    """The scale of the noise (see `NoiseKind` for what it means) where the expected output is y; NaN where y is."""
    return noise.scale + noise.growth * np.abs(y)


def deviation_at(noise: Noise, y: FloatArray) -> FloatArray:
    """The standard deviation of an answer where the expected output is y, in output units; NaN where y is."""
    return scale_at(noise, y) / (math.sqrt(3) if noise.kind is NoiseKind.UNIFORM else 1.0)


def draw_noise(
    noise: Noise, x: FloatArray, asked_before: IntArray, secret: bytes, y: FloatArray | None = None
) -> FloatArray:
    """Noise of mean zero in output units, one value an input: a number of `x` (N,), or a row of it (N, D).

    `asked_before` counts how often that same input had been asked (0.0 and -0.0 are one input). Equal arguments give
    equal noise, whatever else is in the batch. `y`, the expected outputs, is needed where the noise grows with them;
    ValueError where it is missing.
    """
    if noise.kind is NoiseKind.NONE:
        return np.zeros(len(x))
    digests = _digests(x, asked_before, secret)
    match noise.kind:
        case NoiseKind.GAUSSIAN:
            unit = _gaussian(digests)
        case NoiseKind.UNIFORM:
            unit = _uniform(digests)
        case NoiseKind.POISSON:
            unit = _poisson(digests)
    if not noise.growth:
        return noise.scale * unit
    if y is None:
        raise ValueError("noise that grows with the value needs the expected outputs")
    return scale_at(noise, y) * unit


def _digests(x: FloatArray, asked_before: IntArray, secret: bytes) -> bytes:
    """64 bytes for each input, one after the other. About 0.8 us an input."""
    key = hashlib.blake2b(key=hashlib.sha256(secret).digest())
    rows = x[:, None] if x.ndim == 1 else np.ascontiguousarray(x)
    asked = np.empty((len(x), rows.shape[1] + 1), dtype="<u8")
    asked[:, :-1] = (rows + 0.0).astype("<f8").view("<u8")  # adding 0.0 turns -0.0 into 0.0
    asked[:, -1] = asked_before.ravel()
    text, size = asked.tobytes(), asked.itemsize * asked.shape[1]
    digests = []
    for start in range(0, len(text), size):
        state = key.copy()
        state.update(text[start : start + size])
        digests.append(state.digest())
    return b"".join(digests)


def _gaussian(digests: bytes) -> FloatArray:
    """A sum of 32 uniforms, standardised: within 0.001 of the normal distribution function everywhere."""
    words = np.frombuffer(digests, dtype="<u2").reshape(-1, _WORDS)
    sums: FloatArray = words.sum(axis=1, dtype=np.float64)  # exact: far below 2**53
    return (sums - _SUM_MEAN) / _SUM_SD


def _uniform(digests: bytes) -> FloatArray:
    """Uniform between -1 and 1, both excluded."""
    return ((_integers(digests) >> np.uint64(11)).astype(np.float64) + 0.5) / 2**52 - 1.0


def _poisson(digests: bytes) -> FloatArray:
    """Poisson(1) - 1, by inversion of its distribution function."""
    below = np.searchsorted(np.array(_POISSON_ONE, dtype=np.uint64), _integers(digests), side="right")
    return below.astype(np.float64) - 1.0


def _integers(digests: bytes) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    return np.frombuffer(digests, dtype="<u8")[:: _WORDS // 4].astype(np.uint64)
