"""Names in other languages, languages, currencies, months and weekdays, from Unicode's CLDR by way of `babel`."""

# mypy: disable-error-code="import-not-found, import-untyped"
# the packages are those of an extra, which only who makes tables needs

from collections.abc import Iterator
from pathlib import Path

from babel import Locale
from babel.languages import get_official_languages
from babel.localedata import locale_identifiers
from babel.numbers import get_territory_currencies

from functions.relation.sources.licences import notice, packaged, version

_EN, _FR, _DE, _ES, _IT = (Locale(code) for code in ("en", "fr", "de", "es", "it"))


def _territories() -> list[str]:
    return sorted(code for code in _EN.territories if len(code) == 2 and code.isalpha() and _currency(code))


def _currency(territory: str) -> str:
    used = get_territory_currencies(territory) or [""]
    return str(used[0])


def _territory_rows(_: Path) -> Iterator[tuple[str, ...]]:
    yield "country", "french", "german", "spanish", "italian", "language", "currency", "currency_code"
    for code in _territories():
        official = [c for c in get_official_languages(code) if c in _EN.languages]
        if not official or "(" in _EN.territories[code]:
            continue
        names = (locale.territories[code] for locale in (_EN, _FR, _DE, _ES, _IT))
        yield *names, _EN.languages[official[0]], _EN.currencies[_currency(code)], _currency(code)


def _language_rows(_: Path) -> Iterator[tuple[str, ...]]:
    yield "language", "code", "autonym", "french", "german", "spanish"
    for code in sorted(code for code in set(locale_identifiers()) & set(_EN.languages) if code.isalpha()):
        own = Locale(code).languages.get(code, "")
        others = [locale.languages.get(code, "") for locale in (_FR, _DE, _ES)]
        if own and all(others) and own != _EN.languages[code]:
            yield _EN.languages[code], code, own, *others


def _currency_rows(_: Path) -> Iterator[tuple[str, ...]]:
    yield "currency", "code", "french", "german"
    for code in sorted({_currency(territory) for territory in _territories()}):
        if code and code in _DE.currencies:
            yield _EN.currencies[code], code, _FR.currencies[code], _DE.currencies[code]


def _calendar_rows(_: Path) -> Iterator[tuple[str, ...]]:
    yield "name", "kind", "next", "previous", "french", "german", "spanish", "italian"
    for kind, count, first in (("month", 12, 1), ("day", 7, 0)):
        widths = [getattr(locale, f"{kind}s")["format"]["wide"] for locale in (_EN, _FR, _DE, _ES, _IT)]
        english = [widths[0][first + i] for i in range(count)]
        for i, name in enumerate(english):
            around = english[(i + 1) % count], english[(i - 1) % count]
            yield name, kind, *around, *(names[first + i] for names in widths[1:])


_FROM = f"Unicode CLDR, in {version('babel')} (the package itself: BSD-3-Clause)"
TABLES = tuple(
    (f"{name}@1", rows, notice(f"{name}@1", _FROM, "Unicode-3.0", packaged("babel", "LICENSE.unicode")))
    for name, rows in (
        ("territories", _territory_rows),
        ("languages", _language_rows),
        ("currencies", _currency_rows),
        ("calendar", _calendar_rows),
    )
)
