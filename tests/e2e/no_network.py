"""Runs a program that is ended by the kernel where it, or what it starts, opens a network socket.

A filter of system calls (seccomp(2), Linux): Python, Qt and every library are under it, and all
processes that they start. Sockets within this computer (AF_UNIX) stay allowed, as screens need
them. One kind is refused to the program instead: urllib3, which spaCy imports, asks whether this
computer has IPv6 by a stream socket that it binds to itself and closes. Whoever meant to reach
somebody by such a one would have asked for the address first (by UDP), or would try IPv4 next.
"""

import ctypes
import errno
import platform
import socket
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

NEW_PRIVILEGES, SET_FILTER, BY_PROGRAM = 38, 22, 2  # prctl(2)
KILL, ALLOW, REFUSE = 0x80000000, 0x7FFF0000, 0x00050000 | errno.EAFNOSUPPORT
LOAD, AND, EQUAL, RETURN = 0x20, 0x54, 0x15, 0x06
SOCKET_CALL = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""How the kernel calls the processor, and the number of socket(2) on it."""

CAUGHT = -31
"""How a process ends that was caught: by SIGSYS."""

is_possible = sys.platform == "linux" and platform.machine() in SOCKET_CALL


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.c_char_p)]


def _steps() -> bytes:
    machine, call = SOCKET_CALL[platform.machine()]
    steps = [
        (LOAD, 0, 0, 4),  # the kind of processor
        (EQUAL, 0, 5, machine),
        (LOAD, 0, 0, 0),  # the number of the call
        (EQUAL, 0, 3, call),
        (LOAD, 0, 0, 16),  # its first argument: the family
        (EQUAL, 5, 0, socket.AF_INET),
        (EQUAL, 1, 0, socket.AF_INET6),
        (RETURN, 0, 0, ALLOW),
        (LOAD, 0, 0, 24),  # its second argument: the type, with flags above
        (AND, 0, 0, 0xF),
        (EQUAL, 1, 0, socket.SOCK_STREAM),
        (RETURN, 0, 0, KILL),
        (RETURN, 0, 0, REFUSE),
    ]
    return b"".join(struct.pack("HBBI", *step) for step in steps)


def _forbid() -> None:
    steps = _steps()
    program = _Program(len(steps) // 8, steps)
    system = ctypes.CDLL(None, use_errno=True)
    if system.prctl(NEW_PRIVILEGES, 1, 0, 0, 0) or system.prctl(
        SET_FILTER, BY_PROGRAM, ctypes.byref(program), 0, 0
    ):
        raise OSError(ctypes.get_errno(), "the filter was refused")


def run_without_network(*words: object, **known: Any) -> "subprocess.CompletedProcess[str]":
    """Run Python with these words under the filter."""
    return subprocess.run(
        [sys.executable, *map(str, words)],
        preexec_fn=_forbid,
        capture_output=True,
        text=True,
        timeout=120,
        **known,
    )


ROOT = Path(__file__).resolve().parents[2]
