"""`pressmark models`: list, add, remove, and highlight with what was added."""

import sys
from pathlib import Path

from command import ROOT, run

sys.path.insert(0, str(ROOT / "tests" / "annotation"))

from making_models import make_model, wheel_of


def test_a_model_of_a_wheel_is_added_used_and_removed(tmp_path: Path) -> None:
    model = make_model(tmp_path / "made", ner=False)
    wheel = wheel_of(model, tmp_path / "xx_tiny-1.0.0-py3-none-any.whl")
    (tmp_path / "a.txt").write_text("They met in Lisbon.", "utf-8")
    assert run(tmp_path, "new", "a.pressmark").code == 0
    assert run(tmp_path, "import", "a.pressmark", "a.txt").code == 0

    ran = run(tmp_path, "models", "add", wheel.name)
    assert (ran.code, "xx_tiny 1.0.0 is added. Licence: CC0." in ran.out) == (0, True), ran.err
    listed = run(tmp_path, "models", "--json").json["models"]
    assert [(m["name"], m["removable"]) for m in listed][1:] == [("xx_tiny", True)]
    ran = run(tmp_path, "prehighlight", "a.pressmark", "--model", "xx_tiny", "--json")
    assert (ran.json["model"], ran.json["articles"]) == ("xx_tiny 1.0.0", 1)

    ran = run(tmp_path, "models", "add", wheel, "--json")
    assert (ran.code, "is there already" in ran.json["error"]) == (1, True)
    assert run(tmp_path, "models", "remove", "xx_tiny").out.strip() == "xx_tiny 1.0.0 is removed."
    ran = run(tmp_path, "models", "remove", "en_core_web_sm")
    assert (ran.code, "came with the program" in ran.err) == (1, True)
    assert "xx_tiny" not in run(tmp_path, "models").out
