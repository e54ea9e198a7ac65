"""The whole table of hostile behaviours."""

from sandbox.check.behaviour import LEAK, Behaviour
from sandbox.check.calling import CALLING
from sandbox.check.candidates import CANDIDATES, CandidateBehaviour
from sandbox.check.cheating import CHEATING
from sandbox.check.escaping import ESCAPING
from sandbox.check.flooding import FLOODING
from sandbox.check.spying import SPYING
from sandbox.check.surviving import SURVIVING

BEHAVIOURS = SPYING + CHEATING + FLOODING + SURVIVING + ESCAPING + CALLING

__all__ = ["BEHAVIOURS", "CANDIDATES", "LEAK", "Behaviour", "CandidateBehaviour"]
