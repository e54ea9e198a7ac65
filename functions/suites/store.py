"""Suites as directories: one JSON file for each function, and a manifest that every one of them must match."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from functions.errors import BadInput
from functions.identity import canonical_json
from functions.spec import spec_json
from functions.suites.about import About
from functions.suites.suite import Manifest, Suite
from functions.target import parse_target

_MANIFEST = "manifest.json"
_ABOUT = "about.json"


def build(suite: Suite, directory: Path, about: About | None = None) -> Manifest:
    """Write `directory/<category>/<id>.json`, `manifest.json` and `about.json`. It appears whole or not at all.

    A directory that holds this very suite is left as it is; BadInput where it holds anything else.
    """
    files = {member.name: spec_json(member.spec) for member in suite.members}
    return write(suite.manifest, files, directory, {} if about is None else {_ABOUT: about.model_dump_json(indent=1)})


def write(manifest: Manifest, functions: Mapping[str, str], directory: Path, beside: Mapping[str, str]) -> Manifest:
    """Write a manifest, its functions as JSON by `category/id`, and other files by name. Whole or not at all.

    A directory that has this manifest and matches it is left as it is; BadInput where it holds anything else.
    """
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        if (directory / _MANIFEST).is_file() and verify(directory) == manifest:
            return manifest
        raise BadInput(f"{directory} holds something else already: choose another directory, or remove it first")
    directory.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{directory.name}-", dir=directory.parent))
    texts = {f"{name}.json": text for name, text in functions.items()}
    try:
        for name, text in {**texts, **beside, _MANIFEST: canonical_json(manifest)}.items():
            (draft / name).parent.mkdir(exist_ok=True)
            (draft / name).write_text(text + "\n", encoding="utf-8")
        draft.chmod(0o755)  # mkdtemp makes private ones
        os.replace(draft, directory)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return manifest


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
            same = parse_target(found[name].read_bytes()).sha256 == manifest.sha256[name]
            wrong += [] if same else [f"{name} was changed"]
        except BadInput as error:
            wrong.append(f"{name}: {error}")
    if wrong:
        raise BadInput(f"{directory} does not match its manifest: {'; '.join(wrong[:10])}")
    return manifest
