"""The desk of a gateway: budgets hold whatever comes at once, nothing is paid twice, and failures find their cause."""

import asyncio
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from functions.errors import BadInput, Cause
from orchestrator.events import Event, ModelCall
from orchestrator.models.choice import ModelChoice
from orchestrator.models.exchange import ModelUnavailable, ProviderFailure, Rejected, ReplayDiffers, Reply, Request
from orchestrator.models.gateway.desk import GatewayDesk
from orchestrator.models.gateway.policy import GatewayPolicy
from orchestrator.models.provider import Patience, Provider, Transient
from sandbox.gateway.http import Answer

MODEL = ModelChoice(provider="ollama", name="small", answer_tokens=50)
PRICED = ModelChoice(provider="openai", name="gpt-4o-mini", answer_tokens=50)
POLICY = GatewayPolicy(models=(MODEL,))
IMPATIENT = Patience(attempts=2, first_s=0.001)


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
        assert isinstance(event, ModelCall)
        self.kept.append(ModelCall.model_validate_json(event.model_dump_json()))


def dearest(request: Request) -> Reply:
    """A model that counts a token for each byte and never stops before it must."""
    prompt = sum(len(line.text.encode()) for line in request.lines)
    return Reply(text=f"{prompt}", prompt_tokens=prompt + 8, completion_tokens=request.model.answer_tokens)


class Fake:
    """A provider: what it was asked, and what it says."""

    def __init__(self, say: Callable[[Request], Reply] = dearest) -> None:
        self.say = say
        self.asked: list[str] = []
        self.identities: list[str] = []
        self.closed = 0

    def open(self, _: ModelChoice) -> Provider:
        """Itself, for every call."""
        return self

    async def complete(self, request: Request, identity: str, seconds: float) -> Reply:  # noqa: ARG002 - a Provider
        """After a moment in which others may ask."""
        self.asked.append(request.lines[-1].text)
        self.identities.append(identity)
        await asyncio.sleep(0)
        return self.say(request)

    async def close(self) -> None:
        self.closed += 1


def body(text: str = "Hi", model: str = "small", **fields: object) -> bytes:
    """A request."""
    return json.dumps({"model": model, "messages": [{"role": "user", "content": text}], **fields}).encode()


def desk(
    fake: Fake, policy: GatewayPolicy = POLICY, log: Memory | None = None, replay: Iterable[Event] | None = None
) -> GatewayDesk:
    """A desk before a fake provider."""
    return GatewayDesk("a-b", policy, log or Memory(), fake.open, IMPATIENT, replay)


def ask(at: GatewayDesk, *bodies: bytes) -> list[Answer]:
    """What is answered to requests that all come at once."""

    async def all_at_once() -> list[Answer]:
        return await asyncio.gather(*(at.answer(raw) for raw in bodies))

    return asyncio.run(all_at_once())


def code(answer: Answer) -> str:
    """The code of an error."""
    return str(json.loads(answer.body)["error"]["code"])


def test_a_call_is_an_event() -> None:
    """Request, reply, tokens and cost, like the calls of a team."""
    log, fake = Memory(), Fake()
    at = desk(fake, GatewayPolicy(models=(PRICED,)), log)
    (answer,) = ask(at, body(model="gpt-4o-mini"))
    (call,) = log.kept
    assert isinstance(call, ModelCall)
    assert answer.status == 200
    assert (call.role, call.turn, call.index) == ("submission", 0, 0)
    assert call.reply == Reply(text="2", prompt_tokens=10, completion_tokens=50)
    assert call.cost == pytest.approx(10 * 0.15e-6 + 50 * 0.6e-6)
    assert (at.spent.calls, at.spent.tokens) == (1, 60)
    assert fake.closed == 1


def test_calls_that_come_all_at_once_share_one_budget() -> None:
    """A place is taken before a call is made: of twenty, three are."""
    fake = Fake()
    answers = ask(desk(fake, GatewayPolicy(models=(MODEL,), calls=3)), *(body(f"{n}") for n in range(20)))
    assert len(fake.asked) == 3
    assert sorted(answer.status for answer in answers) == [200] * 3 + [429] * 17
    over = [answer for answer in answers if answer.status == 429]
    assert {code(answer) for answer in over} == {"insufficient_quota"}
    assert all(answer.final for answer in over)


@pytest.mark.parametrize("letter", ["x", "\u2603", "\U0001f9ff", "\x00"])
def test_tokens_are_never_exceeded(letter: str) -> None:
    """Also by a model that makes a token of each byte, and of as many calls as there are."""
    policy = GatewayPolicy(models=(MODEL,), tokens=2500)
    fake = Fake()
    at = desk(fake, policy)
    ask(at, *(body(f"{n}{letter * 40}") for n in range(30)))
    for n in range(30, 60):
        ask(at, body(f"{n}{letter * 40}"))
    assert 1 <= at.spent.calls < 60
    assert at.spent.tokens <= policy.tokens


def test_a_cost_is_never_exceeded() -> None:
    """The longest answer is counted in before the call."""
    policy = GatewayPolicy(models=(PRICED,), cost=0.0003)
    at = desk(Fake(), policy)
    ask(at, *(body(f"{n}", model="gpt-4o-mini") for n in range(30)))
    assert policy.cost is not None
    assert 0 < at.spent.cost <= policy.cost
    assert at.spent.calls < 30


def test_time_is_a_budget_too() -> None:
    """After it, nobody is asked."""
    now, fake = [0.0], Fake()
    at = GatewayDesk("a-b", GatewayPolicy(models=(MODEL,), seconds=10), Memory(), fake.open, clock=lambda: now[0])
    ask(at, body())
    now[0] = 11.0
    assert code(ask(at, body("again"))[0]) == "insufficient_quota"
    assert fake.asked == ["Hi"]


def test_what_is_refused_costs_nothing_and_asks_nobody() -> None:
    """Models that are not on offer, fields that are not known, and what is no request."""
    fake = Fake()
    at = desk(fake)
    statuses = [answer.status for answer in ask(at, body(model="sk-stolen"), body(leak="stolen"), b"\x00")]
    assert statuses == [404, 400, 400]
    assert (fake.asked, at.spent.calls) == ([], 0)
    at.check()


def failing_on(text: str, error: Exception) -> Callable[[Request], Reply]:
    """A model that fails on one text alone; on every one if the text is empty."""

    def say(request: Request) -> Reply:
        if text in request.lines[-1].text:
            raise error
        return dearest(request)

    return say


FAILURES = (Transient("http://provider said 500"), ModelUnavailable("http://provider said 403 to sk-1234567890"))


@pytest.mark.parametrize("error", FAILURES)
def test_a_request_that_a_provider_fails_at_is_the_submissions_doing(error: Exception) -> None:
    """Asked something harmless, the provider answers: so the audit goes on, and the tokens count as used."""
    log, fake = Memory(), Fake(failing_on("poison", error))
    at = desk(fake, log=log)
    (answer,) = ask(at, body("poison"))
    assert (answer.status, code(answer)) == (400, "model_refused")
    assert b"http" not in answer.body
    assert "Say yes." in fake.asked
    at.check()
    assert at.spent.calls == 1
    assert at.spent.tokens > 50
    assert ask(at, body("fine"))[0].status == 200


@pytest.mark.parametrize(("error", "raised"), [(FAILURES[0], ProviderFailure), (FAILURES[1], ModelUnavailable)])
def test_a_provider_that_answers_nobody_stops_the_audit(error: Exception, raised: type[Exception]) -> None:
    """It is not the submission's fault; nothing is recorded, and nobody is asked any more."""
    log, fake = Memory(), Fake(failing_on("", error))
    at = desk(fake, log=log)
    first = ask(at, body())[0]
    asked = len(fake.asked)
    second = ask(at, body("again"))[0]
    assert (first.status, second.status) == (503, 503)
    assert b"http" not in first.body
    assert len(fake.asked) == asked
    assert log.kept == []
    with pytest.raises(raised):
        at.check()


def test_whose_doing_a_stop_is() -> None:
    """A provider's failure is infrastructure, and may pass."""
    at = desk(Fake(failing_on("", Transient("down"))))
    ask(at, body())
    with pytest.raises(ProviderFailure) as failure:
        at.check()
    assert failure.value.cause is Cause.INFRASTRUCTURE
    assert failure.value.retry_helps


def test_a_provider_that_refuses_everything_stops_the_audit() -> None:
    """A refusal of something harmless is for the organiser to mend."""

    def say(request: Request) -> Reply:
        raise Rejected("no") if request.lines[-1].text == "Say yes." else Transient("down")

    at = desk(Fake(say))
    ask(at, body())
    with pytest.raises(ModelUnavailable, match="harmless"):
        at.check()


def test_a_refused_request_is_answered_and_recorded() -> None:
    """Whose text it was is not shown; it counts as a call."""
    log = Memory()
    at = desk(Fake(failing_on("", Rejected("400: the schema at http://provider is wrong"))), log=log)
    (answer,) = ask(at, body())
    assert (answer.status, code(answer)) == (400, "model_refused")
    assert b"provider" not in answer.body
    assert at.spent.calls == 1
    at.check()


def test_a_missing_key_stops_the_audit() -> None:
    """The organiser can mend it."""

    def no_key(_: ModelChoice) -> Provider:
        raise BadInput("openai:small needs a key.")

    at = GatewayDesk("a-b", POLICY, Memory(), no_key)
    assert ask(at, body())[0].status == 503
    with pytest.raises(BadInput, match="key"):
        at.check()


def test_what_is_recorded_is_not_paid_again() -> None:
    """A submission that is started again gets the same answers, the n-th to the n-th time that it asks."""
    answers = iter(range(10))
    first = Fake(lambda _: Reply(text=f"answer {next(answers)}", prompt_tokens=1))
    log = Memory()
    bodies = [body("a"), body("b"), body("a"), body("a", temperature=0.5)]
    before = [ask(desk_, raw)[0] for desk_ in [desk(first, log=log)] for raw in bodies]

    second = Fake()
    again = desk(second, log=log)
    after = [ask(again, raw)[0] for raw in bodies]
    assert after == before
    assert len({answer.body for answer in before}) == 4
    assert second.asked == []
    assert ask(again, body("a"))[0].status == 200
    assert second.asked == ["a"]
    assert again.spent.calls == 5


def test_refusals_are_recorded_too() -> None:
    """A submission that is started again takes the same path."""
    log = Memory()
    before = ask(desk(Fake(failing_on("poison", Transient("500"))), log=log), body("poison"))
    fake = Fake()
    assert ask(desk(fake, log=log), body("poison")) == before
    assert fake.asked == []


def test_a_lost_call_is_made_again_under_the_same_name() -> None:
    """A provider that knows the name does not charge twice; another request has another name."""
    one, two = Fake(), Fake()
    ask(desk(one), body("a"), body("a"), body("b"))
    ask(desk(two), body("a"), body("a"), body("b"))
    assert one.identities == two.identities
    assert len(set(one.identities)) == 3


def test_a_record_is_replayed_without_a_provider() -> None:
    """Whatever the order in which things are asked."""
    recorded = Memory()
    before = ask(desk(Fake(), log=recorded), body("a"), body("bb"))
    log, fake = Memory(), Fake()
    at = desk(fake, log=log, replay=recorded.kept)
    after = ask(at, body("bb"), body("a"))
    assert [json.loads(a.body)["choices"] for a in after] == [json.loads(a.body)["choices"] for a in before[::-1]]
    assert fake.asked == []
    assert len(log.kept) == 2
    at.check()
    assert ask(at, body("another"))[0].status == 503
    with pytest.raises(ReplayDiffers):
        at.check()


def test_a_replay_ends_where_the_budget_did() -> None:
    """What was over then is over now, and is no difference."""
    policy, recorded = GatewayPolicy(models=(MODEL,), calls=1), Memory()
    ask(desk(Fake(), policy, recorded), body("a"))
    at = desk(Fake(), policy, Memory(), replay=recorded.kept)
    assert [ask(at, body(text))[0].status for text in ("a", "b")] == [200, 429]
    at.check()


def test_a_policy_is_read_from_a_file(tmp_path: Path) -> None:
    """Models as for a team; what is not said has its default."""
    path = tmp_path / "gateway.toml"
    path.write_text('models = ["openai:gpt-4o-mini;temperature=0"]\ncost = 0.5\n')
    policy = GatewayPolicy.read(path)
    assert policy.models == (ModelChoice(provider="openai", name="gpt-4o-mini", temperature=0),)
    assert (policy.cost, policy.calls) == (0.5, GatewayPolicy.model_fields["calls"].default)
    assert GatewayPolicy.model_validate_json(policy.model_dump_json()) == policy


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("models = [", "no TOML"),
        ("models = []", "models"),
        ('models = ["gpt-4o"]', "Cannot read the model"),
        ('models = ["openai:m", "ollama:m"]', "same name"),
        ('models = ["openai:m"]\nkey = "sk-1234567890"', "key"),
        ('models = ["openai:m"]\ncalls = 0', "calls"),
    ],
)
def test_a_policy_that_cannot_be_used_is_refused(tmp_path: Path, text: str, said: str) -> None:
    """With what is wrong, and without a value that could be a key."""
    path = tmp_path / "gateway.toml"
    path.write_text(text)
    with pytest.raises(BadInput, match=said) as error:
        GatewayPolicy.read(path)
    assert "sk-1234567890" not in str(error.value)
