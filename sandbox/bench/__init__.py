"""What the sandbox costs, measured on this machine: `inquest sandbox bench`.

`measure.py` measures an engine of ours, `peers.py` what people run agents' code with today, on the same image in the
same run: absolute times do not travel from machine to machine, ratios do.
"""

from sandbox.bench.measure import Figures, measure, measure_runsc
from sandbox.bench.peers import measure_peers

__all__ = ["Figures", "measure", "measure_peers", "measure_runsc"]
