"""What a process keeps of what it read, and what it asks anew."""

from qince.kit import keeping


def test_what_was_read_is_kept_until_it_is_forgotten(db):
    answers = iter([1, 2])
    assert [keeping.kept("t:kept", lambda: next(answers)) for _time in range(3)] == [1, 1, 1]
    keeping.forget("t:kept")
    assert keeping.kept("t:kept", lambda: next(answers)) == 2


def test_a_first_one_made_elsewhere_is_seen_at_once_and_then_not_asked_for():
    asked, there = [], []

    def exists():
        asked.append(1)
        return bool(there)

    assert [keeping.any_yet("t:any", exists), keeping.any_yet("t:any", exists)] == [False, False]
    there.append("made by another process")
    assert [keeping.any_yet("t:any", exists), keeping.any_yet("t:any", exists)] == [True, True]
    assert len(asked) == 3
