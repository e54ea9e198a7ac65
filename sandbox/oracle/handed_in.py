"""Reading what a third-party interpreter hands in: unknown fields are left out, wrong ones refused by name."""

from collections.abc import Mapping

from pydantic import ValidationError

from functions.brief import Interpretation
from sandbox.protocol import ErrorCode, FrameError

PLACE = "interpretation"
MAX_DESCRIPTION = 20_000  # characters
MAX_CODE = 100_000  # characters
MAX_LISTED = 200  # regions, claims
MAX_WORDS = 2_000  # characters of any other text
CAPS = {"description": MAX_DESCRIPTION, "code": MAX_CODE}

Place = tuple[int | str, ...]


def read_interpretation(given: object) -> Interpretation:
    """The interpretation in a frame. Raises FrameError (`too_large`, `bad_request`) with the field's place.

    What is refused is named by our own names for it, never by what was sent.
    """
    _check(given, ())
    try:
        return Interpretation.model_validate(given)
    except ValidationError as error:
        unknown = [fault["loc"] for fault in error.errors(include_input=False) if fault["type"] == "extra_forbidden"]
    try:
        return Interpretation.model_validate(_without(given, set(unknown), ()))
    except ValidationError as error:
        first = error.errors(include_input=False)[0]["loc"]
        raise FrameError(ErrorCode.BAD_REQUEST, _named(first)) from None


def _check(value: object, place: Place) -> None:
    """Sizes, and texts that UTF-8 cannot hold. Frames are shallow (see `protocol.decode`), so this may recurse."""
    if isinstance(value, str):
        if len(value) > (CAPS.get(str(place[0]), MAX_WORDS) if len(place) == 1 else MAX_WORDS):
            raise FrameError(ErrorCode.TOO_LARGE, _named(place))
        if any("\ud800" <= c <= "\udfff" for c in value):
            raise FrameError(ErrorCode.BAD_REQUEST, _named(place))
    if isinstance(value, list):
        if len(value) > MAX_LISTED:
            raise FrameError(ErrorCode.TOO_LARGE, _named(place))
        for index, inner in enumerate(value):
            _check(inner, (*place, index))
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if place or name in Interpretation.model_fields:  # what is unknown is left out anyway
                _check(inner, (*place, name))


def _without(value: object, places: set[Place], here: Place) -> object:
    """The same value without what is at `places`."""
    if isinstance(value, Mapping):
        return {n: _without(v, places, (*here, n)) for n, v in value.items() if (*here, n) not in places}
    if isinstance(value, list):
        return [_without(v, places, (*here, n)) for n, v in enumerate(value)]
    return value


def _named(place: Place) -> str:
    """`interpretation.regions.0.where`: no more of it than numbers and identifiers."""
    parts = [str(part) for part in place if isinstance(part, int) or part.isidentifier()]
    return ".".join((PLACE, *parts))[:200]
