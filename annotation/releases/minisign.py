"""Signatures in minisign's format: which key made one, and whether it fits the file.

The format is that of https://jedisct1.github.io/minisign/: Ed25519 over the BLAKE2b hash of the
file, and once more over that signature with the comment that one may trust.
"""

from base64 import b64decode
from binascii import Error as NotBase64
from hashlib import blake2b
from typing import NamedTuple

from annotation.errors import ProjectError

HASHED, PLAIN = b"ED", b"Ed"
"""How the file went into the signature: by its hash, or (minisign before 0.10) as it is."""

UNTRUSTED, TRUSTED = "untrusted comment: ", "trusted comment: "


class PublicKey(NamedTuple):
    """A team's public key, and the number that its signatures carry (8 bytes, as they stand)."""

    number: bytes
    key: bytes

    @property
    def name(self) -> str:
        """How minisign calls the key in words: 16 hexadecimal digits."""
        return key_name(self.number)


class Signature(NamedTuple):
    """What a `.minisig` file holds."""

    number: bytes
    signature: bytes
    comment: str
    comment_signature: bytes


def key_name(number: bytes) -> str:
    """Return a key's number as minisign prints it."""
    return number[::-1].hex().upper()


def read_key(text: str) -> PublicKey:
    """Return the key of a `.pub` file, or of its second line alone.

    Raises `ProjectError` where it is none.
    """
    lines = [line.strip() for line in text.strip().splitlines()]
    if len(lines) == 2 and lines[0].startswith(UNTRUSTED):
        lines = lines[1:]
    data = _decoded(lines[0]) if len(lines) == 1 else None
    if data is None or len(data) != 42 or data[:2] != PLAIN:
        raise ProjectError(
            "That is not a public key of minisign. It is one line of 56 letters and digits, the "
            "second line of the file minisign.pub, and begins with RW."
        )
    return PublicKey(data[2:10], data[10:])


def verify(data: bytes, signature_text: str, key: PublicKey, name: str) -> str:
    """Return the trusted comment of a signature that this key made of this file.

    Raises `ProjectError`, which calls the file `name`, where the signature is none, is another
    key's, or does not fit.
    """
    from nacl.exceptions import BadSignatureError
    from nacl.signing import VerifyKey

    signature = _read_signature(signature_text, name)
    if signature.number != key.number:
        raise ProjectError(
            f"{name} is signed with the key {key_name(signature.number)}, and not with your "
            f"team's, {key.name}. Nothing of it is used. Ask your team whether it has a new key."
        )
    try:
        verifier = VerifyKey(key.key)
        verifier.verify(blake2b(data).digest(), signature.signature)
        comment = signature.comment.encode()
        verifier.verify(signature.signature + comment, signature.comment_signature)
    except (BadSignatureError, ValueError) as error:
        raise ProjectError(
            f"{name} does not fit its signature: it was changed after your team had signed it, or "
            "was damaged on the way. Nothing of it is used. Tell your team."
        ) from error
    return signature.comment


def _read_signature(text: str, name: str) -> Signature:
    lines = text.splitlines()
    data = _decoded(lines[1]) if len(lines) == 4 else None
    comment_signature = _decoded(lines[3]) if data else None
    whole = data is not None and len(data) == 74 and data[:2] in (HASHED, PLAIN)
    if (
        not whole
        or data is None
        or comment_signature is None
        or len(comment_signature) != 64
        or not lines[2].startswith(TRUSTED)
    ):
        raise ProjectError(
            f"The signature of {name} is none of minisign's; perhaps another page came in its "
            "place, such as a login. Ask your team."
        )
    if data[:2] == PLAIN:
        raise ProjectError(
            f"The signature of {name} is of minisign's old form. Your team has to sign it once "
            "more, with minisign 0.10 or later."
        )
    comment = lines[2].removeprefix(TRUSTED)
    return Signature(data[2:10], data[10:], comment, comment_signature)


def _decoded(line: str) -> bytes | None:
    try:
        return b64decode(line.strip(), validate=True)
    except (NotBase64, ValueError):
        return None
