"""Small jobs for sandboxes: a line with noise, and a log in memory."""

from sandbox.check.job import MARK, SECRET, MemoryLog, line_job

__all__ = ["MARK", "SECRET", "MemoryLog", "line_job"]
