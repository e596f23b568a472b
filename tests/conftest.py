"""Every test runs without a screen, without a network, and far from the person's settings."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
# The colon of a Windows path would end the option; there the screen is Qt's own, 800 wide.
SCREEN = "" if os.name == "nt" else f":configfile={ROOT}/tests/screen.json"
os.environ.setdefault("QT_QPA_PLATFORM", f"offscreen{SCREEN}")


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test an empty home, so that settings and sample projects are its own."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "APPDATA"):
        monkeypatch.setenv(name, str(home))
    return home


@pytest.fixture
def guarded_folder() -> Iterator[Path]:
    """A folder in which permissions count: root, whom nothing stops, is somebody else there."""
    nobody = 65534
    with TemporaryDirectory() as name:
        root = os.geteuid() == 0
        if root:
            os.chown(name, nobody, -1)
            os.seteuid(nobody)
        try:
            yield Path(name)
        finally:
            if root:
                os.seteuid(0)
