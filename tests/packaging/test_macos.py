"""What the bundle tells macOS, and the scripts that sign and pack it."""

import os
import plistlib
import shutil
import subprocess
from pathlib import Path

import pytest

from annotation import VERSION
from resources.packaging import macos

SCRIPTS = [macos.DATA / "sign.sh", macos.DATA / "dmg.sh"]


def test_the_bundle_owns_its_projects_and_shows_the_window():
    facts = plistlib.loads(plistlib.dumps(macos.info_plist()))
    (kind,) = facts["UTExportedTypeDeclarations"]
    assert kind["UTTypeTagSpecification"]["public.filename-extension"] == ["pressmark"]
    (document,) = facts["CFBundleDocumentTypes"]
    assert document["LSItemContentTypes"] == [kind["UTTypeIdentifier"]]
    assert facts["CFBundleShortVersionString"] == VERSION
    assert facts["CFBundleExecutable"] == "pressmark-app" and not facts["LSBackgroundOnly"]


def test_it_needs_the_newest_system_that_any_wheel_needs(monkeypatch):
    monkeypatch.setattr(macos.sysconfig, "get_config_var", lambda name: "10.13")
    plain = "Wheel-Version: 1.0\nTag: py3-none-any\n"
    either = "Tag: cp312-cp312-macosx_10_13_x86_64\nTag: cp312-cp312-macosx_11_0_arm64\n"
    assert macos.oldest_system([plain]) == (10, 13)
    assert macos.oldest_system([plain, either]) == (10, 13)
    qt = "Root-Is-Purelib: false\nTag: cp310-abi3-macosx_13_0_universal2\n"
    assert macos.oldest_system([qt, either, plain]) == (13, 0)


def test_the_rights_that_are_asked_for_are_few():
    rights = plistlib.loads((macos.DATA / "entitlements.plist").read_bytes())
    assert all(rights.values()) and len(rights) == 2
    assert not any("network" in name or "library-validation" in name for name in rights)


@pytest.fixture
def mac(tmp_path):
    """Run a script with Apple's tools replaced by ones that note how they were called."""
    tools, calls = tmp_path / "tools", tmp_path / "calls"
    tools.mkdir()
    for name in ("codesign", "xcrun", "ditto", "spctl", "hdiutil"):
        tool = tools / name
        tool.write_text(f'#!/bin/sh\necho "{name} $*" >> "{calls}"\n')
        tool.chmod(0o755)
    (tools / "file").write_text(
        '#!/bin/sh\ncase "$2" in *.dylib) echo Mach-O;; *) echo text;; esac'
    )
    (tools / "file").chmod(0o755)
    app = tmp_path / "a b" / "Pressmark.app"
    for place in (
        "MacOS/pressmark",
        "MacOS/pressmark-app",
        "Frameworks/é.dylib",
        "Resources/x.txt",
    ):
        path = app / "Contents" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    Path(f"{app}.zip").touch()

    def run(script, *words, **secrets):
        calls.unlink(missing_ok=True)
        path = f"{tools}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["sh", macos.DATA / script, app, *words],
            env={"PATH": path, **{f"PRESSMARK_MAC_{k}": v for k, v in secrets.items()}},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout, calls.read_text("utf-8").splitlines()

    return run


needs_sh = pytest.mark.skipif(os.name == "nt", reason="scripts for macOS")


@needs_sh
def test_without_secrets_the_bundle_is_signed_by_nobody_and_says_so(mac):
    told, calls = mac("sign.sh")
    assert "not signed: PRESSMARK_MAC_IDENTITY is not set" in told
    assert calls[0].startswith("codesign --force --deep --sign - ")
    told, calls = mac("dmg.sh", "x.dmg")
    assert [call.split()[0] for call in calls] == ["ditto", "hdiutil"]


@needs_sh
def test_with_secrets_libraries_are_signed_first_and_the_ticket_is_stapled(mac):
    told, calls = mac("sign.sh", IDENTITY="Developer ID Application: X (Y)")
    assert "not notarised" in told
    signed = [call for call in calls if "--options runtime" in call]
    assert [call.rsplit("/", 1)[1] for call in signed] == [
        *("é.dylib", "pressmark", "pressmark-app", "Pressmark.app"),
    ]
    assert [("--entitlements" in call) for call in signed] == [False, True, True, True]
    secrets = {"NOTARY_KEY": "k.p8", "NOTARY_ID": "id", "NOTARY_ISSUER": "issuer"}
    _, calls = mac("sign.sh", IDENTITY="X", **secrets)
    assert [c.split()[1] for c in calls if c.startswith("xcrun")] == ["notarytool", "stapler"]
    _, calls = mac("dmg.sh", "x.dmg", IDENTITY="X", **secrets)
    assert [" ".join(c.split()[:2]) for c in calls[2:]] == [
        *("codesign --timestamp", "xcrun notarytool", "xcrun stapler"),
    ]


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="needs shellcheck")
def test_the_scripts_are_sound():
    subprocess.run(["shellcheck", *SCRIPTS], check=True)
