"""One key for each value of an attribute, told by a letter of its name where that can be."""

from collections.abc import Iterable, Sequence

from ui.palette import escaped

LETTERS = "abcdefghijklmnopqrstuvwxyz"
DIGITS = "123456789"


def value_keys(names: Sequence[str]) -> dict[str, str]:
    """Return a key for each name: its first letter, else that of another word, else any.

    Names that come first choose first; one for which nothing is left has no key.
    """
    keys: dict[str, str] = {}
    for name in names:
        words = name.lower().replace("_", " ").split()
        wanted = [word[0] for word in words] + list("".join(words)) + list(DIGITS + LETTERS)
        taken = set(keys.values())
        free = (key for key in wanted if key in LETTERS + DIGITS and key not in taken)
        key = next(free, "")
        if key:
            keys[name] = key
    return keys


def keys_shown(entries: Iterable[tuple[str, str]], chosen: str, colour: str) -> str:
    """Return (key, value) pairs as rich text, keys in a colour, the chosen value underlined."""
    shown = []
    for key, value in entries:
        words = escaped(value).replace(" ", "&nbsp;").replace("-", "&#8209;")
        words = f"<u>{words}</u>" if value == chosen else words
        shown.append(f'<b style="color:{colour}">{escaped(key).upper()}</b>&nbsp;{words}')
    return " &nbsp; ".join(shown)
