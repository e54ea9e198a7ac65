"""Python source as marked-up HTML: modestly highlighted, escaped, and shown with nothing hidden."""

from markupsafe import Markup
from pygments import highlight  # type: ignore[import-untyped]
from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped]
from pygments.lexers import PythonLexer  # type: ignore[import-untyped]

from orchestrator.report.text import shown

MAX_CODE = 20_000


def python(source: str) -> Markup:
    """`source` with classes on its keywords, strings, numbers and comments. Any text will do: it is never parsed."""
    marked = highlight(shown(source, MAX_CODE), PythonLexer(stripnl=False), HtmlFormatter(nowrap=True))
    return Markup(str(marked).rstrip("\n"))  # noqa: S704 - the formatter has escaped it
