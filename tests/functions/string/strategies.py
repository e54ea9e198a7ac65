"""Hypothesis strategies for string functions: operations and conditions in any combination, texts of any kind."""

from hypothesis import strategies as st

from functions.string import Branch, Property, Step, StringSpec, conditions, generate, operations

STEPS = [
    Step(operation=entry.name, parameters=values) for entry in operations().values() for values in entry.variants()
]
PROPERTIES = [
    Property(condition=entry.name, parameters=values) for entry in conditions().values() for values in entry.variants()
]

steps = st.sampled_from(STEPS)
branches = st.builds(Branch, when=st.sampled_from(PROPERTIES), steps=st.lists(steps, max_size=3).map(tuple))
specs = st.builds(StringSpec, steps=st.lists(steps, min_size=1, max_size=3).map(tuple), branch=st.none() | branches)
generated = st.builds(
    generate, st.integers(0, 2**64), st.integers(0, 10_000), st.sampled_from(["easy", "medium", "hard"])
)
texts = (
    st.text(alphabet="abcdeouzABEZ 019-.", max_size=20)
    | st.text(max_size=20)
    | st.builds(lambda text, times: text * times, st.text(min_size=1, max_size=8), st.integers(1, 1500))
)
