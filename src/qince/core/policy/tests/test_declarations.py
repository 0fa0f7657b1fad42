"""The declarations bear a version: changing them without the next one fails here (C2.7-10)."""

import pytest

from qince.core.policy import declarations, snapshot
from qince.core.policy.tests.conftest import FIELD, PURPOSE, declared, planted


@pytest.mark.clause("C2.7-10")
def test_the_committed_snapshot_is_that_of_the_declarations():
    """Failing? What is declared about personal data has changed: run `./qince manage release_policy --declare`."""
    assert declarations.problems(snapshot.declarations()) == []


@pytest.mark.clause("C2.7-10")
@pytest.mark.parametrize(
    ("register", "key", "entry", "named"),
    [
        ("fields", "people.employee.name", FIELD, "Planted kind"),
        ("purposes", "planted", PURPOSE, "Planted purpose"),
    ],
)
def test_a_new_field_or_purpose_under_the_old_version_is_found(register, key, entry, named):
    with planted(getattr(declared, register), key, entry):
        [problem] = declarations.problems(snapshot.declarations())
    assert named in problem


def test_a_version_is_never_given_to_another_content(tmp_path, monkeypatch):
    monkeypatch.setattr(declarations, "FILE", tmp_path / "declarations.jsonl")
    assert declarations.write() == 1
    assert declarations.write() == 1
    with planted(declared.purposes, "planted", PURPOSE):
        assert declarations.write() == 2
        head, *lines = declarations.FILE.read_text().splitlines()
        declarations.FILE.write_text("\n".join([head, *lines[1:]]) + "\n")
        assert "does not belong to this content" in declarations.problems(snapshot.declarations())[-1]
