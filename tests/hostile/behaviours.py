"""The whole table of hostile behaviours."""

from tests.hostile.behaviour import LEAK, Behaviour
from tests.hostile.candidates import CANDIDATES, CandidateBehaviour
from tests.hostile.cheating import CHEATING
from tests.hostile.escaping import ESCAPING
from tests.hostile.flooding import FLOODING
from tests.hostile.spying import SPYING
from tests.hostile.surviving import SURVIVING

BEHAVIOURS = SPYING + CHEATING + FLOODING + SURVIVING + ESCAPING

__all__ = ["BEHAVIOURS", "CANDIDATES", "LEAK", "Behaviour", "CandidateBehaviour"]
