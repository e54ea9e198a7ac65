"""The desk before a neuron's model: a word is paid once, whatever happens, and nothing of it holds anybody up."""

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import closing

import pytest

from functions.target import ModelNeuron
from orchestrator.budget import Budget, BudgetSpent, Ending
from orchestrator.events import Event, NeuronCall
from orchestrator.models.choice import ModelChoice
from orchestrator.models.clients import open_provider
from orchestrator.models.exchange import ProviderFailure, Rejected, ReplayDiffers, Reply, Request
from orchestrator.models.ledger import spent
from orchestrator.models.provider import Patience, Provider
from orchestrator.neuron.desk import AT_ONCE, BATCH_S, HARMLESS, NeuronDesk
from sandbox.client import HOST_ANSWER_S
from tests.model_server.detectors import MUTE, degree, detector
from tests.model_server.faults import Fault, FaultOf, always, at, never
from tests.model_server.scientists import Request as Asked
from tests.model_server.scientists import text_of
from tests.model_server.server import ModelServer

IMPATIENT = Patience(attempts=3, first_s=0.001)
PLENTY = Budget(calls=1000)


class Memory:
    """A log in memory."""

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self.kept = list(events)

    @property
    def events(self) -> Iterator[Event]:
        """All of them."""
        return iter(self.kept)

    def append(self, event: Event) -> None:
        """One more, as it would be read back."""
        assert isinstance(event, NeuronCall)
        self.kept.append(NeuronCall.model_validate_json(event.model_dump_json()))

    @property
    def words(self) -> list[str]:
        """What was asked about, in the order in which it was answered."""
        return [event.call.request.lines[1].text.partition("\n")[0] for event in self.kept]  # type: ignore[union-attr]


def nobody(_: ModelChoice) -> Provider:
    """Whoever asks a provider here has not looked into the record."""
    raise AssertionError("a provider was asked")


def neuron(server: ModelServer, options: str = "") -> ModelNeuron:
    """A detector of birds at a server."""
    return ModelNeuron(concepts=("bird",), model=f"openai:small;base_url={server.url};answer_tokens=50{options}")


def desk(server: ModelServer, log: Memory | None = None, budget: Budget = PLENTY, options: str = "") -> NeuronDesk:
    """A desk with the real clients."""
    return NeuronDesk("a-b", neuron(server, options), budget, log or Memory(), open_provider, IMPATIENT)


def serve(fault: FaultOf = never) -> ModelServer:
    """A server of a detector."""
    return ModelServer(detector, fault)


def test_a_word_gets_the_models_degree() -> None:
    """Several meanings count in part; what is no word, and what has no answer, is undefined."""
    with serve() as server, closing(desk(server)) as asked:
        assert asked.answer(["robin", "Swift", "stone", "", 'robin"', MUTE]) == [1.0, 0.5, 0.0, None, None, None]
    assert degree("bird", "swift") == 0.52


def test_the_same_word_is_paid_once() -> None:
    """Within a batch, in another one, in other letters, and from many threads at once."""
    log = Memory()
    with serve() as server, closing(desk(server, log)) as asked, ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: asked.answer(["Robin", "robin", " ROBIN. "]), range(20)))
    assert answers == [[1.0, 1.0, 1.0]] * 20
    assert log.words == [f'"{HARMLESS}"', '"robin"']
    assert server.paid.total() == 2


def test_what_is_recorded_is_served_and_nobody_is_asked() -> None:
    """Another life of the audit answers the same words, the unanswered among them, without a provider."""
    log = Memory()
    with serve() as server, closing(desk(server, log)) as asked:
        before = asked.answer(["robin", "stone", MUTE])
    again = NeuronDesk("a-b", neuron(server), PLENTY, Memory(log.kept), nobody, IMPATIENT)
    with closing(again):
        assert again.answer(["stone", "robin", MUTE]) == [before[1], before[0], None]


def test_a_replay_serves_the_record_and_says_where_it_ends() -> None:
    """What is served is recorded anew; a word that is not in it differs."""
    log, anew = Memory(), Memory()
    with serve() as server, closing(desk(server, log)) as asked:
        before = asked.answer(["robin", "stone"])
    replayed = NeuronDesk("c-d", neuron(server), PLENTY, anew, nobody, IMPATIENT, log.events)
    with closing(replayed):
        assert replayed.answer(["robin", "stone"]) == before
        with pytest.raises(ReplayDiffers):
            replayed.answer(["brick"])
    assert sorted(anew.words) == sorted(log.words)


@pytest.mark.parametrize("fault", [Fault.TOO_MANY, Fault.SERVER_ERROR, Fault.CUT, Fault.NO_JSON, Fault.NO_CHOICES])
def test_failures_that_pass_are_tried_again(fault: Fault) -> None:
    """As a team's calls are; each word is paid once, and what failed before is on record."""
    log = Memory()
    with serve(at({1: fault, 2: fault})) as server, closing(desk(server, log)) as asked:
        assert asked.answer(["robin", "stone"]) == [1.0, 0.0]
    assert sum(len(event.call.failures) for event in log.kept if isinstance(event, NeuronCall)) == 2
    assert (server.repeated, server.paid.total()) == (0, 3)


@pytest.mark.parametrize("fault", [Fault.TOO_MANY, Fault.SERVER_ERROR, Fault.SLOW])
def test_a_provider_that_is_down_is_nobodys_answer(fault: Fault) -> None:
    """It fails as infrastructure; once it is up again, the same desk goes on."""
    with serve(always(fault)) as server, closing(desk(server, options=";timeout_s=0.1")) as asked:
        with pytest.raises(ProviderFailure):
            asked.answer(["robin"])
        server.fault = never
        assert asked.answer(["robin"]) == [1.0]


def test_a_batch_is_not_waited_for_without_end() -> None:
    """Whatever waits for its turn behind calls that are never answered is not asked at all."""
    log = Memory()
    with serve() as server:
        with closing(desk(server, log)) as patient:
            patient.answer([HARMLESS])
        server.fault = always(Fault.SLOW)
        asked = NeuronDesk("a-b", neuron(server), PLENTY, log, open_provider, IMPATIENT, batch_s=0.5)
        with closing(asked), pytest.raises(ProviderFailure):
            asked.answer([f"word {n}" for n in range(3 * AT_ONCE)])
        assert len(server.requests) <= 1 + AT_ONCE
    assert log.words == [f'"{HARMLESS}"']


def test_rubbish_is_repaired_once() -> None:
    """A text that is not the answer asked for is asked for again; two of them are no answer, and are paid."""
    with serve(at({1: Fault.WRONG_ANSWER})) as server, closing(desk(server)) as asked:
        assert asked.answer(["robin"]) == [1.0]
    with serve(always(Fault.WRONG_ANSWER)) as server, closing(desk(server)) as asked:
        assert asked.answer(["robin", "robin"]) == [None, None]
        assert len(server.requests) == 4  # the first word and this one, each with its repair


def test_a_form_that_the_provider_does_not_know_is_tried_once() -> None:
    """The first word shows it; the others are asked in the form that it takes."""
    with serve(always(Fault.NO_SCHEMA)) as server, closing(desk(server)) as asked:
        assert asked.answer(["robin", "stone", "brick"]) == [1.0, 0.0, 0.0]
    assert len(server.requests) == 5


def test_a_form_that_is_refused_for_one_word_is_not_given_up() -> None:
    """It was taken for the first, so the word is asked in another form, and the next one in the strongest again."""

    def squeamish() -> Fault | None:
        return Fault.NO_SCHEMA if "robin" in text_of(server.requests[-1]["messages"][1]) else None

    with serve(squeamish) as server, closing(desk(server)) as asked:
        assert asked.answer(["robin", "stone"]) == [1.0, 0.0]
    assert sum(map(_wants_schema, server.requests)) == 3


class Fake:
    """A provider that says 1 to all it takes, and how many calls were under way at once."""

    def __init__(self, takes: Callable[[Request], bool] = lambda _: True) -> None:
        self.takes = takes
        self.asked: list[Request] = []
        self.most, self.closed, self._now = 0, 0, 0

    def open(self, _: ModelChoice) -> Provider:
        """Itself, for every client."""
        return self

    async def complete(self, request: Request, identity: str, seconds: float) -> Reply:  # noqa: ARG002 - a Provider
        """After a moment in which others may ask."""
        self.asked.append(request)
        self._now += 1
        self.most = max(self.most, self._now)
        await asyncio.sleep(0.001)
        self._now -= 1
        if not self.takes(request):
            raise Rejected("no")
        return Reply(text='{"degree": 1}', prompt_tokens=request.tokens_at_most, completion_tokens=50)

    async def close(self) -> None:
        self.closed += 1


def before(fake: Fake, budget: Budget = PLENTY, log: Memory | None = None, name: str = "gpt-4o-mini") -> NeuronDesk:
    """A desk before a fake provider."""
    at_openai = ModelNeuron(concepts=("bird",), model=f"openai:{name};answer_tokens=50")
    return NeuronDesk("a-b", at_openai, budget, log or Memory(), fake.open, IMPATIENT)


def test_a_word_that_is_refused_in_every_form_is_undefined() -> None:
    """Others are answered, so it is the word's doing: nobody stops an audit with it, not with the first word either."""
    fake = Fake(lambda request: "poison" not in request.lines[1].text)
    with closing(before(fake)) as asked:
        assert asked.answer(["poison", "robin"]) == [None, 1.0]
        assert asked.answer(["robin"]) == [1.0]
    assert [request.format for request in fake.asked if "robin" in request.lines[1].text] == ["schema"]


def test_a_provider_that_refuses_everything_is_not_asked_on() -> None:
    """The first word shows it, in each form once; that is no answer, and is on record."""
    fake, log = Fake(lambda _: False), Memory()
    with closing(before(fake, log=log)) as asked, pytest.raises(Rejected):
        asked.answer(["robin", "stone"])
    assert [request.format for request in fake.asked] == ["schema", "json", "prompt"]
    assert [event.call.rejection for event in log.kept if isinstance(event, NeuronCall)] == ["no"] * 3


def test_a_few_words_are_asked_about_at_once() -> None:
    """The first alone, then up to so many together; every client is closed in the end."""
    fake = Fake()
    with closing(before(fake)) as asked:
        assert asked.answer([f"word {n}" for n in range(3 * AT_ONCE)]) == [1.0] * 3 * AT_ONCE
    assert (fake.most, fake.closed) == (AT_ONCE, AT_ONCE)
    assert '"tree"' in fake.asked[0].lines[1].text


@pytest.mark.parametrize("bound", [{"calls": 5}, {"tokens": 2500}, {"cost": 0.0005}], ids=str)
def test_a_budget_is_never_exceeded(bound: dict[str, float]) -> None:
    """However much comes at once: what could exceed it is not asked, and what was paid for is answered on."""
    fake, log = Fake(), Memory()
    budget = Budget.model_validate({"calls": 1000, **bound})
    with closing(before(fake, budget, log)) as asked:
        assert asked.answer(["word 0"]) == [1.0]
        with pytest.raises(BudgetSpent) as caught:
            asked.answer([f"word {n}" for n in range(40)])
        assert caught.value.ending is Ending.NEURON
        assert asked.answer(["word 0"]) == [1.0]
    used = spent(event.call for event in log.kept if isinstance(event, NeuronCall))
    assert 2 < used.calls < 20
    assert used.calls <= budget.most_calls
    assert used.tokens <= budget.most_tokens
    assert used.cost <= (budget.cost or 1)


def test_what_was_spent_in_an_earlier_life_counts() -> None:
    """A kill gives nobody a new budget."""
    log, budget = Memory(), Budget(calls=3)
    with closing(before(Fake(), budget, log)) as asked:
        asked.answer(["robin", "stone"])
    with closing(before(Fake(), budget, Memory(log.kept))) as asked:
        assert asked.answer(["robin"]) == [1.0]
        with pytest.raises(BudgetSpent):
            asked.answer(["brick"])


def test_whoever_closes_it_waits_for_nobody() -> None:
    """What is under way is given up; who waits for it hears so."""
    with ThreadPoolExecutor(1) as pool, serve(always(Fault.SLOW)) as server:
        asked = desk(server)
        waiting = pool.submit(asked.answer, ["robin"])
        while not server.requests:
            time.sleep(0.01)
        asked.close()
        with pytest.raises(CancelledError):
            waiting.result(10)


def test_a_batch_takes_less_time_than_an_oracle_waits() -> None:
    """Else a slow provider would look like a slow function."""
    assert BATCH_S < HOST_ANSWER_S


def _wants_schema(request: Asked) -> bool:
    wanted = request.get("response_format") or {}
    return bool(wanted.get("type") == "json_schema")
