"""What a neuron's model may use in an audit, and what it could use at most."""

from functions.target import ModelNeuron
from judges.code.fidelity import COUNT
from orchestrator.budget import Allowance, Budget
from orchestrator.models.choice import FORMATS, ModelChoice
from orchestrator.models.exchange import Request
from orchestrator.models.ledger import AtMost, at_most
from orchestrator.models.structured import schema_of
from orchestrator.neuron.asking import LONGEST, Degree, lines_about

FIRST = len(FORMATS) - 1  # calls that show in which form the model is to be asked, at most
EACH = 2  # calls for one word: the answer, and its repair
LONG_TOKEN = 16  # bytes, at most
REPAIR = 800  # bytes that a repair adds to a prompt, beside what was said; and the form of the answer in words


def bounds(budget: Budget) -> Budget:
    """What is kept: the allowance where there is one, else what words can lead to.

    Each query can be another word, and the fidelity of the code is measured on as many more.
    """
    allowed = budget.neuron or Allowance()
    calls = FIRST + EACH * (1 + budget.queries + COUNT)  # the first word is one of our own
    return Budget(calls=allowed.calls or calls, tokens=allowed.tokens, cost=allowed.cost)


def most(neuron: ModelNeuron, budget: Budget) -> AtMost:
    """The most that its model could use, without asking anybody. Raises BadInput for a model that cannot be read."""
    model = ModelChoice.parse(neuron.model)
    lines = lines_about(neuron, "\U00010400" * LONGEST)
    longest = Request(model=model, lines=lines, format="schema", answer_schema=schema_of(Degree))
    prompt = longest.tokens_at_most + (LONG_TOKEN * model.answer_tokens + REPAIR) // 3
    return at_most((model.model_copy(update={"context_tokens": prompt}),), bounds(budget))
