"""How a run of the program ends: with an exit code, and a sentence where it went wrong."""

import sys
from collections.abc import Callable, Sequence

from annotation.errors import ProjectError


def told(run: Callable[[], int], words: Sequence[str]) -> int:
    """Run and return the exit code; what a person can mend is one sentence.

    `words` are the program's arguments: with `--json` the sentence comes as JSON, too.
    """
    try:
        return run()
    except ProjectError as error:
        from ui import box
        from ui.terminal import complain, show_json

        if "--json" in words:
            show_json({"error": str(error)})
        complain(str(error))
        if box.is_needed():
            box.show_box(str(error))
        return 1
    except KeyboardInterrupt:
        kept = words and words[0] in ("import", "prehighlight")
        rest = "what was done so far is kept" if kept else "nothing was changed"
        print(f"pressmark: stopped; {rest}.", file=sys.stderr)
        return 130
