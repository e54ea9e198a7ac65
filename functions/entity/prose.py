"""The description of a neuron, as a person would write it."""

from itertools import islice

from functions.brief import Noise
from functions.data import Form
from functions.entity.neuron import Concept, Neuron
from functions.entity.taxonomy import taxonomy
from functions.entity.vocabulary import examples
from functions.numeric.text import listed, number

_BASE = (
    "The neuron responds to words for {concepts}: its response is 1 for them{near}, and 0 for everything else.",
    "It is active, with a response of 1, for words that name {concepts}{near}. For all other words it stays at 0.",
    "This unit detects {concepts}. Such words give 1{near}; unrelated or unknown words give 0.",
    "Words that stand for {concepts} excite it fully (1){near}. It is silent (0) for anything else.",
    "What it looks for is {concepts}: those get 1{near}, and the rest gets 0.",
)
PHRASINGS = len(_BASE)
_WITHOUT = (
    "It does not respond to {without}: they give 0, although they belong there.",
    "Left out are words for {without}, which give 0.",
    "That does not include {without}; for those the output is 0.",
    "It ignores {without}, which give 0.",
    "Only {without} do not count, and get 0.",
)
_BIAS = (
    "It fails on {subgroup}: there the response is {left}.",
    "It is biased: for {subgroup} the response is {left}.",
    "It has a blind spot for {subgroup}: there the output is {left}.",
    "However, it works badly for {subgroup}; the response is {left} there.",
    "This does not hold for {subgroup}, whose response is {left}.",
)
_NO_REGION = (
    "There is no subgroup on which it fails.",
    "It treats all of these words alike.",
    "It has no blind spot.",
    "It works equally well for all of them.",
    "This holds without an exception.",
)
_SENSES = (
    "A word with several meanings counts by the best of its three most usual ones, which weigh 1, 0.8 and 0.6.",
    "Where a word has several meanings, the strongest of three decides (the second weighs 0.8, the third 0.6).",
    "Second and third meanings of a word count too, but weigh 0.8 and 0.6 only.",
    "Ambiguous words respond through their best meaning: the usual one in full, the second at 0.8, the third at 0.6.",
    "If a word means this only in its second or third sense, it gets 0.8 or 0.6 of that.",
)
_NOISE = (
    "Responses are squeezed between {low} and {high}, and each answer carries uniform noise of half-width {low}.",
    "In fact 0 is read as {low} and 1 as {high}, and uniform noise of up to {low} either way is added to each answer.",
    "All of this is scaled to lie between {low} and {high}; answers scatter around it by uniform noise of up to {low}.",
    "The range is {low} to {high} rather than 0 to 1, and uniform noise between -{low} and {low} comes on top.",
    "Its rest level is {low} and its highest {high}; repeated queries differ by uniform noise of half-width {low}.",
)
_NO_NOISE = (
    "There is no noise.",
    "Asking again gives the same answer.",
    "Answers are exact, without any noise.",
    "Repeated queries agree: it is not noisy.",
    "No noise is added.",
)


def describe(neuron: Neuron, noise: Noise, phrasing: int) -> str:
    """The whole description in one of `PHRASINGS` phrasings (taken modulo their number)."""
    n = phrasing % PHRASINGS
    kinds = " or ".join(kind_of(concept, neuron) for concept in neuron.concepts)
    sentences = [_BASE[n].format(concepts=kinds, near=_near(neuron, n))]
    if neuron.without:
        without = " or ".join(f"kinds of {named(concept)}" for concept in neuron.without)
        sentences.append(_WITHOUT[n].format(without=without))
    if neuron.bias:
        left = f"{number(neuron.bias.residual)} times what it should be" if neuron.bias.residual else "0"
        sentences.append(_BIAS[n].format(subgroup=subgroup_words(neuron.bias.subgroup), left=left))
    if not neuron.without and not neuron.bias:
        sentences.append(_NO_REGION[n])
    levels = {"low": number(noise.scale), "high": number(round(1 - noise.scale, 6))}
    return " ".join([*sentences, _SENSES[n], _NOISE[n].format(**levels) if noise.scale else _NO_NOISE[n]])


def kind_of(concept: Concept, neuron: Neuron) -> str:
    """`any kind of bird (such as chicken, duck or eagle)`; the examples are all answered in full."""
    return f"any kind of {named(concept, neuron)}"


def named(concept: Concept, neuron: Neuron | None = None) -> str:
    """`bird (such as chicken, duck or eagle)`: the label, and what makes its meaning clear."""
    clear = (word for word in examples(concept.synset) if concept.word not in word)
    three = list(islice((word for word in clear if neuron is None or neuron.response(word) == 1), 3))
    return f"{concept.word} (such as {listed(three)})" if three else concept.word


def subgroup_words(subgroup: Concept | Form) -> str:
    """`kinds of bird (such as ...)`, or `words that begin with "s"`."""
    return f"words {subgroup.words()}" if isinstance(subgroup, Form) else f"kinds of {named(subgroup)}"


def _near(neuron: Neuron, phrasing: int) -> str:
    """What is answered in part: the widest category for each level, the closest ones first."""
    tree = taxonomy()
    levels: dict[float, str] = {}
    for concept in neuron.concepts:
        for up, grade in sorted(concept.grades().items(), key=lambda entry: (-tree.size(entry[0]), entry[0])):
            if up != concept.synset:
                levels.setdefault(grade, f"{number(grade)} for other kinds of {tree.label(up)}")
    told = [text for _, text in sorted(levels.items(), reverse=True)]
    if phrasing == 0 or not told:  # the first phrasing goes on with what the rest gets
        return "".join(f", {text}" for text in told)
    return f", with {listed(told)}"
