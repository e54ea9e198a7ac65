"""Suites as directories: one JSON file for each function, and a manifest that every one of them must match."""

import os
import shutil
import tempfile
from pathlib import Path

from pydantic import ValidationError

from functions.errors import BadInput
from functions.identity import canonical_json
from functions.spec import parse_spec, spec_json
from functions.suites.about import About
from functions.suites.suite import Manifest, Suite

_MANIFEST = "manifest.json"
_ABOUT = "about.json"


def build(suite: Suite, directory: Path, about: About | None = None) -> Manifest:
    """Write `directory/<category>/<id>.json`, `manifest.json` and `about.json`. It appears whole or not at all.

    A directory that holds this very suite is left as it is; BadInput where it holds anything else.
    """
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        if (directory / _MANIFEST).is_file() and verify(directory) == suite.manifest:
            return suite.manifest
        raise BadInput(f"{directory} holds something else already: choose another directory, or remove it first")
    directory.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{directory.name}-", dir=directory.parent))
    try:
        _write(suite, draft, about)
        draft.chmod(0o755)  # mkdtemp makes private ones
        os.replace(draft, directory)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return suite.manifest


def verify(directory: Path) -> Manifest:
    """The manifest of a suite's directory, after every function in it was found to match. Raises BadInput that lists
    what is missing, what does not belong and what was changed."""
    try:
        manifest = Manifest.model_validate_json((directory / _MANIFEST).read_bytes())
    except OSError as error:
        raise BadInput(f"{directory} is no suite: {error}") from None
    except ValidationError as error:
        raise BadInput(f"{directory / _MANIFEST} is no manifest: {error.errors()[0]['msg']}") from None
    found = {path.relative_to(directory).with_suffix("").as_posix(): path for path in directory.glob("*/*.json")}
    wrong = [f"{name} is missing" for name in sorted(manifest.sha256.keys() - found.keys())]
    wrong += [f"{name} is not in the manifest" for name in sorted(found.keys() - manifest.sha256.keys())]
    for name in sorted(manifest.sha256.keys() & found.keys()):
        try:
            same = parse_spec(found[name].read_bytes()).sha256 == manifest.sha256[name]
            wrong += [] if same else [f"{name} was changed"]
        except BadInput as error:
            wrong.append(f"{name}: {error}")
    if wrong:
        raise BadInput(f"{directory} does not match its manifest: {'; '.join(wrong[:10])}")
    return manifest


def _write(suite: Suite, directory: Path, about: About | None) -> None:
    for member in suite.members:
        path = directory / member.category / f"{member.id}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(spec_json(member.spec) + "\n", encoding="utf-8")
    (directory / _MANIFEST).write_text(canonical_json(suite.manifest) + "\n", encoding="utf-8")
    if about is not None:
        (directory / _ABOUT).write_text(about.model_dump_json(indent=1) + "\n", encoding="utf-8")
