"""What is believed of a function of several numbers: its values, its code, its description, and the report."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .explain import noise_sentence
from .multivariate_box import Box
from .multivariate_model import NAMES, Model, Stated
from .multivariate_plane import Plane
from .noise import NoiseFinding
from .types import Array

Json = dict[str, object]


@dataclass(frozen=True)
class Found:
    """What is believed of a function of several numbers. `whole` is the best formula: worth stating if it `fits`."""

    x: Array
    y: Array
    low: Array
    high: Array
    whole: Stated | Plane
    fits: bool
    active: tuple[int, ...]
    box: Box | None
    noise: NoiseFinding
    residual: float
    explained: bool
    oddest: Array  # the row that it explains worst
    model: Model | None = None  # behind `whole`

    def value(self, x: Array) -> Array:
        """What is believed at rows (N, D)."""
        if self.interpolates:
            return self._interpolated(x)
        y = self.whole.value(x)
        return y if self.box is None else np.where(self.box.contains(x), self.box.value(x), y)

    @cached_property
    def interpolates(self) -> bool:
        """Is nothing known that is nearer to the answers than what lies between the others?"""
        if self.fits:
            return False
        left = self.y - self.whole.value(self.x)
        left = left if self.box is None else np.where(self.box.contains(self.x), self.y - self.box.value(self.x), left)
        return bool(np.median(np.abs(self._left_out)) < np.nanmedian(np.abs(left)))

    @property
    def names(self) -> str:
        """The inputs, as arguments."""
        return ", ".join(NAMES[: len(self.low)])

    @cached_property
    def _system(self) -> tuple[Array, Array, Array]:
        """Linear radial functions through the answers, and a constant: their places (as shares of the domain), the
        system that their weights solve, smoothed where answers are noisy, and its right side."""
        places, which = np.unique((self.x - self.low) / (self.high - self.low), axis=0, return_inverse=True)
        means = np.array([self.y[which.ravel() == i].mean() for i in range(len(places))])
        apart = np.sqrt(((places[:, None] - places) ** 2).sum(axis=2))
        spread = float(means.std()) or 1.0
        ridge = np.eye(len(places)) * -0.3 * (self.noise.sd / spread) ** 2
        edge = np.ones((len(places), 1))
        return places, np.block([[apart + ridge, edge], [edge.T, np.zeros((1, 1))]]), np.append(means, 0.0)

    @cached_property
    def _weights(self) -> tuple[Array, Array]:
        """The places and the weights, the last that of the constant."""
        places, system, right = self._system
        return places, np.asarray(np.linalg.lstsq(system, right, rcond=None)[0], dtype=float)

    @property
    def _left_out(self) -> Array:
        """How far each answer is from what the others alone would give (Rippa 1999, for radial functions)."""
        _, system, _ = self._system
        return np.asarray((self._weights[1] / np.diag(np.linalg.pinv(system)))[:-1])

    def _interpolated(self, x: Array) -> Array:
        places, weights = self._weights
        at = np.clip((x - self.low) / (self.high - self.low), -0.02, 1.02)
        return np.asarray(np.sqrt(((at[:, None] - places) ** 2).sum(axis=2)) @ weights[:-1] + weights[-1])

    @property
    def code(self) -> str:
        """Source of the function."""
        if self.interpolates:
            return self._interpolating_code
        lines = [] if self.box is None else [f"if {self.box.condition}:", f"    return float({self.box.code})"]
        body = "".join(f"    {line}\n" for line in [*lines, *self.whole.lines])
        return f"import numpy as np\n\n\ndef function({self.names}):\n{body}"

    @property
    def _interpolating_code(self) -> str:
        places, weights = self._weights
        rows = ", ".join(f"({', '.join(f'{v:.5g}' for v in place)})" for place in places)
        return (
            f"import numpy as np\n\nPLACES = np.array([{rows}])\n"
            f"WEIGHTS = np.array([{', '.join(f'{w:.8g}' for w in weights[:-1])}])\n"
            f"LOW, WIDTH = np.array({self.low.tolist()}), np.array({(self.high - self.low).tolist()})\n\n\n"
            f"def function({self.names}):\n"
            f"    at = np.clip((np.array([{self.names}]) - LOW) / WIDTH, -0.02, 1.02)\n"
            f"    return float(np.sqrt(((at - PLACES) ** 2).sum(axis=1)) @ WEIGHTS + {weights[-1]!r})\n"
        ).replace("np.float64", "float")

    @property
    def description(self) -> str:
        """Prose."""
        count = {2: "two", 3: "three"}[len(self.low)]
        idle = " ".join(f"The input {NAMES[c]} changes nothing." for c in range(len(self.low)) if c not in self.active)
        noise = noise_sentence(self.noise)
        if not self.fits:
            near = "The code only interpolates."
            if not self.interpolates:
                near = f"The code is what comes nearest, which is no explanation: {self.whole.written}."
            text = (
                f"The rule is unknown: nothing that was tried explains how the answers depend on the {count} inputs. "
                f"The smallest answer was {self.y.min():.4g}, the largest {self.y.max():.4g}. "
                f"{near}"
            )
            return " ".join(part for part in (text, idle, noise) if part)
        text = (
            f"The function takes {count} numbers. It is {self.whole.english}: f({self.names}) = {self.whole.written}."
        )
        region = "There is no irregular region."
        if self.box is not None:
            region = (
                f"{self.box.where[:1].upper()}{self.box.where[1:]} it is irregular: there it is {self.box.english}."
            )
        doubt = "" if self.explained else "This is an approximation: something is left that it does not explain."
        return " ".join(part for part in (text, idle, region, noise, doubt) if part)

    def as_json(self) -> Json:
        """Everything a report needs."""
        return {
            "description": self.description,
            "code": self.code,
            "noise": {"kind": self.noise.kind, "scale": self.noise.scale, "sd": self.noise.sd},
            "box": None if self.box is None or not self.fits else [list(side) for side in self.box.sides],
            "behaviour": "" if self.box is None or not self.fits else self.box.english,
            "explained": self.explained,
            "named": self.fits,
            "form": self.whole.written if self.fits else "unknown",
            "residual": self.residual,
            "parts": self._parts,
        }

    @property
    def _parts(self) -> list[Json]:
        base = [("base", *part) for part in self.whole.named_parts] if self.fits else []
        there = None if self.box is None or not self.fits else self.box.behaviour
        inside = [] if self.box is None or there is None else [("region", *self.box.named(there))]
        return [
            {"about": about, "input": name, "families": families, "numbers": numbers}
            for about, name, families, numbers in (*base, *inside)
        ]
