"""Functions from elsewhere as a directory of their own, with a manifest like a suite's."""

from pathlib import Path

from functions.brief import Category
from functions.find_layout import Layout, read_layout
from functions.identity import canonical_json
from functions.suites.store import write
from functions.suites.suite import Manifest

FORMAT = 1  # of what is written for an imported function


def import_find(directory: Path, out: Path, category: Category | None = None) -> Layout:
    """Read functions in the published layout, and write each as a target file below `out`. Nothing is executed.

    Raises BadInput where there is nothing to read, or `out` holds something else.
    """
    layout = read_layout(directory, category)
    hashes = {name: target.sha256 for name, target in layout.loaded.items()}
    manifest = Manifest(suite=directory.resolve().name, seed=0, generator_version=FORMAT, sha256=hashes)
    write(manifest, {name: canonical_json(target) for name, target in layout.loaded.items()}, out, {})
    return layout
