"""Receipts and the leaderboard: `inquest submission key|receipt|verify` and `inquest leaderboard build`."""

from pathlib import Path
from typing import Annotated

import typer

from orchestrator.cli.exits import Exit
from orchestrator.cli.options import Json
from orchestrator.cli.terminal import clean, print_json, print_table

leaderboard = typer.Typer(help="The leaderboard: one static page from signed receipts.", no_args_is_help=True)

StudyDirectory = Annotated[Path | None, typer.Option(help="The study's directory: compare its runs, too.")]


@leaderboard.callback()
def _leaderboard() -> None:
    """The leaderboard: one static page from signed receipts."""


def key(
    file: Annotated[Path, typer.Argument(help="Where the private key is written. Keep it, and keep it to yourself.")],
    as_json: Json = False,
) -> None:
    """Make a key to sign receipts with, and print the public key that others know you by."""
    _need_cryptography()
    from orchestrator.receipts.signing import make_key

    public = make_key(file)
    if as_json:
        print_json({"outcome": "ok", "figures": {"keys": 1}, "key": public})
    else:
        typer.echo(public)


def receipt(
    directory: Annotated[Path, typer.Argument(help="A finished study with one arm, as 'submission run' makes it.")],
    key: Annotated[Path, typer.Option(help="Your private key: see 'submission key'.")],
    team: Annotated[str, typer.Option(help="What the people behind it call themselves.")],
    report: Annotated[str, typer.Option(help="Where the study's report can be read, for the leaderboard.")] = "",
    out: Annotated[Path | None, typer.Option(help="The receipt.", show_default="receipt.json in the directory")] = None,
    as_json: Json = False,
) -> None:
    """Sign a study's result: who, on what, under which versions, with which scores, and how each audit ended."""
    _need_cryptography()
    from orchestrator.files import write_atomically
    from orchestrator.receipts.make import receipt_of
    from orchestrator.receipts.signing import sign

    signed = sign(receipt_of(directory, team, report), key)
    path = out or directory / "receipt.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, signed.model_dump_json(indent=1).encode() + b"\n")
    figures = {f"{part}.score": interval.estimate for part, interval in signed.receipt.score.items()}
    if as_json:
        print_json({"outcome": "ok", "figures": figures, "receipt": str(path), "key": signed.key})
    else:
        typer.echo(clean(str(path)))


def verify(
    file: Annotated[Path, typer.Argument(help="A receipt.")],
    key: Annotated[str | None, typer.Option(help="The organiser's public key, if you know it.")] = None,
    study: StudyDirectory = None,
    revealed: Annotated[
        Path | None, typer.Option(help="The directory of a private suite that was revealed, with its commitments.")
    ] = None,
    regrade: Annotated[bool, typer.Option("--regrade", help="With --study: grade everything once more.")] = False,
    as_json: Json = False,
) -> None:
    """Check a receipt: offline its signature, sums and suites; with more at hand its runs, functions and grades."""
    _need_cryptography()
    from functions.errors import BadInput
    from orchestrator.receipts.check import check_grades, check_offline, check_reveal, check_runs, read_receipt

    if regrade and study is None:
        raise BadInput("--regrade needs --study DIR: what was handed in is there, and not in the receipt.")
    signed = read_receipt(file)
    checks = list(check_offline(signed, key))
    if revealed is not None:
        checks.append(check_reveal(signed.receipt, revealed, study))
    if study is not None:
        checks.append(check_runs(signed.receipt, study))
    if study is not None and regrade:
        checks.append(check_grades(signed.receipt, study))
    passed = sum(check.passed for check in checks)
    if as_json:
        found = [check.model_dump() for check in checks]
        outcome = "ok" if passed == len(checks) else "failed"
        print_json({"outcome": outcome, "figures": {"checks": len(checks), "passed": passed}, "checks": found})
    else:
        print_table((f"{'ok' if c.passed else 'FAILED'}  {c.name}", c.detail) for c in checks)
    raise typer.Exit(Exit.OK if passed == len(checks) else Exit.FAILED)


@leaderboard.command()
def build(
    directory: Annotated[Path, typer.Argument(help="Receipts, as *.json.")],
    out: Annotated[Path | None, typer.Option(help="The page.", show_default="index.html in the directory")] = None,
    key: Annotated[list[str] | None, typer.Option(help="A public key to trust. None trusts every key.")] = None,
    per_team: Annotated[int | None, typer.Option(min=1, help="Only the latest so many receipts of a team.")] = None,
    as_json: Json = False,
) -> None:
    """Make the page from receipts whose signature, sums and suites hold; others are named below, with the reason."""
    _need_cryptography()
    from orchestrator.files import write_atomically
    from orchestrator.receipts.leaderboard import build as build_boards
    from orchestrator.receipts.leaderboard import render

    boards, refused = build_boards(directory, key or (), per_team)
    path = out or directory / "index.html"
    write_atomically(path, render(boards, refused).encode())
    entries = sum(len(board.entries) for board in boards)
    if as_json:
        figures = {"boards": len(boards), "entries": entries, "refused": len(refused)}
        print_json({"outcome": "ok", "figures": figures, "page": str(path)})
        return
    for item in refused:
        typer.echo(clean(f"not shown: {item.file}: {item.why}"), err=True)
    typer.echo(clean(f"{path}: {entries} receipts on {len(boards)} boards"))


def _need_cryptography() -> None:
    from importlib.util import find_spec

    from functions.errors import BadInput

    if find_spec("cryptography") is None:
        raise BadInput("Receipts need the cryptography package: pip install 'inquest[receipts]'.")
