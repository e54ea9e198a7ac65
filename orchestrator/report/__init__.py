"""One audit as one self-contained page, made from its run directory alone.

Everything in a run directory is material to show, never to run or to trust: what agents wrote is escaped, what is
enormous is cut with a note, and what is missing is said to be missing. The page loads nothing and runs no script.
"""

from orchestrator.report.curves import Curves, record_curves
from orchestrator.report.page import write_report
from orchestrator.report.slices import record_slices

__all__ = ["Curves", "record_curves", "record_slices", "write_report"]
