"""What runs in the process that looks for entities.

It sees neither Qt nor the project file, and only plain lists, numbers and texts come in
and go out.
"""

import os
import signal
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING

from annotation.dictionary import Terms
from annotation.entities import Entity, find_entities, load
from annotation.errors import ProjectError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

FORGET = 2_000_000
"""After how many code points a worker forgets the words it has learnt, to bound memory."""


def serve(pipe: "Connection", source: str | Terms) -> None:
    """Be a worker: load a model or a dictionary, then answer lists of texts with lists of finds.

    The first answer is an empty text, or the sentence that says why the model does not
    load. Ends at once when the other side has gone, even in the middle of a text.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # One process is one core: libraries that start threads of their own only get in the way.
    for library in ("OMP", "OPENBLAS", "MKL", "BLIS"):
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    batches: SimpleQueue[list[str]] = SimpleQueue()
    Thread(target=_read, args=(pipe, batches), daemon=True).start()
    try:
        find, zone = _loaded(source)
    except ProjectError as error:
        pipe.send(str(error))
        return
    pipe.send("")
    while True:
        read = 0
        with zone():
            while read < FORGET:
                texts = batches.get()
                read += sum(map(len, texts))
                pipe.send(find(texts))


def _loaded(
    source: str | Terms,
) -> (
    "tuple[Callable[[list[str]], list[list[Entity]]], Callable[[], AbstractContextManager[object]]]"
):
    """Return what looks through texts, and what bounds the memory of doing so."""
    if isinstance(source, Terms):
        from annotation.dictionary_matching import Matcher

        matcher = Matcher(source.listed())
        return lambda texts: [matcher.find(text) for text in texts], nullcontext
    nlp = load(source)
    return lambda texts: find_entities(nlp, texts), nlp.memory_zone


def _read(pipe: "Connection", batches: "SimpleQueue[list[str]]") -> None:
    """Take in batches as they come, so that neither side waits for the other to read."""
    try:
        while True:
            batches.put(pipe.recv())
    except (EOFError, OSError):
        os._exit(0)
