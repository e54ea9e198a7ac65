"""What makes two records the same: equal canonical JSON, and so an equal sha256."""

import hashlib
import json

from pydantic import BaseModel


def canonical_json(record: BaseModel) -> str:
    """The one JSON text of a record: sorted keys, no spaces, floats in their shortest exact form."""
    return json.dumps(record.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), allow_nan=False)


def sha256_of(record: BaseModel) -> str:
    """The identity of a record: sha256 (hex) of its canonical JSON."""
    return hashlib.sha256(canonical_json(record).encode()).hexdigest()
