"""Where attendance is found."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qince.core.files import viewers
from qince.core.rights.rules import CALENDAR
from qince.employee.attendance import queries, rules
from qince.employee.attendance.models import PunchPhoto
from qince.kit import navigation
from qince.kit.resource import timeline

navigation.group("attendance", _("Attendance"), order=25)
navigation.entry(
    "attendance",
    _("Day sheet"),
    icon="clock-check",
    url="attendance:day_sheet",
    permission=rules.VIEW,
    group="attendance",
    order=10,
    key="a",
)
navigation.entry("work_places", _("Work places"), icon="map-pin", url="attendance:place_list",
                 permission=rules.EDIT_PLACES, group="attendance", order=40)  # fmt: skip

for _name, _label, _icon, _url, _permission, _order in (
    ("attendance.board", _("Team today"), "users", "attendance:board", rules.VIEW, 5),
    (
        "attendance.roster",
        pgettext_lazy("plan", "Roster"),
        "calendar-week",
        "attendance:roster",
        rules.ROSTER,
        15,
    ),
    ("attendance.months", _("Month report"), "report-analytics", "attendance:report_list", rules.VIEW, 20),
    ("attendance.closing", _("Put a month together"), "lock", "attendance:close_month", rules.CLOSE, 22),
    ("attendance.corrections", _("Corrections"), "pencil", "attendance:correction_list", rules.VIEW, 25),
    (
        "attendance.presses",
        _("Check-ins to confirm"),
        "current-location",
        "attendance:press_list",
        rules.VIEW,
        24,
    ),
    ("attendance.times", _("Overtime and outings"), "stopwatch", "attendance:time_list", rules.VIEW, 30),
    ("attendance.swaps", _("Exchanges of shifts"), "refresh", "attendance:swap_list", rules.VIEW, 32),
    ("attendance.shifts", _("Shifts"), "clock", "attendance:shift_list", rules.EDIT_RULES, 50),
    ("attendance.groups", _("Attendance groups"), "users", "attendance:group_list", rules.EDIT_RULES, 55),
    (
        "attendance.members",
        _("Members of groups"),
        "user-plus",
        "attendance:member_list",
        rules.EDIT_RULES,
        60,
    ),
    ("attendance.face", _("Face at clocking in"), "user-check", "attendance:face", rules.EDIT_RULES, 70),
    ("attendance.calendar", _("Working calendar"), "calendar", "rights:calendar_list", CALENDAR, 66),
    (
        "attendance.special",
        _("Special days"),
        "calendar-event",
        "attendance:special_list",
        rules.EDIT_RULES,
        65,
    ),
):
    navigation.entry(
        _name, _label, icon=_icon, url=_url, permission=_permission, group="attendance", order=_order
    )

navigation.command("attendance.ask_swap", _("Ask for an exchange of shifts"), icon="refresh",
                   url="attendance:swap_new", permission=rules.ASK)  # fmt: skip

timeline.name_acts(
    {
        "attendance.punch": _("Clocked in or out"),
        "attendance.export": _("Exported attendance"),
        "attendance.create_shift": _("Created"),
        "attendance.edit_shift": _("Changed"),
        "attendance.create_group": _("Created"),
        "attendance.edit_group": _("Changed"),
        "attendance.add_member": _("Put into a group"),
        "attendance.end_member": _("Taken out of a group"),
        "attendance.set_special_day": _("Special day set"),
        "attendance.plan_roster": _("Roster planned"),
        "attendance.ask_correction": _("Correction asked for"),
        "attendance.ask_time": _("Overtime or outing asked for"),
        "attendance.change_correction": _("Handed in again"),
        "attendance.change_time": _("Handed in again"),
        "attendance.withdraw_request": _("Withdrawn"),
        "attendance.approve_request": _("Approved"),
        "attendance.reject_request": _("Rejected"),
        "attendance.correct": _("Corrected by an administrator"),
        "attendance.take_back_correction": _("Correction taken back"),
        "attendance.enrol_face": _("Face shown"),
        "attendance.ask_to_turn": _("Asked how to turn the head"),
        "attendance.turn_head": _("Head turned"),
        "attendance.erase_face": _("Faces erased"),
        "attendance.compare_face": _("Face compared"),
        "attendance.switch_face": _("Faces switched on or off"),
        "attendance.open_face": _("Opened a face"),
        "attendance.confirm_press": _("Check-in confirmed"),
        "attendance.refuse_press": _("Check-in does not count"),
        "attendance.download_watermarked": _("Downloaded a photo with watermark"),
        "attendance.put_together": _("Month put together"),
        "attendance.confirm_month": _("Month confirmed"),
        "attendance.dispute_month": _("Month disputed"),
        "attendance.lock_month": _("Month locked"),
        "attendance.adjust_month": _("Month adjusted"),
        "attendance.ask_swap": _("Exchange of shifts asked for"),
        "attendance.answer_swap": _("Exchange of shifts answered"),
        "attendance.withdraw_swap": _("Withdrawn"),
        "attendance.lapse_swap": _("Lapsed"),
        "attendance.adjust_locked": _("Month adjusted by what was decided later"),
    }
)
timeline.name_kinds(
    {
        "attendance.workplace": _("Work place"),
        "attendance.shift": _("Shift"),
        "attendance.shiftversion": _("Version of a shift"),
        "attendance.group": _("Attendance group"),
        "attendance.groupversion": _("Version of a group's rules"),
        "attendance.member": _("Member of a group"),
        "attendance.rosterentry": _("Roster of a day"),
        "attendance.specialday": _("Special day"),
        "attendance.dayresult": _("Result of a day"),
        "attendance.staleday": _("Day to be computed"),
        "attendance.monthreport": _("Month report"),
        "attendance.adjustment": _("Adjustment"),
        "attendance.correction": _("Correction"),
        "attendance.timerequest": _("Overtime or outing"),
        "attendance.swap": _("Exchange of shifts"),
        "attendance.faceenrolment": _("Face shown for clocking in"),
        "attendance.facechallenge": _("Turning the head"),
        "attendance.facetemplate": _("Features of a face"),
        "attendance.punchphoto": _("Photo of a check-in"),
    }
)
timeline.name_facts(
    {
        "result": _("result"),
        "finding": _("what comparing found"),
        "has_turned": _("head turned as asked"),
        "pictures": _("pictures"),
        "because": _("because"),
        "people": _("people"),
        "agrees": _("agrees"),
        "photos": _("photos"),
        "first": _("first day"),
        "last": _("last day"),
        "effective_from": _("in force from"),
    }
)
timeline.name_values({"attendance.punch.finding": dict(PunchPhoto.Finding.choices)})
viewers.provide(queries.shows_photo, mask=rules.MASK_POSITION)
