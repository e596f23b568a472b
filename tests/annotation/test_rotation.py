"""Which backups are kept, as time goes by and room runs out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from annotation.backups import WHYS, Backup, Why, room, superfluous, wait

NOW = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)
MB = 1_000_000


def a_backup(age: timedelta, size: int = MB, why: Why = "by itself") -> Backup:
    at = NOW - age
    return Backup(Path(at.isoformat() + why), at, why, "p", "", size, {})


def kept(backups: list[Backup]) -> list[Backup]:
    gone = superfluous(backups, NOW)
    return [backup for backup in backups if backup not in gone]


def test_of_an_hourly_year_a_handful_stays() -> None:
    left: list[Backup] = []
    for hour in range(365 * 24, -1, -1):
        left.append(a_backup(timedelta(hours=hour)))
        left = kept(left) if hour == 0 or hour % 40 == 0 else left
    ages = [(NOW - backup.at) for backup in reversed(left)]
    assert ages[:5] == [timedelta(hours=n) for n in range(5)]
    days = {backup.at.astimezone().date() for backup in left}
    assert {NOW.astimezone().date() - timedelta(days=n) for n in range(6)} <= days
    weeks = {backup.at.astimezone().strftime("%G-%V") for backup in left}
    assert len(weeks) >= 4
    assert len(left) <= 5 + 8 + 6
    assert max(ages) < timedelta(weeks=6)


def test_what_was_kept_before_an_update_and_a_restore_stays_longer() -> None:
    before = [a_backup(timedelta(days=300 + n), why=why) for n, why in enumerate(WHYS[2:])]
    later = [a_backup(timedelta(hours=n)) for n in range(30)]
    assert kept(before + later)[:2] == before
    older = a_backup(timedelta(days=400), why=before[0].why)
    assert older in superfluous([older, *before, *later], NOW)


def test_old_ones_make_room_for_new_ones() -> None:
    large = [a_backup(timedelta(hours=n), 150 * MB) for n in range(8)]
    assert kept(large) == large[:2], "twice the size of the project"
    small = [a_backup(timedelta(hours=n), 50 * MB) for n in range(8)]
    assert kept(small) == small[:4], "200 MB"


def test_of_backups_that_hold_the_same_the_newest_counts() -> None:
    backups = [replace(a_backup(timedelta(minutes=n)), state="AB"[n % 2]) for n in range(20)]
    old = [replace(a_backup(timedelta(minutes=n)), state=f"old {n}") for n in (50, 60, 70)]
    assert kept(backups + old) == backups[:2] + old


@given(
    st.lists(
        st.builds(
            a_backup,
            st.timedeltas(timedelta(0), timedelta(days=400)),
            st.integers(1, 400 * MB),
            st.sampled_from(WHYS),
        ),
        max_size=60,
        unique_by=lambda backup: backup.path,
    )
)
def test_the_newest_stays_and_the_bound_is_kept(backups: list[Backup]) -> None:
    left = kept(backups)
    if not backups:
        assert left == []
        return
    newest = max(backups, key=lambda backup: backup.at)
    assert newest in left
    safe = [max((b for b in backups if b.why == w), key=lambda b: b.at, default=newest)
            for w in WHYS[2:]]  # fmt: skip
    rest = [backup for backup in left if backup is not newest and backup not in safe]
    assert sum(backup.size for backup in rest) <= room(newest.size)
    assert kept(left) == left


def test_a_large_project_is_copied_less_often() -> None:
    assert wait(MB) == timedelta(hours=1)
    assert timedelta(hours=18) < wait(5_000 * MB) < timedelta(hours=26)
