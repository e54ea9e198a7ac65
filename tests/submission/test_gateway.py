"""Submissions that ask a language model: through the gateway, within the organiser's bounds, and not otherwise."""

# ruff: noqa: ARG002 - fakes fill Protocols whole

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from functions.brief import Interpretation
from functions.errors import BadInput
from functions.spec import parse_spec
from judges.grade import Outcome
from orchestrator.audit import audit, configure
from orchestrator.budget import Budget, Ending
from orchestrator.cli import main
from orchestrator.config import Team
from orchestrator.eventlog import EventLog
from orchestrator.events import ModelCall
from orchestrator.models.choice import ModelChoice
from orchestrator.models.gateway.policy import GatewayPolicy
from orchestrator.models.gateway.serving import open_gateway
from orchestrator.models.provider import Patience
from orchestrator.parts import Parts
from orchestrator.result import AuditResult
from orchestrator.rundir import RunDirectory
from orchestrator.study.load import load_study
from sandbox.client import Limits, OracleJob, QueryLog
from sandbox.engines.docker import DockerEngine
from sandbox.engines.gateway_link import AnswerBody, Gateway
from sandbox.engines.local import LocalEngine
from sandbox.submission import Delivery, Failure, Image, Surroundings
from tests.model_server.faults import Fault, FaultOf, always, never
from tests.model_server.scientists import Message, Request, says
from tests.model_server.server import ModelServer
from tests.orchestrator.fakes import FakeEngine, Killed, parts
from tests.submission.images import Workshop

HERE = Path(__file__).parent
SECRET = "a-key-that-nobody-may-see"  # noqa: S105 made up
DIGEST = "sha256:" + "ab" * 32
SAID = "A linear function of slope 3 through 1."
IMPATIENT = Patience(attempts=2, first_s=0.001)
LINE = parse_spec(
    {
        "category": "numeric",
        "domain": {"low": -100.0, "high": 100.0},
        "expression": {"node": "atom", "family": "linear", "parameters": {"slope": 3.0, "intercept": 1.0}},
        "noise": {"kind": "none", "scale": 0.0},
    }
)


def model(_: Request) -> Message:
    """Says one thing."""
    return says(SAID)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    """A provider of ours, and the organiser's key for it."""
    monkeypatch.setenv("INQUEST_API_KEY", SECRET)
    with ModelServer(model) as serving:
        yield serving


def policy_for(server: ModelServer, calls: int = 10) -> GatewayPolicy:
    """One model."""
    return GatewayPolicy(models=(ModelChoice(provider="openai", name="small", base_url=server.url),), calls=calls)


def calls_of(result: AuditResult) -> list[ModelCall]:
    """The recorded calls."""
    return [entry.event for entry in RunDirectory(result.run).entries() if isinstance(entry.event, ModelCall)]


@pytest.fixture(scope="module")
def asking(docker: DockerEngine) -> Iterator[Workshop]:
    """Makes images that hold `asking.py`."""
    made = Workshop(docker.images.lab, {"asking.py": HERE / "asking.py"})
    yield made
    made.close()


class Bench:
    """Audits the line with images of `asking.py`."""

    def __init__(self, workshop: Workshop, docker: DockerEngine, out: Path) -> None:
        self._workshop, self._docker, self._out = workshop, docker, out

    def run(self, behaviour: str, gateway: GatewayPolicy | None) -> AuditResult:
        """One audit."""
        image = self._workshop.image(["python3", "/asking.py", behaviour])
        real = replace(
            Parts.real(),
            resolve=lambda _: LINE,
            choose_engine=lambda _sandbox, _runtime: self._docker,
            patience=IMPATIENT,
        )
        team = Team.parse(f"submission={image}").through(gateway)
        return audit("line", team=team, budget=Budget(queries=10, seconds=60), out=self._out, parts=real)


@pytest.fixture
def bench(asking: Workshop, docker: DockerEngine, tmp_path: Path) -> Bench:
    """A bench with a folder of its own."""
    return Bench(asking, docker, tmp_path)


def printed(result: AuditResult, what: str) -> str:
    """What the image printed behind `what:`."""
    found = re.search(rf"^{what}: (.*)$", (result.run / "stdout.txt").read_text(), re.MULTILINE)
    assert found is not None
    return found[1]


@pytest.mark.engine
def test_an_image_asks_a_model_and_hands_in_what_it_says(bench: Bench, server: ModelServer) -> None:
    """Graded like any other; the call is an event, its cost a figure, and the key is in none of the files."""
    result = bench.run("honest", policy_for(server))

    assert (result.outcome, result.ending) == (Outcome.GRADED, Ending.SUBMITTED)
    assert result.interpretation.description == SAID
    assert printed(result, "model") == "200"
    assert [call.role for call in calls_of(result)] == ["submission"]
    assert result.figures["model.calls"] == 1
    assert result.figures["model.tokens"] > 0
    assert server.keys == [SECRET]
    assert not any(SECRET in path.read_text() for path in result.run.rglob("*") if path.is_file())


@pytest.mark.engine
def test_a_budget_holds_however_it_is_asked(bench: Bench, server: ModelServer) -> None:
    """Three calls are three calls; the submission goes on without a model, and is graded."""
    result = bench.run("greedy", policy_for(server, calls=3))

    assert printed(result, "statuses") == "[(200, 3), (429, 21)]"
    assert len(server.requests) == 3
    assert result.outcome is Outcome.GRADED


@pytest.mark.engine
def test_nothing_but_a_prompt_gets_out(bench: Bench, server: ModelServer) -> None:
    """Of seven tries one reaches the provider, and it carries nothing."""
    result = bench.run("leaking", policy_for(server))

    assert printed(result, "statuses") == "[404, 404, 404, 400, 400, 400, 200]"
    (heard,) = server.requests
    assert "leaked" not in json.dumps(heard)
    assert result.outcome is Outcome.GRADED


@pytest.mark.engine
def test_a_flood_hurts_only_its_sender(bench: Bench, server: ModelServer) -> None:
    """After it an honest question is answered."""
    result = bench.run("hostile", policy_for(server))

    assert result.interpretation.description == SAID
    assert len(server.requests) == 1


@pytest.mark.engine
def test_a_call_that_nobody_waits_for_is_still_recorded(bench: Bench, server: ModelServer) -> None:
    """It is paid for."""
    result = bench.run("impatient", policy_for(server))

    assert result.figures["model.calls"] == len(server.requests) == 1


@pytest.mark.engine
def test_without_an_organisers_word_there_is_no_gateway(bench: Bench, server: ModelServer) -> None:
    """No socket, no variable, no folder."""
    assert printed(bench.run("alone", None), "socket") == "None False"


@pytest.mark.engine
def test_one_command_benchmarks_an_image_with_a_gateway(
    asking: Workshop, server: ModelServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """From a file, to a study whose audits asked a model."""
    image = asking.image(["python3", "/asking.py", "honest"])
    file, out = tmp_path / "gateway.toml", tmp_path / "study"
    file.write_text(f'models = ["openai:small;base_url={server.url}"]\ncalls = 5\n')

    arguments = [
        "--suite",
        "demo@1/numeric/0000",
        "--gateway",
        str(file),
        "--seconds",
        "60",
        "--out",
        str(out),
        "--json",
    ]
    with pytest.raises(SystemExit) as ended:
        main(["submission", "run", image.digest, *arguments])

    figures = json.loads(capsys.readouterr().out)["figures"]
    assert (ended.value.code, figures["outcome.graded"]) == (0, 1)
    assert len(server.requests) == 1
    (row,) = load_study(out).rows
    assert any(isinstance(entry.event, ModelCall) for entry in RunDirectory(out / row.audit).entries())


@pytest.mark.engine
def test_an_author_tries_an_image_with_a_model_before_anybody_is_asked_to_run_it(
    asking: Workshop, server: ModelServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each of the three runs has a gateway of its own, and what was asked is said. (The image knows lines alone.)"""
    image = asking.image(["python3", "/asking.py", "honest"])
    file = tmp_path / "gateway.toml"
    file.write_text(f'models = ["openai:small;base_url={server.url}"]\ncalls = 1\n')

    with pytest.raises(SystemExit):
        main(["submission", "validate", image.digest, "--gateway", str(file), "--json"])

    checks = {check["name"]: check for check in json.loads(capsys.readouterr().out)["checks"]}
    assert len(server.requests) == 3
    assert checks["line.submits"]["passed"], checks
    for name in ("line", "fold", "text"):
        assert checks[f"{name}.models"]["detail"].startswith("1 calls, ")


class Hand(FakeEngine):
    """Runs a submission by hand: it asks at the gateway's socket, and hands in what the last answer says."""

    def __init__(self, *texts: str) -> None:
        super().__init__()
        self.texts = texts
        self.killed_after = len(texts) + 1
        self.statuses: list[int] = []

    def find_image(self, reference: str) -> Image:
        """Every image is here."""
        return Image.parse(reference)

    def open_gateway(
        self, models: Sequence[str], at_once: int, answer: AnswerBody, limits: Limits, label: str
    ) -> Gateway:
        """A process of this machine."""
        return LocalEngine().open_gateway(models, at_once, answer, limits, label)

    def run_submission(
        self,
        image: Image,
        job: OracleJob,
        limits: Limits,
        seconds: float,
        log: QueryLog,
        label: str,
        beside: Surroundings = Surroundings(),  # noqa: B008 a frozen record
    ) -> Delivery:
        """Ask everything, one after the other."""
        said = ""
        transport = httpx.HTTPTransport(uds=beside.environment["INQUEST_MODEL_SOCKET"])
        with httpx.Client(transport=transport, base_url="http://gateway/v1") as client:
            for number, text in enumerate(self.texts, start=1):
                body = {"model": "small", "messages": [{"role": "user", "content": text}]}
                answer = client.post("/chat/completions", json=body)
                self.statuses.append(answer.status_code)
                if answer.status_code != 200:
                    return Delivery(failure=Failure.CRASHED, detail="It lost heart.")
                said = answer.json()["choices"][0]["message"]["content"]
                if number == self.killed_after:
                    raise Killed
        return Delivery(interpretation=Interpretation(description=said))


def by_hand(hand: Hand, server: ModelServer, out: Path, replay: Path | None = None) -> AuditResult:
    """An audit of the fakes' function."""
    team = Team.parse(f"submission={DIGEST}").through(policy_for(server))
    return audit("fake", team=team, out=out, replay=replay, parts=replace(parts(hand), patience=IMPATIENT))


def test_a_killed_audit_goes_on_and_pays_nothing_twice(server: ModelServer, tmp_path: Path) -> None:
    """Whenever it is killed: what was answered is answered again, equal and free."""
    for life in (1, 2, 1):
        hand = Hand("one", "two", "one")
        hand.killed_after = life
        with pytest.raises(Killed):
            by_hand(hand, server, tmp_path)
    result = by_hand(Hand("one", "two", "one"), server, tmp_path)

    assert result.interpretation.description == SAID
    assert len(server.requests) == result.figures["model.calls"] == 3
    assert server.again == 0


def test_a_provider_that_is_down_is_infrastructure(server: ModelServer, tmp_path: Path) -> None:
    """Whatever the submission made of it. When the provider is back, the same command goes on."""
    server.fault = always(Fault.SERVER_ERROR)
    lost = by_hand(Hand("one"), server, tmp_path)
    assert lost.outcome is Outcome.INFRASTRUCTURE

    server.fault = never
    result = by_hand(Hand("one"), server, tmp_path)
    assert (lost.run, result.outcome) == (result.run, Outcome.GRADED)


def on_poison(server: ModelServer) -> FaultOf:
    """A fault that one text causes, and no other."""
    return lambda: Fault.SERVER_ERROR if "poison" in json.dumps(server.requests[-1]) else None


def test_a_request_that_breaks_its_provider_is_no_way_out(server: ModelServer, tmp_path: Path) -> None:
    """Infrastructure would mean no score; but others are answered, so it is the submission's own failure."""
    server.fault = on_poison(server)
    hand = Hand("poison")
    result = by_hand(hand, server, tmp_path)

    assert hand.statuses == [400]
    assert result.outcome is Outcome.AGENT_FAILED


def test_an_audit_is_replayed_without_a_provider(server: ModelServer, tmp_path: Path) -> None:
    """The recorded calls are served."""
    first = by_hand(Hand("one", "two"), server, tmp_path / "first")
    again = by_hand(Hand("one", "two"), server, tmp_path / "again", replay=first.run)

    assert again.interpretation == first.interpretation
    assert [call.reply for call in calls_of(again)] == [call.reply for call in calls_of(first)]
    assert len(server.requests) == 2


def test_the_gateway_is_part_of_what_an_audit_means(server: ModelServer) -> None:
    """Another budget is another audit; no gateway is what it was before there were any."""
    alone = Team.parse(f"submission={DIGEST}")
    teams = [alone, alone.through(policy_for(server)), alone.through(policy_for(server, calls=11))]
    assert len({configure("fake", LINE, team, Budget(), 0).id for team in teams}) == 3
    assert "gateway" not in alone.model_dump_json(exclude_none=True)


def test_a_gateway_is_for_submissions(server: ModelServer) -> None:
    """Other teams ask their models themselves."""
    with pytest.raises(BadInput, match="for a submission"):
        Team().through(policy_for(server))


def test_the_page_says_what_is_so(server: ModelServer, tmp_path: Path) -> None:
    """The file for organisers is one, and the code for authors runs as it stands."""
    page = (HERE.parent.parent / "docs" / "gateway.md").read_text()
    (toml,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    (tmp_path / "gateway.toml").write_text(toml)
    written = GatewayPolicy.read(tmp_path / "gateway.toml")
    assert (written.names, written.calls, written.cost) == (["gpt-4o-mini"], 40, 0.2)

    with (
        closing(EventLog(tmp_path / "events.jsonl", lambda _: None)) as log,
        open_gateway(LocalEngine(), policy_for(server), log, 60, run="a-b", label="page") as gateway,
    ):
        environment = os.environ | dict(gateway.surroundings.environment)
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", code], env=environment, capture_output=True, text=True, check=True
        )
    assert done.stdout == f"{SAID}\n"


def test_a_dry_run_says_what_a_gateway_could_cost(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its own bounds, and nobody is asked."""
    file = tmp_path / "gateway.toml"
    file.write_text('models = ["openai:gpt-4o-mini"]\ncalls = 5\ntokens = 100000\ncost = 0.02\n')
    with pytest.raises(SystemExit):
        main(["audit", "f", "--team", f"submission={DIGEST}", "--gateway", str(file), "--dry-run", "--json"])
    figures = json.loads(capsys.readouterr().out)["figures"]
    assert (figures["calls.max"], figures["tokens.max"], figures["cost.max"]) == (5, 100_000, 0.02)
