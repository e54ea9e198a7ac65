"""Ed25519 keys and signatures (RFC 8032), through `cryptography`: `pip install 'inquest[receipts]'`."""

import os
import stat
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from functions.errors import BadInput
from orchestrator.files import StorageError, read_capped
from orchestrator.receipts.record import Receipt, Signed

MAX_KEY_BYTES = 10_000
_UNSIGNED = "0" * 128


def make_key(path: Path) -> str:
    """Write a new private key (PEM) that only its owner can read. Returns the public key (hex).

    Raises `BadInput` where there is a file already: a key that is lost cannot be made again.
    """
    key = Ed25519PrivateKey.generate()
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise BadInput(f"{path} exists: a key is never written over another.") from None
    except OSError as error:
        raise StorageError.of("write", path, error) from error
    with os.fdopen(descriptor, "wb") as file:
        file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return _public(key)


def sign(receipt: Receipt, key_file: Path) -> Signed:
    """Sign with the key in a file that only its owner can read. Raises `BadInput`."""
    key = _read_key(key_file)
    draft = Signed(receipt=receipt, key=_public(key), signature=_UNSIGNED)
    return draft.model_copy(update={"signature": key.sign(draft.signed_bytes).hex()})


def holds(signed: Signed) -> bool:
    """Was exactly this receipt signed with the key that it names?"""
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(signed.key))
    try:
        key.verify(bytes.fromhex(signed.signature), signed.signed_bytes)
    except InvalidSignature:
        return False
    return True


def _read_key(path: Path) -> Ed25519PrivateKey:
    content = read_capped(path, MAX_KEY_BYTES)
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise BadInput(f"Others can read the key in {path}: chmod 600 {path}")
    try:
        key = load_pem_private_key(content, password=None)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise BadInput(f"{path} holds no Ed25519 key. Make one: inquest submission key {path}")
    return key


def _public(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes_raw().hex()
