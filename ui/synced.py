"""Folders in which a project is not safe: network drives, and what a cloud keeps in step."""

import os
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

MOUNTS = Path("/proc/mounts")

NETWORK = (
    *("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "davfs", "glusterfs", "lustre"),
    *("ncpfs", "vboxsf", "fuse.sshfs", "fuse.rclone", "fuse.davfs2", "fuse.gvfsd-fuse"),
    *("fuse.glusterfs", "fuse.s3fs", "fuse.google-drive-ocamlfuse", "fuse.onedriver"),
)
"""Types of file systems that other computers can write to."""

NAMES = (
    ("Dropbox", "Dropbox"),
    ("Dropbox (*)", "Dropbox"),
    ("OneDrive", "OneDrive"),
    ("OneDrive - *", "OneDrive"),
    ("OneDrive-*", "OneDrive"),
    ("Mobile Documents", "iCloud Drive"),
    ("iCloudDrive", "iCloud Drive"),
    ("Google Drive", "Google Drive"),
    ("GoogleDrive-*", "Google Drive"),
    ("My Drive", "Google Drive"),
    ("Nextcloud", "Nextcloud"),
    ("ownCloud", "ownCloud"),
)
"""What the programs call their folders, unless somebody has chosen another name."""

MARKERS = (
    (".stfolder", "Syncthing"),
    (".dropbox", "Dropbox"),
    (".owncloudsync.log", "ownCloud"),
    (".nextcloudsync.log", "Nextcloud"),
    (".tmp.drivedownload", "Google Drive"),
)
"""What the programs put into their folders."""

REMOTE = 4
"""DRIVE_REMOTE, https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-getdrivetypew"""


def warning(project: Path) -> str:
    """Return what to say about where a project is; empty where it is safe, or nobody can tell."""
    try:
        place = Path(os.path.realpath(project))
        if program := _keeper(place):
            return (
                f"{project.name} is in a folder that {program} keeps in step. While it is open, do "
                "not open it on another computer, and let the program finish before you do: it "
                "may otherwise keep two versions. To send the project, use Save a copy."
            )
        if _is_remote(place):
            return (
                f"{project.name} is on a network drive, where locks cannot be relied on. Let one "
                "computer at a time open it; safer is to work on a local disk and to put a copy "
                "there (Save a copy)."
            )
    except (OSError, ValueError):
        pass
    return ""


def _keeper(place: Path) -> str:
    """Return the program that keeps a folder above in step, or an empty text."""
    for folder in place.parents:
        for pattern, program in NAMES:
            if fnmatch(folder.name, pattern):
                return program
        for marker, program in MARKERS:
            # Dropbox keeps its settings in a folder of that name in the person's home.
            if (folder / marker).exists() and not (program == "Dropbox" and folder == Path.home()):
                return program
    return ""


def _is_remote(place: Path) -> bool:
    if sys.platform == "win32":
        import ctypes

        root = place.anchor
        return root.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(root) == REMOTE
    found = [(len(point.parts), kind) for point, kind in _mounts() if place.is_relative_to(point)]
    # Of two mounts at one place the later hides the earlier.
    return bool(found) and max(enumerate(found), key=lambda at: (at[1][0], at[0]))[1][1] in NETWORK


def _mounts() -> Iterator[tuple[Path, str]]:
    """Yield where what kind of file system is mounted; nothing on systems that do not say."""
    if not MOUNTS.exists():
        return
    for line in MOUNTS.read_text("utf-8", "surrogateescape").splitlines():
        _, point, kind, *_ = line.split(" ")
        for code, letter in (("\\040", " "), ("\\011", "\t"), ("\\134", "\\")):
            point = point.replace(code, letter)
        yield Path(point), kind
