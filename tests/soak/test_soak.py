"""A few turns of each program; `make soak` makes many."""

import pytest

from tests.soak import disk, faults, fuzz, kill, powerloss, repair

with_a_faulty_disk = pytest.mark.skipif(
    disk.compiler() is None, reason="needs Linux and a C compiler"
)


def silent(_: str) -> None:
    pass


def test_a_few_kills() -> None:
    tally = kill.run(3, seed=20, tell=silent)
    assert (tally.runs, tally.failures) == (3, [])
    assert tally.acknowledged


@with_a_faulty_disk
def test_a_few_faults() -> None:
    tally = faults.run(12, seed=20, tell=silent)
    assert (tally.runs, tally.failures) == (12, [])
    assert tally.words, "nobody was told that the disk fails"


@with_a_faulty_disk
def test_a_few_cuts_of_the_power() -> None:
    tally = powerloss.run(40, seed=20, tell=silent)
    assert (tally.runs, tally.failures) == (40, [])


def test_a_few_repairs() -> None:
    tally = repair.run(6, seed=20, tell=silent)
    assert (tally.runs, tally.failures) == (6, [])
    assert tally.repaired


def test_a_few_mutated_files() -> None:
    tally = fuzz.run(25, seed=20, tell=silent)
    assert (tally.runs, tally.failures) == (25, [])
    assert len(tally.results) > 5
