"""`inquest audit`: one audit, shown as it happens."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from functions.errors import BadInput
from orchestrator.cli.exits import BY_OUTCOME, Stopped
from orchestrator.cli.options import Json, Judges, Readers, Sandbox, SandboxKind, Votes
from orchestrator.cli.sandbox_options import Runtime, RuntimeKind
from orchestrator.cli.terminal import print_json, print_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.approval import Approver
    from orchestrator.budget import Budget
    from orchestrator.cli.progress import Progress
    from orchestrator.config import Team
    from orchestrator.models.ledger import AtMost


def audit(
    function: Annotated[str, typer.Argument(help="suite/category/id, as in demo@1/numeric/0007, or a file.")],
    team: Annotated[
        str,
        typer.Option(
            help="'classical', 'openai:NAME', roles as in 'critic=none', a baseline as in 'single=classical'."
        ),
    ] = "classical",
    planner: Annotated[str | None, typer.Option(help="Who plans: classical, none, or a model, 'openai:NAME'.")] = None,
    experimenter: Annotated[str | None, typer.Option(help="Who experiments: classical, or a model.")] = None,
    critic: Annotated[str | None, typer.Option(help="Who attacks: classical, none, or a model.")] = None,
    base_url: Annotated[
        str | None,
        typer.Option(help="Where models without an address are asked; its key is INQUEST_API_KEY."),
    ] = None,
    gateway: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Models that a submission may ask: see docs/gateway.md.")
    ] = None,
    sandbox: Sandbox = SandboxKind.AUTO,
    runtime: Runtime = RuntimeKind.DEFAULT,
    queries: Annotated[int, typer.Option(min=1, help="How many single inputs may be asked.")] = 100,
    calls: Annotated[int | None, typer.Option(min=1, help="How often models may be asked; otherwise 300.")] = None,
    tokens: Annotated[int | None, typer.Option(min=1, help="Tokens of models in all; otherwise 2 million.")] = None,
    cost: Annotated[float | None, typer.Option(min=0.0, help="US dollars for models in all.")] = None,
    experiments: Annotated[int, typer.Option(min=1, help="How many experiments may be run.")] = 100,
    turns: Annotated[int, typer.Option(min=1, help="How many turns may be taken.")] = 30,
    neuron: Annotated[
        str | None, typer.Option(help="What a model may use that answers as the function: 'calls=200,cost=0.5'.")
    ] = None,
    seconds: Annotated[float, typer.Option(min=1.0, help="Wall clock of the team.")] = 600.0,
    share: Annotated[
        list[str] | None, typer.Option(help="The most one role may use: 'critic:calls=10,queries=20'. May be repeated.")
    ] = None,
    approve: Annotated[
        str, typer.Option(help="What a person decides about first: never, or some of code,plan,final.")
    ] = "never",
    policy: Annotated[Path | None, typer.Option(help="A file that decides in the person's place.")] = None,
    approve_seconds: Annotated[float, typer.Option(min=1.0, help="After these, it is not run.")] = 600.0,
    replay: Annotated[
        Path | None, typer.Option(help="A run whose recorded model calls are served instead of models.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what models could use and cost at most; ask nobody.")
    ] = False,
    judges: Judges = "code,claims",
    model: Readers = None,
    votes: Votes = 3,
    trust_foreign_code: Annotated[
        bool, typer.Option("--trust-foreign-code", help="Run an imported function without a container.")
    ] = False,
    seed: Annotated[int, typer.Option(help="Another seed draws other noise.")] = 0,
    out: Annotated[Path, typer.Option(help="Where run directories are kept.")] = Path("runs"),
    force: Annotated[bool, typer.Option("--force", help="Continue under other versions; recorded.")] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Audit afresh; what is there is kept beside it, with a number.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Let a team audit one hidden function, and grade what it hands in.

    The same command again continues an audit that was stopped, and prints the result of one that is done.
    """
    from orchestrator.approval import parse_kinds
    from orchestrator.audit import audit as run_audit
    from orchestrator.audit import unwatched
    from orchestrator.budget import Allowance, Budget, Share
    from orchestrator.cli.progress import Progress, show_result
    from orchestrator.config import Team, parse_backend
    from orchestrator.judging import Judging
    from orchestrator.models.gateway.policy import GatewayPolicy

    judging = Judging.parse(judges, model or (), base_url, votes)
    named = {"planner": planner, "experimenter": experimenter, "critic": critic}
    who = Team.parse(team).with_backends(**{role: parse_backend(text) for role, text in named.items() if text})
    who = who.at(base_url) if base_url else who
    who = who.through(GatewayPolicy.read(gateway)) if gateway else who
    budget = Budget(
        queries=queries,
        experiments=experiments,
        turns=turns,
        seconds=seconds,
        calls=calls,
        tokens=tokens,
        cost=cost,
        shares=tuple(map(Share.parse, share or ())),
        neuron=Allowance.parse(neuron) if neuron else None,
    )
    if dry_run:
        show_most(who, budget, behind=most_behind(function, budget), as_json=as_json)
        return
    kinds = parse_kinds(approve)
    try:
        with Progress(quiet=as_json) as progress:
            result = run_audit(
                function,
                team=who,
                budget=budget,
                seed=seed,
                sandbox=sandbox.value,
                runtime=runtime.value,
                out=out,
                force=force,
                again=again,
                approve=kinds,
                approver=_approver(policy, approve_seconds, progress) if kinds else None,
                replay=replay,
                trust_foreign_code=trust_foreign_code,
                judging=judging,
                watch=unwatched if as_json else progress.watch,
            )
    except KeyboardInterrupt:
        without = " without --again" if again else ""
        raise Stopped(f"Stopped. The same command{without} goes on from here.") from None
    if as_json:
        print_json(result.model_dump(mode="json"))
    else:
        show_result(result)
    raise typer.Exit(BY_OUTCOME[result.outcome.value])


def _approver(policy: Path | None, seconds: float, progress: "Progress") -> "Approver":
    """The policy, or else the person at the terminal. Raises `BadInput` where there is neither."""
    from orchestrator.approval.policy import PolicyApprover
    from orchestrator.approval.terminal import Terminal, TerminalApprover

    if policy is not None:
        return PolicyApprover(policy)
    if not Terminal.is_there():
        raise BadInput("--approve asks a person at a terminal, and there is none. Give a --policy file instead.")
    return TerminalApprover(Terminal(), seconds, progress.paused)


def most_behind(function: str, budget: "Budget") -> "AtMost | None":
    """The most that a model could use which answers as the function; None where none does."""
    if not Path(function).is_file():
        return None
    from functions.suites import resolve_target
    from functions.target import ModelNeuron
    from orchestrator.neuron.bounds import most

    target = resolve_target(function)
    return most(target, budget) if isinstance(target, ModelNeuron) else None


def show_most(team: "Team", budget: "Budget", *, behind: "AtMost | None" = None, as_json: bool) -> None:
    """What a run could use and cost at most, the model `behind` the function apart."""
    from orchestrator.models.ledger import at_most

    most = at_most(*team.asked(budget))
    figures: dict[str, float] = {
        "queries.max": budget.queries,
        "experiments.max": budget.experiments,
        "turns.max": budget.turns,
        "seconds.max": budget.seconds,
        "calls.max": most.calls,
        "tokens.max": most.tokens,
    }
    if most.cost is not None:
        figures["cost.max"] = round(most.cost, 4)
    if behind is not None:
        figures |= {"neuron.calls.max": behind.calls, "neuron.tokens.max": behind.tokens}
        figures |= {} if behind.cost is None else {"neuron.cost.max": round(behind.cost, 4)}
    if as_json:
        unknown = [*most.unknown, *(behind.unknown if behind else ())]
        print_json({"outcome": "ok", "unknown_prices": unknown, "figures": figures})
        return
    print_table(
        (
            ("team", team.label),
            ("queries", f"at most {budget.queries}"),
            ("experiments", f"at most {budget.experiments}, in {budget.turns} turns and {budget.seconds:g} s"),
            ("calls", f"at most {most.calls}"),
            ("tokens", f"at most {most.tokens}"),
            ("cost", _dollars(most)),
            *_behind(behind),
        )
    )


def _behind(most: "AtMost | None") -> "Iterator[tuple[str, str]]":
    if most is not None:
        yield "the function", f"a model's answers: at most {most.calls} calls and {most.tokens} tokens more"
        yield "its cost", _dollars(most)


def _dollars(most: "AtMost") -> str:
    if most.cost is None:
        return f"unknown: nobody knows the price of {', '.join(most.unknown)}"
    return f"at most {most.cost:.2f} US dollars"
