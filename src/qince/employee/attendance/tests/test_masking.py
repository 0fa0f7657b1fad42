"""A place typed by hand is a position: a role that is shown no positions reads it through no door."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from qince.core.access.actions import grant_role
from qince.core.access.models import Role
from qince.core.audit.models import Entry
from qince.core.audit.timeline import moments
from qince.core.people.tests import factories as people
from qince.employee.attendance.explaining import explain
from qince.employee.attendance.models import WorkPlace
from qince.employee.attendance.rules import MASK_POSITION
from qince.employee.attendance.tests import factories as make
from qince.kit import clock
from qince.kit.errors import Refusal
from qince.kit.resource.columns import MASKED

NOW = make.daytime()
TODAY = clock.local_date(NOW, "Asia/Shanghai")
TYPED = "夫子庙东门"
CODES = ["attendance.view", "attendance.export", "attendance.decide", "attendance.correct", "people.view"]


@pytest.fixture
def punch(inside):
    rep = people.employee("王芳", roles=["rep"])
    make.group(rep, kind="free", week=["free"] * 7, free_minutes=60)
    return make.punch(rep, NOW, "in", verdict="manual", place_text=TYPED, confirm_for="field")


def reader(name, masks=()):
    return people.holding(people.employee(name), *CODES, masked=masks)


def page(browser, name, *args, **asked):
    answer = browser.get(reverse(f"attendance:{name}", args=args), asked)
    assert answer.status_code == 200, name
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def sheet(browser, punch):
    return page(browser, "day_sheet", on=f"{punch.work_date}")


def sheet_printed(browser, punch):
    return page(browser, "print", on=f"{punch.work_date}")


def sheet_exported(browser, punch):
    rows = openpyxl.load_workbook(BytesIO(page(browser, "export", on=f"{punch.work_date}"))).worksheets[0]
    return str(list(rows.values)).encode()


def day_explained(browser, punch):
    return page(browser, "explain", punch.employee_id, on=f"{punch.work_date}")


def day_to_correct(browser, punch):
    return page(browser, "correct", punch.employee_id, on=f"{punch.work_date}")


def presses(browser, punch):
    return page(browser, "press_list")


def presses_printed(browser, punch):
    return page(browser, "press_print")


def presses_exported(browser, punch):
    return page(browser, "press_export_csv")


def press_alone(browser, punch):
    return page(browser, "press_detail", punch.pk)


def press_on_paper(browser, punch):
    return page(browser, "press_print_one", punch.pk)


DOORS = [
    sheet, sheet_printed, sheet_exported, day_explained, day_to_correct, presses, presses_printed,
    presses_exported, press_alone, press_on_paper,
]  # fmt: skip


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_a_typed_place_is_told_to_whom_the_role_shows_positions_and_to_nobody_else(punch, door):
    clear, masked = people.browser(reader("看得见")), people.browser(reader("看不见", [MASK_POSITION]))
    assert TYPED.encode() in door(clear, punch)
    hidden = door(masked, punch)
    assert "王芳".encode() in hidden
    assert TYPED.encode() not in hidden


def test_nor_does_a_search_for_it_find_the_press(punch):
    for who, found in ((reader("看得见"), True), (reader("看不见", [MASK_POSITION]), False)):
        text = page(people.browser(who), "press_list", q=TYPED[:3]).decode()
        assert ("王芳" in text) is found


def test_nor_does_the_trail(punch):
    Entry.objects.create(
        at=NOW, action="attendance.punch", actor_name="王芳", client="phone", target_kind="attendance.punch",
        target_id=punch.pk, changes={"place_text": TYPED}, digest=b"",
    )  # fmt: skip
    for who, told in ((reader("看得见"), TYPED), (reader("看不见", [MASK_POSITION]), MASKED)):
        [moment] = moments(people.actor(who), punch)
        assert [new for _label, _old, new in moment.changes] == [told]


def test_who_reads_no_positions_hands_on_no_role_that_shows_them(punch):
    """What is masked along with positions counts on both sides: on one's own, and on the role one gives."""
    codes = ["attendance.view", "access.grant", "people.view"]
    giver = people.holding(people.employee("组长"), *codes, masked=[MASK_POSITION])
    own, clear = giver.grants.get().role, Role.objects.create(name="看得见", permissions=codes)
    with pytest.raises(Refusal) as caught:
        grant_role(people.actor(giver), punch.employee, now=NOW, role=clear, reach="organization")
    assert caught.value.code == "beyond_own_fields"
    given = grant_role(people.actor(giver), punch.employee, now=NOW, role=own, reach="organization")
    assert given.role == own


def test_a_work_place_has_a_name_that_is_nobodys_secret(punch):
    """The verdict was made against it; only what was typed says where somebody was."""
    punch.work_place = WorkPlace.objects.create(name="南京办公室", lat=32.0, lng=118.7)
    punch.place_text, punch.verdict = "", "inside"
    punch.save()
    masked = people.browser(reader("看不见", [MASK_POSITION]))
    assert "南京办公室".encode() in sheet(masked, punch)
    assert "南京办公室".encode() in presses(masked, punch)


def test_a_result_computed_again_for_a_case_tells_no_typed_place(punch):
    """Whoever handles the case reads it, whatever their role shows, and the place is no input of the result."""
    told = [sentence for line in explain(punch.employee_id, TODAY, NOW).lines for sentence in line.sentences]
    assert str(_("Pressed at %(time)s.")).partition("%")[0] in str(told)
    assert TYPED not in str(told)
