"""The few types that all tools share."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
Mask: TypeAlias = NDArray[np.bool_]
Indices: TypeAlias = NDArray[np.int_]
Curve: TypeAlias = Callable[[Array], Array]  # a function of an array of inputs, NaN where undefined
