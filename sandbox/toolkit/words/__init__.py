"""Functions of words: which words to ask about, what the answers mean, and how to say it.

Neurons (word in, response in 0..1 out), over a taxonomy of nouns:

    found = words.study_neuron(lambda: observations.pairs, oracle.query, wide=115, deep=50)
    report(words.neuron_report(found))                         # description, code, noise, hypotheses

Relations (word in, word out), over tables of words:

    found = words.study_relation(observations.pairs, oracle.query, 56)
    report(words.relation_report(found))

`neuron_attacks`, `relation_attacks` and `confront` try to break what was found. `knowledge` says what may be looked up,
`nouns` and `rules` hold it, and `endings` learns from examples what no table holds; `concept_search` and `relations`
explain answers, `neuron_probes` and `relation_probes` say what to ask. Everything is deterministic and bounded by
counted work.
"""

from .falsify import Blow, confront
from .neuron_report import NeuronFindings, neuron_attacks, neuron_report, study_neuron
from .relation_report import RelationFindings, relation_attacks, relation_report, study_relation

__all__ = [
    "Blow",
    "NeuronFindings",
    "RelationFindings",
    "confront",
    "neuron_attacks",
    "neuron_report",
    "relation_attacks",
    "relation_report",
    "study_neuron",
    "study_relation",
]
