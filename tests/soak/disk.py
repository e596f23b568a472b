"""A disk that fails or remembers, from `faulty_disk.c`: compiled here, preloaded, and driven."""

import ctypes
import os
import shutil
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = Path(__file__).with_name("faulty_disk.c")


def compiler() -> str | None:
    """Return a C compiler; None where there is none, or where preloading works otherwise."""
    return (shutil.which("cc") or shutil.which("gcc")) if sys.platform == "linux" else None


def run_on_it(module: str, folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    """Start a module in a Python whose libc calls go through the faulty disk."""
    library = folder / "faulty_disk.so"
    program = compiler()
    assert program, "there is no C compiler"
    command = [program, "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE), "-ldl"]
    subprocess.run(command, check=True)
    return subprocess.Popen(
        [sys.executable, "-m", module, str(folder), *arguments],
        cwd=ROOT,
        env=os.environ | {"LD_PRELOAD": str(library)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


class Disk:
    """The faulty disk, seen from the process that it was preloaded into."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(None)

    def watch(self, folder: Path) -> None:
        self._library.soak_watch(str(folder).encode())

    def fail(self, at: int, error: int, all_after: bool) -> None:
        self._library.soak_fail(ctypes.c_long(at), ctypes.c_long(error), ctypes.c_long(all_after))

    def log(self, path: Path) -> None:
        self._library.soak_log(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))

    @property
    def calls(self) -> int:
        return int(self._library.soak_calls())

    @property
    def outside(self) -> int:
        return int(self._library.soak_outside())


def apart(work: Callable[[], None], said: Path, patience: float) -> str:
    """Do work in a forked process whose output goes into a file; return how it failed, or ""."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            os.dup2(os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), 1)
            work()
            sys.stdout.flush()
            code = 0
        except BaseException:  # the fork must not go on as if it were its parent
            said.with_suffix(".failed").write_text(traceback.format_exc())
        finally:
            os._exit(code)
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            if status == 0:
                return ""
            failed = said.with_suffix(".failed")
            words = failed.read_text() if failed.exists() else ""
            return f"ended with status {status}: {words}"
        time.sleep(0.001)
    os.kill(pid, 9)
    os.waitpid(pid, 0)
    return f"did not end within {patience} s"
