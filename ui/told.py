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
        if "--json" in words:
            from ui.terminal import show_json

            show_json({"error": str(error)})
        refuse(str(error))
        return 1
    except ImportError as error:
        from ui.missing import told_of

        if not told_of(error):
            raise
        refuse(told_of(error))
        return 1
    except KeyboardInterrupt:
        kept = words and words[0] in ("import", "prehighlight")
        rest = "what was done so far is kept" if kept else "nothing was changed"
        print(f"pressmark: stopped; {rest}.", file=sys.stderr)
        return 130


def refuse(sentence: str) -> None:
    """Say why nothing comes of it, where the person looks."""
    from ui import box
    from ui.terminal import complain

    complain(sentence)
    if box.is_needed():
        box.show_box(sentence)
