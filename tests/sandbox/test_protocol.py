"""The wire decides every doubt once."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox import protocol
from sandbox.protocol import ErrorCode, FrameError, Lines, decode, encode

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), values, max_size=4))
def test_frames_come_back_equal(frame: dict[str, object]) -> None:
    """What is encoded as one line is decoded as itself."""
    line = encode(frame)
    assert line.count(b"\n") == 1
    assert decode(line[:-1]) == frame


@given(st.binary(max_size=200))
def test_garbage_is_a_frame_or_a_fixed_error(line: bytes) -> None:
    """No bytes get anything out of the decoder but a frame or a FrameError."""
    with suppress(FrameError):
        assert isinstance(decode(line), dict)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"[]",
        b"1",
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": -Infinity}',
        b'{"a": ' + b"9" * 400 + b"}",
        b'{"a": "\xff"}',
    ],
)
def test_what_is_no_frame_is_refused(line: bytes) -> None:
    """Other JSON, constants that JSON does not have, huge integers and broken text are bad requests."""
    with pytest.raises(FrameError, match=ErrorCode.BAD_REQUEST):
        decode(line)


@pytest.mark.parametrize(
    "line",
    [
        b" " * (protocol.MAX_FRAME + 1),
        b'{"a": ' + b"[" * 20 + b"]" * 20 + b"}",
        b"[" * 100_000,
    ],
)
def test_a_frame_beyond_the_caps_is_too_large(line: bytes) -> None:
    """In bytes, which are looked at before anything is parsed, or in depth."""
    with pytest.raises(FrameError, match=ErrorCode.TOO_LARGE):
        decode(line)


@pytest.mark.parametrize("value", [True, False, None, "1", [1], {}, float("inf"), float("nan")])
def test_only_finite_numbers_are_numbers(value: object) -> None:
    """A bool is none, nor is a text or an infinity (JSON can spell one as 1e999)."""
    assert protocol.finite(value) is None


def test_an_overflowing_literal_is_no_number() -> None:
    """1e999 is valid JSON, and still no finite number."""
    with pytest.raises(FrameError):
        protocol.number(decode(b'{"a": 1e999}'), "a")


@pytest.mark.parametrize("value", [True, -1, 1.0, "1", None])
def test_counts_are_whole_and_not_negative(value: object) -> None:
    """Neither bools nor floats count."""
    with pytest.raises(FrameError):
        protocol.count({"a": value}, "a")


def test_lists_are_capped() -> None:
    """More items than a query may have are too large, whatever they are."""
    with pytest.raises(FrameError, match=ErrorCode.TOO_LARGE):
        protocol.items({"inputs": [0] * (protocol.MAX_INPUTS + 1)}, "inputs")


@given(st.lists(st.binary(max_size=20).map(lambda b: b.replace(b"\n", b"")), max_size=8), st.integers(1, 7))
def test_lines_are_found_whatever_the_pieces(lines: list[bytes], piece: int) -> None:
    """How bytes are cut on their way does not matter."""
    stream = b"".join(line + b"\n" for line in lines)
    buffer, found = Lines(), []
    for start in range(0, len(stream), piece):
        buffer.feed(stream[start : start + piece])
        while (line := buffer.pop()) is not None:
            found.append(line)
    assert found == lines
    assert len(buffer) == 0


def test_half_a_line_is_bounded() -> None:
    """A sender that never ends its line is cut off at the cap."""
    buffer = Lines(cap=10)
    buffer.feed(b"x" * 11)
    with pytest.raises(FrameError, match=ErrorCode.TOO_LARGE):
        buffer.pop()


def test_encoding_refuses_what_json_cannot_say() -> None:
    """A NaN on its way out is our own fault and must not pass."""
    with pytest.raises(ValueError, match="JSON compliant"):
        encode({"a": float("nan")})
    assert json.loads(encode({"a": None})) == {"a": None}
