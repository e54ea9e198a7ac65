"""The truth about a neuron in atomic statements."""

from collections.abc import Iterator

from functions.brief import Claim, Noise
from functions.data import Form
from functions.entity.neuron import Concept, Neuron
from functions.numeric.text import number


def claims_of(neuron: Neuron, noise: Noise) -> tuple[Claim, ...]:
    """A `concept` for each that it responds to, then what it leaves out or fails on, then the noise.

    The residual of a bias is the `value` of the claim about its subgroup; 0 stands for no response at all.
    """
    base = (
        Claim(kind="concept", about="base", name=concept.word, text=f"It responds to kinds of {concept.word}.")
        for concept in neuron.concepts
    )
    return (*base, *_region(neuron), _noise(noise))


def _region(neuron: Neuron) -> Iterator[Claim]:
    if not neuron.without and not neuron.bias:
        yield Claim(kind="absent", about="region", text="There is no subgroup on which it fails.")
    yield from (_fails(concept, 0.0) for concept in neuron.without)
    if neuron.bias:
        yield _fails(neuron.bias.subgroup, neuron.bias.residual)


def _fails(subgroup: Concept | Form, residual: float) -> Claim:
    left = f"responds with {number(residual)} of what it should" if residual else "does not respond"
    if isinstance(subgroup, Form):
        text, name = f"It {left} to words {subgroup.words()}.", subgroup.clause("the input")
        return Claim(kind="condition", about="region", name=name, value=residual, text=text)
    text = f"It {left} to kinds of {subgroup.word}."
    return Claim(kind="concept", about="region", name=subgroup.word, value=residual, text=text)


def _noise(noise: Noise) -> Claim:
    if not noise.scale:
        return Claim(kind="absent", about="noise", text="There is no noise.")
    text = f"The noise is {noise.kind.value} with scale {number(noise.scale)}."
    return Claim(kind="noise", about="noise", name=noise.kind.value, value=noise.scale, text=text)
