"""Output of an experiment, capped: the head and the tail are kept, and what lay between is counted."""


class Capture:
    """Takes any amount of output and holds at most `cap` bytes of it."""

    def __init__(self, cap: int) -> None:
        self._half = max(1, cap // 2)
        self._head = bytearray()
        self._tail = bytearray()
        self._total = 0

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes."""
        self._total += len(chunk)
        room = self._half - len(self._head)
        self._head += chunk[:room]
        self._tail += chunk[room:]
        if len(self._tail) > 2 * self._half:
            del self._tail[: -self._half]

    @property
    def truncated(self) -> bool:
        """Was anything left out?"""
        return self._total > 2 * self._half

    def text(self) -> str:
        """What was kept, decoded with replacement."""
        if not self.truncated:
            return (self._head + self._tail).decode("utf-8", "replace")
        left_out = self._total - 2 * self._half
        tail = self._tail[-self._half :]
        return (
            f"{self._head.decode('utf-8', 'replace')}\n[{left_out} bytes left out]\n{tail.decode('utf-8', 'replace')}"
        )
