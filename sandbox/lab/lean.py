"""What makes forks of a lab's main process cheap, which pay for each page of memory that is mapped or written to.

All of it is a matter of time alone: where a kernel has none of it, forks are dearer, and nothing else changes.
"""

import ctypes
import gc
import re
from collections.abc import Iterator
from contextlib import suppress

MADV_COLLAPSE = 25  # Linux 6.1 and later
HUGE = 1 << 21  # bytes: one entry of a page table's upper level


def settle() -> None:
    """Put what there is now out of the collector's reach, and in huge pages, of which a fork copies one entry each."""
    gc.collect()
    gc.freeze()  # forks must not copy pages for a collector's sake
    with suppress(OSError, AttributeError):
        madvise = ctypes.CDLL(None).madvise
        for start, end in _heaps():
            madvise(ctypes.c_void_p(start), ctypes.c_size_t(end - start), MADV_COLLAPSE)


def _heaps() -> Iterator[tuple[int, int]]:
    """Where whole huge pages fit into what this process allocated. Raises OSError where the system does not tell."""
    with open("/proc/self/maps") as file:
        mappings = file.readlines()
    for line in mappings:
        found = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw-p \S+ \S+ 0 *(?:\[heap\])?$", line)
        if found:
            start, end = -(-int(found[1], 16) // HUGE) * HUGE, int(found[2], 16) // HUGE * HUGE
            if start < end:
                yield start, end
