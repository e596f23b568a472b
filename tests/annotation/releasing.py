"""Makes releases as a team does: a manifest, signed in minisign's format, beside its files."""

import json
from base64 import b64encode
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any

from nacl.signing import SigningKey

from annotation.releases.computer import this_computer
from annotation.releases.manifest import NAME

NUMBER = bytes(range(1, 9))


class Team:
    """A team with a key of its own, which puts releases into a folder."""

    def __init__(self, folder: Path, seed: int = 1) -> None:
        self.folder = folder
        self._secret = SigningKey(bytes([seed]) * 32)
        self.number = bytes([seed]) + NUMBER[1:]

    @property
    def key(self) -> str:
        return b64encode(b"Ed" + self.number + bytes(self._secret.verify_key)).decode()

    def release(self, content: bytes = b"a new program", **fields: Any) -> Path:
        """Put a release into the folder, with a file for this computer; return the manifest."""
        self.folder.mkdir(exist_ok=True)
        here = this_computer()
        name = "pressmark-9.0.0-any.tar.gz"
        (self.folder / name).write_bytes(content)
        file = {
            "name": name,
            "system": here.system,
            "architecture": here.architecture,
            "size": len(content),
            "sha256": sha256(content).hexdigest(),
        }
        manifest = {
            "format": "pressmark-release/1",
            "product": "pressmark",
            "version": "9.0.0",
            "date": "2026-03-01T12:00:00Z",
            "notes": "- Faster\n- Kinder",
            "files": [file],
            **fields,
        }
        return self.put(json.dumps(manifest).encode())

    def put(self, data: bytes) -> Path:
        """Put these bytes into the folder as a signed manifest."""
        self.folder.mkdir(exist_ok=True)
        path = self.folder / NAME
        path.write_bytes(data)
        path.with_name(f"{NAME}.minisig").write_text(self.signature(data))
        return path

    def signature(self, data: bytes, kind: bytes = b"ED", comment: str = "timestamp:1") -> str:
        """Return the signature of these bytes as minisign writes it."""
        message = blake2b(data).digest() if kind == b"ED" else data
        signature = self._secret.sign(message).signature
        above = self._secret.sign(signature + comment.encode()).signature
        lines = [
            "untrusted comment: a test",
            b64encode(kind + self.number + signature).decode(),
            f"trusted comment: {comment}",
            b64encode(above).decode(),
        ]
        return "\n".join(lines) + "\n"


def finished(generator: Any) -> Any:
    """Run a generator to its end; return what it returns."""
    while True:
        try:
            next(generator)
        except StopIteration as stop:
            return stop.value
