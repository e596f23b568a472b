"""What an article is called when nobody says."""

MAX_TITLE = 120
"""The longest line, in code points, that is taken for a title."""


def title_of(text: str) -> str:
    """Return the first line that is not blank, or nothing where it is too long for a title."""
    start = len(text) - len(text.lstrip())
    line = text[start : start + MAX_TITLE + 1].partition("\n")[0].rstrip()
    return line if len(line) <= MAX_TITLE else ""
