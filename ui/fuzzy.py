"""Finding a line by a few of its letters."""

START_OF_WORD = 8.0
CONSECUTIVE = 5.0
GAP = 0.2


def score(query: str, text: str) -> float | None:
    """Return how well the letters of a query are found in a text, in their order; None if not.

    Letters that follow one another and letters that begin a word count for more. Blanks in
    the query do not count; case does not either.
    """
    letters = "".join(query.casefold().split())
    line = text.casefold()
    if not letters:
        return 0.0
    starts = (place for place, letter in enumerate(line) if letter == letters[0])
    found = [value for place in starts if (value := _from(letters, line, place)) is not None]
    return max(found) - len(line) * 0.01 if found else None


def _from(letters: str, line: str, place: int) -> float | None:
    """Return the points of a match whose first letter is at a place, or None."""
    points, last = 0.0, place - 1
    for letter in letters:
        place = line.find(letter, last + 1)
        if place < 0:
            return None
        if not line[place - 1 : place].isalnum():
            points += START_OF_WORD
        points += CONSECUTIVE if place == last + 1 else -GAP * (place - last)
        last = place
    return points
