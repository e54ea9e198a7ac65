"""What held-out numeric functions are drawn from: these families, and nothing else."""

from functions.numeric.generate import Recipe

_FAMILIES_1 = (
    *("damped_oscillation", "modulo", "piecewise_linear", "quantised_gaussian", "quantised_sine", "quantised_tanh"),
    *("sinc", "triangle_wave", "two_sinusoids"),
)

HELD_OUT_1 = Recipe(
    held_out=True,
    families=_FAMILIES_1,
    replacements=_FAMILIES_1,
    sums=0.10,
    products=0.0,
    compositions=0.10,
    noisy=0.30,
    corrupted=0.20,
)
