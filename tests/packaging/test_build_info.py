"""What a build writes down about itself."""

import json
import subprocess

from annotation.build import LIBRARIES
from resources.packaging.build_info import commit_time, write_build_info


def test_the_commit_and_its_time_are_those_of_the_repository(tmp_path):
    def git(*words):
        done = subprocess.run(
            ["git", "-C", str(tmp_path), "-c", "user.name=a", "-c", "user.email=a@b", *words],
            env={"PATH": "/usr/bin:/bin", "GIT_COMMITTER_DATE": "2026-11-23T12:00:00Z"},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    git("init", "-q")
    git("commit", "-q", "--allow-empty", "-m", "first")
    target = tmp_path.parent / "build.json"
    write_build_info(target, tmp_path)
    facts = json.loads(target.read_text())
    assert (facts["commit"], facts["date"]) == (git("rev-parse", "HEAD"), "2026-11-23")
    assert set(facts["libraries"]) == set(LIBRARIES)
    (tmp_path / "new").write_text("")
    write_build_info(target, tmp_path)
    assert json.loads(target.read_text())["commit"].endswith("-changed")


def test_sources_without_their_history_can_be_built(tmp_path):
    changelog = tmp_path / "CHANGELOG.md"
    changelog.write_text("")
    assert commit_time(tmp_path) == int(changelog.stat().st_mtime)
    write_build_info(tmp_path / "build.json", tmp_path)
    assert json.loads((tmp_path / "build.json").read_text())["commit"] == "unknown"
