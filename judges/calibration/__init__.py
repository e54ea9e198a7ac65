"""How good is a description judge? Texts of known worth, made from suites, and what the judge says of them.

`faults` makes false texts of each kind, `harmless` changes that must not matter, `injections` what must not move a
judge; `measure` asks any judge and reduces the grades to figures.
"""

from judges.calibration.measure import Calibration, calibrate

__all__ = ["Calibration", "calibrate"]
