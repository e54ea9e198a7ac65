"""Output is capped: head and tail are kept."""

from hypothesis import given
from hypothesis import strategies as st

from sandbox.lab.capture import Capture


@given(st.lists(st.binary(max_size=40), max_size=20), st.integers(2, 60))
def test_memory_and_text_are_bounded_whatever_comes(chunks: list[bytes], cap: int) -> None:
    """What fits is kept whole; of the rest, the first and the last half of the cap."""
    capture = Capture(cap)
    for chunk in chunks:
        capture.feed(chunk)
    whole = b"".join(chunks)
    half = cap // 2
    if len(whole) <= 2 * half:
        assert not capture.truncated
        assert capture.text() == whole.decode("utf-8", "replace")
    else:
        assert capture.truncated
        assert capture.text() == (
            f"{whole[:half].decode('utf-8', 'replace')}\n[{len(whole) - 2 * half} bytes left out]\n"
            f"{whole[-half:].decode('utf-8', 'replace')}"
        )
