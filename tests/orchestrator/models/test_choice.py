"""Which model, where, and with which key; what a run may cost; how patiently a provider is asked."""

import httpx
import openai
import pytest

from functions.errors import BadInput
from orchestrator.budget import Budget, BudgetSpent, Ending
from orchestrator.config import Team
from orchestrator.models.choice import ModelChoice
from orchestrator.models.clients import _retry_after
from orchestrator.models.exchange import Line, Request, Tool
from orchestrator.models.keys import key_for, redacted
from orchestrator.models.ledger import Spent, at_most, check, check_priced
from orchestrator.models.prices import cost_of
from orchestrator.models.provider import Patience

PRICED = ModelChoice(provider="openai", name="gpt-4o-mini")
UNPRICED = ModelChoice(provider="openai", name="gpt-4o-mini", base_url="http://127.0.0.1:1/v1")


def test_a_model_is_read_with_its_options() -> None:
    """What can be said of a model can be said in one line."""
    text = "ollama:qwen2.5:7b;base_url=http://127.0.0.1:11434/v1/;tools=yes;structured=prompt;context_tokens=8192"
    model = ModelChoice.parse(text)

    assert (model.provider, model.name, model.label) == ("ollama", "qwen2.5:7b", "ollama:qwen2.5:7b")
    assert (model.base_url, model.calls_tools, model.best_format) == ("http://127.0.0.1:11434/v1", True, "prompt")


@pytest.mark.parametrize(
    "text",
    [
        "openai:",
        "nobody:x",
        "openai:x;colour=red",
        "openai:x;base_url=ftp://host",
        "openai:x;base_url=http://user:sesame@host/v1",
        "openai:x;base_url=http://host/v1?key=sesame",
        "openai:x\x1b[2J",
    ],
)
def test_a_model_that_cannot_be_read_is_refused_without_quoting_what_could_be_a_key(text: str) -> None:
    """An address with a password in it would end up in records."""
    with pytest.raises(BadInput) as raised:
        ModelChoice.parse(text)

    assert "sesame" not in str(raised.value)


def test_a_team_names_its_models_and_keeps_addresses_of_their_own() -> None:
    """`--base-url` is for those that have none."""
    team = Team.parse("planner=openai:a;base_url=http://own/v1,critic=openai:b").at("http://shared/v1")

    assert [model.base_url for model in team.models] == ["http://own/v1", "http://shared/v1"]
    assert team.label == "planner=openai:a,experimenter=classical,critic=openai:b"
    assert Team.parse("openai:a").label == "planner=openai:a,experimenter=openai:a,critic=openai:a"


def test_a_providers_key_is_not_sent_to_another_address() -> None:
    """An address of the user's own gets a key of its own, or none."""
    everything = {"OPENAI_API_KEY": "theirs", "INQUEST_API_KEY": "ours"}

    assert key_for(PRICED, everything) == "theirs"
    assert key_for(UNPRICED, everything) == "ours"
    assert key_for(UNPRICED, {"OPENAI_API_KEY": "theirs"}) == "none"
    with pytest.raises(BadInput, match="OPENAI_API_KEY"):
        key_for(PRICED, {})


def test_keys_and_what_looks_like_one_are_cut_out() -> None:
    """Ours exactly, others by their looks; ordinary words stay."""
    assert redacted("it was my-own-key-7", "my-own-key-7") == "it was [key]"
    assert redacted("sk-proj-abcdef123456, Bearer abcdefgh.ijk", "none") == "[key], [key]"
    assert redacted("none of it is risk-averse", "none") == "none of it is risk-averse"


def test_a_price_is_known_or_said_to_be_unknown() -> None:
    """Never zero for want of a price; zero for what runs at home."""
    assert cost_of(PRICED, 1_000_000, 1_000_000) == pytest.approx(0.75)
    assert cost_of(UNPRICED, 1000, 1000) is None
    assert cost_of(ModelChoice(provider="openai", name="no-such-model"), 1, 1) is None
    assert cost_of(ModelChoice(provider="ollama", name="x"), 1000, 1000) == 0.0


def test_a_dry_run_says_the_most_that_can_be_spent() -> None:
    """Every token at the dearer price; unknown where anybody's price is."""
    most = at_most([PRICED], Budget(tokens=1_000_000))

    assert most.tokens == 1_000_000
    assert most.cost == pytest.approx(0.60)
    assert at_most([PRICED], Budget(cost=0.05)).cost == 0.05
    assert at_most([PRICED, UNPRICED], Budget()).cost is None
    assert at_most([], Budget()).cost == 0.0
    assert at_most([PRICED], Budget(calls=2)).tokens == 2 * 36_000


def test_a_cost_cannot_be_kept_where_a_price_is_unknown() -> None:
    """Better refused than silently unbounded."""
    check_priced([PRICED], Budget(cost=1.0))
    check_priced([UNPRICED], Budget())
    with pytest.raises(BadInput, match="gpt-4o-mini"):
        check_priced([UNPRICED], Budget(cost=1.0))


@pytest.mark.parametrize(
    ("budget", "so_far", "ending"),
    [
        (Budget(calls=3), Spent(calls=3), Ending.CALLS),
        (Budget(tokens=5000), Spent(tokens=999), Ending.TOKENS),
        (Budget(cost=0.01), Spent(cost=0.0099), Ending.COST),
    ],
)
def test_a_call_that_could_exceed_a_budget_is_not_made(budget: Budget, so_far: Spent, ending: Ending) -> None:
    """The longest answer is counted in beforehand."""
    request = Request(model=PRICED, lines=(Line(by="user", text="x" * 300),))
    check(budget, Spent(), request)

    with pytest.raises(BudgetSpent) as spent:
        check(budget, so_far, request)
    assert spent.value.ending is ending


def test_a_key_changes_with_everything_that_shapes_the_answer_and_nothing_else() -> None:
    """Two models never share answers, and a longer patience is not another question."""
    request = Request(model=PRICED, lines=(Line(by="user", text="x"),))
    others: list[dict[str, object]] = [
        {"model": PRICED.model_copy(update={"name": "gpt-4o"})},
        {"model": PRICED.model_copy(update={"provider": "azure"})},
        {"model": UNPRICED},
        {"model": PRICED.model_copy(update={"temperature": 0.5})},
        {"lines": (Line(by="user", text="y"),)},
        {"tools": (Tool(name="t", description="", parameters={}),)},
        {"tool_choice": "none"},
        {"format": "json"},
        {"answer_schema": {"type": "object"}},
    ]
    keys = {request.key, *(request.model_copy(update=other).key for other in others)}

    assert len(keys) == 1 + len(others)
    assert request.model_copy(update={"model": PRICED.model_copy(update={"timeout_s": 1.0})}).key == request.key


def test_waits_grow_with_jitter_and_never_undercut_what_the_provider_asked_for() -> None:
    """Half to all of an exponential backoff, bounded."""
    patience = Patience(first_s=1.0, longest_s=20.0)

    assert [patience.wait(n, None, 1.0) for n in (1, 2, 3, 9)] == [1.0, 2.0, 4.0, 20.0]
    assert patience.wait(3, None, 0.0) == 2.0
    assert all(patience.wait(n, 7.0, jitter) >= 7.0 for n in (1, 5) for jitter in (0.0, 1.0))


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("3", 3.0), ("0.5", 0.5), ("Mon, 01 Jan 2001 00:00:00 GMT", 0.0), ("soon", None), ("1e9", None), ("", None)],
)
def test_retry_after_is_read_in_both_of_its_forms(header: str, seconds: float | None) -> None:
    """Seconds or a date; anything else is as if it were not there."""
    response = httpx.Response(429, headers={"retry-after": header}, request=httpx.Request("POST", "http://x"))

    assert _retry_after(openai.RateLimitError("slow", response=response, body=None)) == seconds
