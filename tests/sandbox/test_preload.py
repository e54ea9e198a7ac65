"""What a source names is guessed from its text, and nothing but known modules is ever taken from it."""

import pytest

from sandbox.engines.preload import modules_named


@pytest.mark.parametrize(
    ("source", "modules"),
    [
        ("", set()),
        ("import numpy as np\nfrom lab import oracle", {"numpy"}),
        ("import math, numpy as np", {"math", "numpy"}),
        ("def f():\n    from scipy import stats, optimize as o", {"scipy", "scipy.stats", "scipy.optimize"}),
        ("import scipy\nscipy.special.gamma(3)", {"scipy", "scipy.special"}),
        ("import numpy as np\nnp.random.rand()", {"numpy", "numpy.random"}),
        ("from toolkit.strings import infer\nimport toolkit", {"toolkit"}),
        ("import antigravity, this, numpy.f2py.__main__", set()),
        ("'import os'\n#import json", set()),
    ],
)
def test_known_modules_are_found(source: str, modules: set[str]) -> None:
    """Plain imports, parts of packages, and parts that are used by their dotted name."""
    assert modules_named(source) == modules
