"""A restored backup cannot bring an erased person back (C6.2-11), and the sweep sees whatever is left anywhere."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from qince.core.erasure import ledger, replaying, subjects, sweeping, working
from qince.core.erasure.actions import erase, plan_for
from qince.core.erasure.models import Erasure, Mark
from qince.core.people.models import Employee
from qince.core.people.tests import factories as people
from qince.kit import clock
from qince.kit.tenancy import tenant
from qince.kit.vault import api as vault
from tests.erasure.planting import MARKER


class Undo(Exception):
    pass


def erased_then_restored(planted):
    """Erase, then put the database back to before: files and ledger stay as they are, as with a real restore."""
    sealed = vault.seal(planted.organization.pk, planted.employee.pk, "test.note", MARKER.encode())
    with pytest.raises(Undo), transaction.atomic():
        with tenant(planted.organization):
            plan = plan_for(subjects.of_employee(planted.employee))
            begun = erase(people.actor(planted.rows["colleague"]), plan, now=clock.now())
        done = working.carry_out(planted.organization.pk, begun.pk, now=clock.now())
        assert done.state == Erasure.State.DONE
        raise Undo
    connection.needs_rollback = False
    return sealed


def found():
    return {hit.place for hit in sweeping.sweep(MARKER)}


@pytest.mark.clause("C6.2-11")
def test_whoever_was_erased_is_erased_again_after_a_restore(planted):
    with tenant(planted.organization):
        contact = subjects.of_contact(name=f"{MARKER}-contact_name", mobile="13922223333")
        begun = erase(people.actor(planted.rows["colleague"]), plan_for(contact), now=clock.now())
    working.carry_out(planted.organization.pk, begun.pk, now=clock.now())
    sealed = erased_then_restored(planted)
    assert "table people_employee" in found()
    assert vault.open_sealed("test.note", sealed) is None  # unreadable from the first moment
    out = io.StringIO()
    call_command("replay_erasures", stdout=out)
    assert out.getvalue().strip() == "1 missing, 1 erased again"
    assert found() == set()
    assert Mark.objects.count() == len(ledger.lines()) == 2
    out = io.StringIO()
    call_command("replay_erasures", stdout=out)
    assert out.getvalue().strip() == "0 missing, 0 erased again"


def test_without_the_replay_they_would_be_back(planted):
    """The twin."""
    erased_then_restored(planted)
    with tenant(planted.organization):
        assert Employee.objects.filter(name__startswith=MARKER).exists()
    assert [line.kind for line in replaying.missing()] == ["employee"]


def test_others_are_left_alone_by_a_replay(planted):
    with tenant(planted.organization):
        other = people.employee("别人")
    erased_then_restored(planted)
    replaying.replay(now=clock.now())
    with tenant(planted.organization):
        assert Employee.objects.get(pk=other.pk).name == "别人"


def test_a_damaged_ledger_stops_the_start_instead_of_being_passed_over(planted):
    erased_then_restored(planted)
    ledger.path().write_text(ledger.path().read_text().replace("employee", "contact"))
    with pytest.raises(CommandError, match="not what was written"):
        call_command("replay_erasures")


def test_the_sweep_prints_each_place_and_ends_with_one(planted):
    out = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("sweep", MARKER, stdout=out)
    assert ended.value.code == 1
    lines = out.getvalue()
    assert "table people_employee" in lines
    assert "sealed column attendance.punch.envelope" in lines
    assert "sealed file" in lines
    assert "sessions" in lines
    quiet = io.StringIO()
    call_command("sweep", "NobodyIsCalledThis", stdout=quiet)
    assert quiet.getvalue().strip() == "0 found"
    with pytest.raises(CommandError, match="four"):
        call_command("sweep", "a")


def test_the_sweep_looks_into_workbooks_and_other_encodings(planted, data_folder):
    import xlsxwriter

    folder = data_folder / "exports"
    folder.mkdir()
    with xlsxwriter.Workbook(folder / "book.xlsx") as book:
        book.add_worksheet().write_string(0, 0, "丢失的标记")
    (folder / "table.csv").write_bytes("丢失的标记,1".encode("gb18030"))
    assert {hit.place for hit in sweeping.sweep("丢失的标记")} == {
        "file exports/book.xlsx",
        "file exports/table.csv",
    }
