"""What stands around a stretch of text, for lists of places."""


def around(text: str, start: int, end: int, length: int) -> tuple[str, str]:
    """Return up to `length` code points before a stretch and after it; “…” where text goes on."""
    before, after = text[max(start - length, 0) : start], text[end : end + length]
    return ("…" if start > length else "") + before, after + (
        "…" if len(text) > end + length else ""
    )
