"""Numbers of things in words, for every sentence that counts something."""


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return "1 span" or "2,304 spans"; `plural` where that is not the noun with an "s"."""
    return f"{number:,} {noun if number == 1 else plural or plural_of(noun)}"


def plural_of(noun: str) -> str:
    """Return the plural of an English noun: entry is `entries`, box is `boxes`."""
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    return noun + "s"
