"""True claims against claims made, both ways: `parts` judges what is said of base and region, `around` the rest."""

from dataclasses import dataclass, replace

from functions.numeric import NumericSpec
from functions.numeric.network import Network
from judges.code.landmarks import Landscape
from judges.description.around import match_absences, match_intervals, match_noise
from judges.description.departures import match_departures
from judges.description.expression import Number
from judges.description.ledger import Ledger
from judges.description.parts import PARTS, REPRODUCES, WITHIN, match_part
from judges.description.pieces import agreement, closeness
from judges.description.reading import Piece, Quantity, Reading
from judges.grade import ClaimVerdict
from judges.truth import Truth


@dataclass(frozen=True)
class Verdicts:
    """Each true claim and each claim made, judged."""

    true: tuple[ClaimVerdict, ...]
    made: tuple[ClaimVerdict, ...]
    closeness: float = 0.0  # 0 to 1: how near the pieces come that are told, put together


def match(truth: Truth, reading: Reading) -> Verdicts:
    """Judge a reading against the truth. Pure."""
    ledger, landscape = Ledger(truth.claims()), Landscape(_spoken_of(truth))
    if not truth.irregular:
        reading = reading.in_one_part()
    if reading.pieces and agreement(landscape, reading.pieces, WITHIN) >= REPRODUCES:
        _settle(reading.pieces, ledger)
        reading = replace(reading, quantities=tuple(q for q in reading.quantities if not _told(q, reading.pieces)))
    for part in PARTS:
        match_part(part, landscape, reading, ledger)
    match_intervals(landscape, reading, ledger)
    match_departures(landscape, reading.departures, ledger)
    match_noise(reading, ledger)
    match_absences(reading, ledger)
    true = tuple(
        ClaimVerdict(claim=claim, verdict=ledger.verdict(i), found=ledger.words.get(i, ""))
        for i, claim in enumerate(ledger.claims)
    )
    return Verdicts(gated(true), ledger.made, closeness(landscape, reading.pieces))


def _spoken_of(truth: Truth) -> Truth:
    """What the claims about the base speak of: of a network, the formula that it approximates."""
    if isinstance(truth, NumericSpec) and isinstance(truth.expression, Network):
        return truth.model_copy(update={"expression": truth.expression.approximates})
    return truth


def _settle(told: tuple[Piece, ...], ledger: Ledger) -> None:
    """The pieces give the expected output: so every family, number and interval is said."""
    words = f"{len(told)} pieces that give the expected output"
    for i, claim in enumerate(ledger.claims):
        if claim.kind in ("family", "parameter", "interval"):
            ledger.support(i, words)
            ledger.make(claim.model_copy(update={"text": words}), "supported")


def _told(quantity: Quantity, told: tuple[Piece, ...]) -> bool:
    """Is the number one of the pieces' own?"""
    return quantity.part != "noise" and any(
        quantity.value in (piece.low, piece.high) or piece.value == Number(quantity.value) for piece in told
    )


def gated(true: tuple[ClaimVerdict, ...]) -> tuple[ClaimVerdict, ...]:
    """Saying what a function has not earns nothing without saying anything of what it is."""
    if any(v.verdict == "supported" and v.claim.kind not in ("absent", "noise") for v in true):
        return true
    return tuple(
        v.model_copy(update={"verdict": "missing"}) if v.claim.kind == "absent" and v.verdict == "supported" else v
        for v in true
    )
