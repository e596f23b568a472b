"""What team members with a Mac get: Pressmark.app in a disk image, one for each processor.

PyInstaller makes the bundle (build.spec); the two scripts in macos/ sign and pack it.
"""

import platform
import re
import subprocess
import sysconfig
from collections.abc import Iterable
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from annotation import VERSION
from resources.packaging import icons

DATA = Path(__file__).resolve().parent / "macos"
BUNDLE_ID = "io.github.pressmark.Pressmark"
PROJECT_ID = f"{BUNDLE_ID}.project"


def info_plist() -> dict[str, Any]:
    """Return what the bundle tells macOS: who it is, and that projects are its own.

    The keys: https://developer.apple.com/documentation/bundleresources/information-property-list
    """
    return {
        "CFBundleName": "Pressmark",
        "CFBundleDisplayName": "Pressmark",
        "CFBundleExecutable": "pressmark-app",  # and not the command line beside it
        "LSBackgroundOnly": False,
        "CFBundleShortVersionString": VERSION,
        "CFBundleVersion": VERSION.split("-")[0],
        "CFBundleDevelopmentRegion": "en",
        "LSMinimumSystemVersion": ".".join(map(str, oldest_system(_wheels()))),
        "LSApplicationCategoryType": "public.app-category.education",
        "NSHighResolutionCapable": True,
        "NSRequiresAquaSystemAppearance": False,  # dark where the system is
        "NSHumanReadableCopyright": "MIT licence",
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "Pressmark project",
                "CFBundleTypeRole": "Editor",
                "CFBundleTypeIconFile": "project.icns",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [PROJECT_ID],
            }
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": PROJECT_ID,
                "UTTypeDescription": "Pressmark project",
                "UTTypeIconFile": "project.icns",
                "UTTypeConformsTo": ["public.data", "public.content"],
                "UTTypeTagSpecification": {
                    "public.filename-extension": ["pressmark"],
                    "public.mime-type": ["application/vnd.pressmark"],
                },
            }
        ],
    }


def prepare(work: Path) -> None:
    """Draw the icons with which the bundle is made."""
    work.mkdir(parents=True, exist_ok=True)
    icons.write_icns(icons.PROGRAM, work / "pressmark.icns")
    icons.write_icns(icons.PROJECT, work / "project.icns")


def package(app: Path, dist: Path) -> list[Path]:
    """Sign the bundle and put it into a disk image; return its path."""
    subprocess.run([DATA / "sign.sh", app], check=True)
    target = dist / f"pressmark-{VERSION}-macos-{platform.machine()}.dmg"
    subprocess.run([DATA / "dmg.sh", app, target], check=True)
    return [target]


def oldest_system(wheels: Iterable[str]) -> tuple[int, int]:
    """Return the oldest macOS on which the libraries and this Python run, by the wheels' texts.

    A wheel names the systems that it was made for (its `Tag` lines, one of which is enough); the
    one that pip takes depends on the system of the build. What the files in it say is of no use:
    those of PySide6 for macOS 13 name 15.
    """
    python = str(sysconfig.get_config_var("MACOSX_DEPLOYMENT_TARGET") or "11.0")
    major, _, minor = python.partition(".")
    needed = [(int(major), int(minor or 0))]
    for text in wheels:
        tags = re.findall(r"^Tag: .*-macosx_(\d+)_(\d+)_\w+$", text, re.M)
        needed += sorted((int(major), int(minor)) for major, minor in tags)[:1]
    return max(needed)


def _wheels() -> list[str]:
    return [installed.read_text("WHEEL") or "" for installed in distributions()]
