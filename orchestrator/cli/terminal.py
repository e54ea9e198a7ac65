"""Output. What agents and files say is untrusted: it reaches a terminal as characters, never as control or markup."""

import json
import unicodedata
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_CONTROL = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # control, invisible and direction-changing characters, no glyphs


def clean(text: str, cap: int = 4000) -> str:
    """Text without anything that steers a terminal, at most `cap` characters. Line breaks stay, tabs become spaces."""
    text = text[: cap + 1].replace("\t", "    ")
    kept = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in _CONTROL)
    return kept if len(text) <= cap else kept[:cap] + " ..."


def one_line(text: str, cap: int = 160) -> str:
    """Clean text in one line."""
    return clean(" ".join(text.split()), cap)


def styled(text: str, style: str = "") -> "Text":
    """Untrusted text as a rich object: brackets in it are brackets."""
    from rich.text import Text

    return Text(clean(text), style=style)


def console(*, stderr: bool = False) -> "Console":
    """Where people read. Colours only on a terminal; no guessing at markup, numbers or emoji."""
    from rich.console import Console

    return Console(stderr=stderr, markup=False, highlight=False, emoji=False, soft_wrap=not _is_terminal(stderr))


def print_json(document: Mapping[str, object]) -> None:
    """One JSON object on stdout, as ASCII: nothing in it can steer a terminal."""
    print(json.dumps(document, ensure_ascii=True))  # noqa: T201 - this is what the command was asked for


def print_table(rows: Iterable[tuple[str, str]]) -> None:
    """Names with texts, in two columns. Texts may be untrusted, names may not."""
    from rich.table import Table

    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for name, text in rows:
        table.add_row(name, styled(text))
    console().print(table)


def _is_terminal(stderr: bool) -> bool:
    import sys

    return (sys.stderr if stderr else sys.stdout).isatty()
