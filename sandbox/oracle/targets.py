"""What an oracle can hold, in the one form that its desk asks: `answer(inputs, asked_before, secret)`."""

from collections.abc import Sequence
from dataclasses import dataclass

from functions.spec import AnySpec, Input, Value, answer
from functions.target import ImportedCode, ModelNeuron, Target
from sandbox.oracle.imported import Imported


@dataclass(frozen=True)
class Specified:
    """A generated function of any category."""

    spec: AnySpec

    def answer(self, inputs: Sequence[Input], asked_before: Sequence[int], secret: bytes) -> Sequence[Value | None]:
        """See `functions.spec.answer`."""
        return answer(self.spec, inputs, asked_before, secret)


def held(target: Target) -> Specified | Imported:
    """A target, ready to be asked. Raises TypeError for one that only its host can answer for."""
    if isinstance(target, ModelNeuron):
        raise TypeError("a model's neuron never enters an oracle: the host answers for it")
    return Imported(target) if isinstance(target, ImportedCode) else Specified(target)
