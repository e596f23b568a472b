"""Examples in a codebook: square brackets stand around the words that take the label."""

from annotation.model import Fragment


def marked_words(example: str) -> tuple[str, tuple[Fragment, ...]]:
    """Return an example without its brackets, and the stretches that stood in them.

    Stretches are code points of the text without brackets, in order of their ends, so an
    inner one comes before the one around it. A bracket without its other half stays text.
    """
    partner: dict[int, int] = {}
    open_: list[int] = []
    for place, letter in enumerate(example):
        if letter == "[":
            open_.append(place)
        elif letter == "]" and open_:
            start = open_.pop()
            if place > start + 1:
                partner[start], partner[place] = place, start
    text = ""
    starts: dict[int, int] = {}
    found: list[Fragment] = []
    for place, letter in enumerate(example):
        if place not in partner:
            text += letter
        elif letter == "[":
            starts[place] = len(text)
        elif starts[partner[place]] < len(text):
            found.append((starts[partner[place]], len(text)))
    return text, tuple(found)
