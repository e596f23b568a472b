"""A few turns of each program; `make soak` makes many."""

from tests.soak import kill


def silent(_: str) -> None:
    pass


def test_a_few_kills() -> None:
    tally = kill.run(5, seed=20, tell=silent)
    assert (tally.runs, tally.failures) == (5, [])
    assert tally.acknowledged
