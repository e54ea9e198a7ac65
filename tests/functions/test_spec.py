"""Reading specs: what is right is read, what is wrong is named."""

import pytest

from functions.brief import Interval
from functions.errors import BadInput
from functions.numeric import NumericSpec
from functions.numeric.expression import Atom
from functions.spec import Spec, parse_spec, spec_json

LINE = {"node": "atom", "family": "linear", "parameters": {"slope": 2, "intercept": 1}}
DOCUMENT: dict[str, object] = {"category": "numeric", "domain": {"low": -8, "high": 8}, "expression": LINE}


def test_a_spec_is_read_from_text_bytes_and_objects() -> None:
    """All three forms of one document are one spec, which fills the Protocol."""
    spec: Spec = parse_spec(DOCUMENT)
    assert spec == NumericSpec(
        domain=Interval(low=-8, high=8), expression=Atom(family="linear", parameters={"slope": 2, "intercept": 1})
    )
    assert parse_spec(spec_json(parse_spec(DOCUMENT))) == spec
    assert parse_spec(spec_json(parse_spec(DOCUMENT)).encode()) == spec


def test_identity_does_not_depend_on_how_the_json_is_written() -> None:
    """Order of keys, spaces and 2 for 2.0 make no other function."""
    text = (
        '{ "expression": {"parameters": {"intercept": 1.0, "slope": 2.0}, "family": "linear", "node": "atom"},'
        ' "domain": {"high": 8, "low": -8.0}, "category": "numeric"}'
    )
    assert (
        parse_spec(text).sha256
        == parse_spec(DOCUMENT).sha256
        == "ea873061cb7a83ac7cb89695944ddd042a0c159f1af5ee540dc68abfe24cb884"
    )


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        (b"\xff", "not JSON"),
        ("[]", "no spec"),
        ({**DOCUMENT, "category": "tarot"}, "category"),
        ({**DOCUMENT, "surprise": 1}, "surprise"),
        ({**DOCUMENT, "expression": {**LINE, "family": "wobble"}}, "no family 'wobble'"),
        ({**DOCUMENT, "expression": {**LINE, "parameters": {"slope": 2}}}, r"missing: \['intercept'\]"),
        ({**DOCUMENT, "expression": {**LINE, "parameters": {"slope": float("inf"), "intercept": 1}}}, "finite"),
        ({**DOCUMENT, "domain": {"low": 8, "high": -8}}, "low < high"),
    ],
)
def test_what_is_wrong_is_named(source: str | bytes | dict[str, object], message: str) -> None:
    """Every bad document is a BadInput that says what is wrong with it."""
    with pytest.raises(BadInput, match=message):
        parse_spec(source)
