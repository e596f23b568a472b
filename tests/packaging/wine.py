"""A Windows of its own for a test, under Wine."""

import os
import shutil
import subprocess
from pathlib import Path

WINE = next(
    (p for p in (shutil.which("wine64"), "/usr/lib/wine/wine64") if p and Path(p).is_file()), None
)


class Windows:
    """An empty disk C: and registry; `home` is the person's folder."""

    def __init__(self, folder: Path) -> None:
        home = folder / "home"
        home.mkdir()
        self._environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "USER": "añna",
            "WINEPREFIX": str(folder / "prefix"),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=",  # no offer to install them
            "LANG": "C.UTF-8",
        }
        self.run("wineboot", "-i")
        self.run("winecfg", "-v", "win10")
        self.home = folder / "prefix" / "drive_c" / "users" / "añna"
        self.desktop = home / "Desktop" if (home / "Desktop").is_dir() else home

    def start(self, *words: str | Path) -> "subprocess.Popen[bytes]":
        """Start a program."""
        return subprocess.Popen(
            [str(WINE), *map(str, words)],
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def run(self, *words: str | Path) -> int:
        """Run a program to its end; return the exit code."""
        process = self.start(*words)
        process.communicate(timeout=120)
        return process.returncode

    def value(self, key: str, name: str = "") -> str | None:
        """Return a value of HKEY_CURRENT_USER, the nameless one at first; None if there is none."""
        which = ["/v", name] if name else ["/ve"]
        process = self.start("reg", "query", f"HKCU\\{key}", *which)
        answer = process.communicate(timeout=60)[0].decode("cp437")
        if process.returncode:
            return None
        return answer.splitlines()[-2].split("    ", 3)[3].strip()

    def set(self, key: str, name: str, text: str) -> None:
        """Set a value of HKEY_CURRENT_USER."""
        assert self.run("reg", "add", f"HKCU\\{key}", "/v", name, "/d", text, "/f") == 0

    def end(self) -> None:
        """End what still runs on this Windows, and nothing else."""
        server = Path(str(WINE)).with_name("wineserver64")
        subprocess.run([str(server), "-k"], env=self._environment, check=False)
