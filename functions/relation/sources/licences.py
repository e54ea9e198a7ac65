"""Notices that have to go with tables, read from the packages that carry them."""

from importlib.metadata import distribution
from pathlib import Path


def notice(table: str, source: str, licence: str, *texts: str) -> str:
    """What stands in `TABLE.licence.txt`."""
    head = (
        f"Table: {table}\n"
        f"Source: {source}\n"
        "Made by: python -m functions.relation.build_tables\n"
        "Changes: a selection, put into rows and columns\n"
        f"Licence: {licence}\n"
    )
    return "\n".join([head, *(text.strip() + "\n" for text in texts)])


def packaged(name: str, ending: str = "LICENSE") -> str:
    """The licence text inside an installed package. Raises LookupError where there is none."""
    dist = distribution(name)
    for file in dist.files or ():
        if str(file).endswith(ending):
            return Path(str(dist.locate_file(file))).read_text(encoding="utf-8")
    raise LookupError(f"{name} has no file that ends in {ending}")


def version(name: str) -> str:
    """`name 1.2.3`"""
    return f"{name} {distribution(name).version}"


def wordnet_text() -> str:
    """The licence of WordNet, as it stands beside the noun taxonomy."""
    text = (Path(__file__).parents[2] / "data" / "nouns@1.licence.txt").read_text(encoding="utf-8")
    return text.partition("\n\n")[2]
