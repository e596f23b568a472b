"""What went wrong on the way to a file, in a sentence for whoever looks for an update."""

import socket
import ssl
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

_ANSWERS = {
    401: "asks for a login, and an update can only be had without one. Ask your team.",
    403: "does not let you in. Ask your team whether the address is right.",
    404: "does not have it. Ask your team whether the address is right.",
    410: "does not have it any more. Ask your team for the new address.",
    429: "is asked too often just now. Try again later.",
}

_TUNNEL = "Tunnel connection failed:"
"""How http.client begins to tell that a proxy refuses."""


def in_folder(path: str, error: OSError | HTTPException) -> str:
    """Return the sentence about a file that cannot be read."""
    folder, name = Path(path).parent, Path(path).name
    if isinstance(error, FileNotFoundError):
        where = f"There is no {name} in" if folder.is_dir() else "This folder is not there:"
        return f"{where} {folder}. Ask your team, or see whether the drive is connected."
    return f"{path} cannot be read: {getattr(error, 'strerror', None) or error}."


def at_address(address: str, error: OSError | HTTPException) -> str:
    """Return the sentence about an error, which names the server."""
    host = urlsplit(address).hostname
    if isinstance(error, HTTPError):
        answer = _ANSWERS.get(error.code, f"answers with error {error.code}. Try again later.")
        return f"{address}: {host} {answer}"
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, HTTPException):
        return f"{host} gave an answer that makes no sense, or broke off. Try again later."
    return _of_connection(host or address, reason)


def _of_connection(host: str, reason: object) -> str:
    if isinstance(reason, ssl.SSLCertVerificationError):
        why = getattr(reason, "verify_message", None) or str(reason)
        return (
            f"{host} cannot prove that it is {host}: {why}. Nothing was fetched. "
            "See whether this computer's clock is right; else ask whoever runs your network."
        )
    if isinstance(reason, ssl.SSLError):
        why = (getattr(reason, "reason", None) or "no reason given").lower().replace("_", " ")
        return f"No safe connection to {host} could be made ({why}). Try again later."
    if isinstance(reason, socket.gaierror):
        return f"{host} cannot be found. See whether this computer has a connection to the network."
    if isinstance(reason, TimeoutError):
        return f"{host} does not answer. Try again later."
    why = getattr(reason, "strerror", None) or str(reason)
    if why.startswith(_TUNNEL):
        said = why.removeprefix(_TUNNEL).strip()
        return f"The proxy on the way to {host} refuses: {said}. Ask whoever runs your network."
    return f"{host} cannot be reached: {why}. Try again later."
