"""A bare Debian in a folder: no Python, no screen, no network while the program runs."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

USER = "1000:1000"
HOME = "/home/coder"

ENTER = """
set -e
mount --rbind /dev "$ROOT/dev"
mount -t proc proc "$ROOT/proc"
if [ -d /tmp/.X11-unix ]; then
    mkdir -p "$ROOT/tmp/.X11-unix"
    mount --bind /tmp/.X11-unix "$ROOT/tmp/.X11-unix"
fi
eval "$MOUNTS"
exec chroot --userspec="$WHO" "$ROOT" /usr/bin/env -i "$@"
"""
"""Run by a shell in namespaces of its own, so that every mount is gone when it ends."""


class Machine:
    """One Debian; what is run there sees its files only."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")
        (root / HOME[1:]).mkdir(parents=True)
        shutil.chown(root / HOME[1:], *map(int, USER.split(":")))
        with (root / "etc/passwd").open("a") as users:
            users.write(f"coder:x:{USER}::{HOME}:/bin/sh\n")

    def command(
        self,
        words: Sequence[str],
        *,
        environment: Mapping[str, str] | None = None,
        mounts: str = "",
        as_root: bool = False,
    ) -> tuple[list[str], dict[str, str]]:
        """Return a command that runs these words inside, and the environment to run it in.

        As the user coder and without any network, unless as root. `mounts` are lines of
        shell that mount more below $ROOT.
        """
        inside = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": HOME, "LANG": "C.UTF-8"}
        inside |= environment or {}
        apart = ["unshare", "--mount", "--pid", "--fork", "--kill-child"]
        apart += [] if as_root else ["--net"]
        given = [f"{name}={value}" for name, value in inside.items()]
        outside = {
            "PATH": os.environ["PATH"],
            "ROOT": str(self.root),
            "MOUNTS": mounts,
            "WHO": "0:0" if as_root else USER,
        }
        return [*apart, "sh", "-c", ENTER, "sh", *given, *words], outside

    def run(
        self,
        *words: str,
        environment: Mapping[str, str] | None = None,
        mounts: str = "",
        as_root: bool = False,
        seconds: float = 300,
    ) -> subprocess.CompletedProcess[str]:
        """Run a command inside to its end, and return what it said."""
        command, outside = self.command(
            words, environment=environment, mounts=mounts, as_root=as_root
        )
        return subprocess.run(
            command, env=outside, capture_output=True, text=True, check=False, timeout=seconds
        )

    def apt(self, *words: str) -> None:
        """Run apt-get inside as root; raise `SystemExit` with what it said when it fails."""
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        done = self.run("apt-get", "--yes", "--quiet=2", *words, environment=quiet, as_root=True)
        if done.returncode:
            raise SystemExit(f"apt-get {' '.join(words)} failed:\n{done.stdout}{done.stderr}")

    def install(self, package: Path) -> None:
        """Install a .deb with what it depends on, as its user would."""
        shutil.copy(package, self.root / "tmp")
        self.apt("update")
        self.apt("install", "--no-install-recommends", f"/tmp/{package.name}")

    @property
    def home(self) -> Path:
        """The user's home folder, seen from outside."""
        return self.root / HOME[1:]


@contextmanager
def bare_debian(release: str) -> Iterator[Machine]:
    """Make a minimal Debian of this release, and remove it afterwards."""
    with tempfile.TemporaryDirectory(prefix="pressmark-machine-") as folder:
        root = Path(folder, release)
        done = subprocess.run(
            ["debootstrap", "--variant=minbase", release, str(root)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"debootstrap {release} failed:\n{done.stdout[-2000:]}")
        yield Machine(root)
