"""What attendance keeps of a person, and that it uses the position."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.functions import Family
from qince.core.privacy.gate import LOCATION
from qince.core.privacy.registers import Decision, decision
from qince.core.privacy.registry import Kind, NotPersonal, Personal, declare, function, purpose, withhold
from qince.core.privacy.retention import AT_ONCE
from qince.engines.evidence.privacy import declare_evidence
from qince.engines.evidence.replay import decision as about_place
from qince.kit.errors import Text

decision(
    Decision(
        code="attendance-result",
        title=_("Whether a day counts as late, left early, missing or absent"),
        logic=_(
            "The times due come from your shift, moved by flexible hours, a late night before, approved leave, outings "
            "and corrections. The first and the last press within the time for them are compared with that, by the "
            "thresholds of your group's rules. A press counts as missing only after the time for it, and for late "
            "uploads, is over."
        ),
        inputs=_("Your presses, your shift and group, approved leave, outings, overtime and corrections."),
        consequence=_("The result stands in your month, which you confirm; nothing follows by itself."),
        version="replay-1",
        outcomes=("late", "early", "late_early", "lack", "absent"),
    )
)
decision(
    Decision(
        code="attendance-risk",
        title=_("Whether a clock-in raises a question"),
        logic=_(
            "Four things are looked at: another person clocked in on the same phone within twelve hours; two "
            "positions are farther apart than anybody travels in the time between; three positions in a row are "
            "equal to the last digit, which no receiver does; or the phone is one that you have not clocked in with in "
            "the ninety days before, though you used another."
        ),
        inputs=_(
            "Times and positions of your presses, and the identifier the app made up for itself on this phone."
        ),
        consequence=_("A mark for a person to look at. The press counts all the same."),
        version="risk-2",
        outcomes=("shared_device", "impossible_speed", "identical_coordinates", "new_device"),
    )
)
decision(about_place("attendance-place", _("Whether a clock-in or clock-out was at the work place")))
function(
    "attendance.record",
    _("Clock-ins and clock-outs"),
    family=Family.EMPLOYEE,
    purposes=("basic",),
    scope=_("Time, work place and note of each clock-in and clock-out."),
    why=_("To know working time."),
    method=_("Entered by you on the phone; seen by you, your managers and auditors."),
    if_refused=_("Clocking in cannot be recorded; the rest of the product works."),
)
function(
    "attendance.punch",
    _("Clocking in and out at a work place"),
    family=Family.EMPLOYEE,
    purposes=(LOCATION,),
    scope=_("Your position when you clock in or out."),
    why=_("To compare the clock-in with the work place."),
    method=_("Read while the page is open and kept with that clock-in."),
    if_refused=_("You say the place in words; the clock-in counts and is marked as manual."),
    setting="location_attendance",
)
PHOTO = purpose(
    "attendance_photo",
    title=_("Photos when clocking in or out"),
    why=_("To show what is around you when you clock in or out, where your organization asks for it."),
    scope=_("Pictures you take at that moment, when they were taken, and the place of the press."),
    method=_(
        "Taken by you with the camera, nothing from your gallery; sealed under a key of your own; seen by you, your "
        "managers and auditors. No machine looks for faces in them."
    ),
    if_refused=_(
        "You clock in without a photo: with the code shown at the work place, or your leader confirms it. "
        "It counts the same."
    ),
    kind=Kind.ADDITIONAL,
)
function(
    "attendance.photo",
    _("Photos when clocking in or out"),
    family=Family.EMPLOYEE,
    purposes=(PHOTO,),
    scope=_("Pictures you take when you clock in or out."),
    why=_("To show what is around you, where your organization asks for it."),
    method=_("Taken by you with the camera and kept with that clock-in."),
    if_refused=_("The code shown at the work place, or your leader's word, takes the photo's place."),
)
FACE = purpose(
    "attendance_face",
    title=_("Your face when clocking in or out"),
    why=_(
        "To see that it is you, where your organization expects a photo or another sign at clocking in or out."
    ),
    scope=_(
        "Three to five base pictures of your face, what a machine measures in them, and the picture of your face at "
        "such a clock-in."
    ),
    method=_(
        "Compared with your own pictures only, on your organization's own server; sealed under a key of your own, "
        "apart from your record. Where the machine is not sure, or none is installed, whoever decides about your "
        "clock-ins compares by eye. A machine that compares asks you to turn your head, looks at those pictures and "
        "drops them. Taken back, everything about your face is erased at once."
    ),
    if_refused=_(
        "You type the code shown at the work place, take a photo of what is around you, or your leader confirms. It "
        "counts the same."
    ),
    kind=Kind.SENSITIVE,
)
function(
    "attendance.face",
    _("Your face when clocking in or out"),
    family=Family.EMPLOYEE,
    purposes=(FACE,),
    scope=_("Pictures of your face and what a machine measures in them."),
    why=_("To see that it is you."),
    method=_(
        "Taken by you with the camera, compared with your own pictures only, sealed under a key of your own."
    ),
    if_refused=_(
        "The code of the work place, a photo of what is around you, or your leader's word takes its place."
    ),
    setting="face_attendance",
)
decision(
    Decision(
        code="attendance-face",
        title=_("Whether the face at a clock-in is yours"),
        logic=_(
            "The distance between the face in the picture and the nearest of your base pictures. Up to 0.50, "
            "and with the head turned as asked, the clock-in counts; anything else, also a picture without a face or "
            "one taken without signal, is decided by a person."
        ),
        inputs=_(
            "The picture of your face at the clock-in, your base pictures, and how you turned your head."
        ),
        consequence=_(
            "Alike, the clock-in counts at once; otherwise it waits for a person. A machine refuses nothing."
        ),
        version="face-2",
        outcomes=("matched", "review", "differs", "no_face", "several", "unassessed"),
    )
)


_PUNCH = Personal(
    _("Clock-ins and clock-outs"),
    Kind.BASIC,
    ("basic",),
    "employee",
    clauses=("C2.1.2-03", "C2.2.3-03"),
)

declare("attendance.Punch", "employee kind work_place work_date zone note device_id", _PUNCH)
declare("attendance.Punch", "id organization", NotPersonal("technical key"))
declare_evidence("attendance.Punch", "employee")
declare(
    "attendance.WorkPlace",
    "id organization name address lat lng radius_m is_active version",
    NotPersonal("about the work place"),
)

# --- Shifts, results, requests ---

_ROSTER = Personal(
    _("Shifts and groups you are put down for"),
    Kind.BASIC,
    ("basic",),
    "employee",
    source="organization",
    clauses=("C2.1.2-03",),
)
_RESULT = Personal(
    _("Results of attendance: days, months, what they were computed from"),
    Kind.BASIC,
    ("basic",),
    "employee",
    source="use",
    clauses=("C2.1.2-03",),
)
_REQUEST = Personal(
    _("Requests about attendance, and their answers"),
    Kind.BASIC,
    ("basic",),
    "employee",
    clauses=("C2.1.2-03",),
)
_OF_REPORT = replace(_RESULT, subject="report.employee")
_TECHNICAL = NotPersonal("technical key")
_RULES = NotPersonal("about the organization's rules")
_RISK = Personal(
    _("Why a clock-in or clock-out raises a question"),
    Kind.BASIC,
    ("basic",),
    "employee",
    source="use",
    clauses=("C2.2.4-13", "C6.5-01"),
)

declare(
    "attendance.Punch",
    "source is_field counting confirm_for is_code_right decided_at decided_by answer",
    _PUNCH,
)
declare(
    "attendance.PunchPhoto",
    "punch sha256 size taken_at blob",
    Personal(
        _("Photos you took when clocking in or out"),
        Kind.ADDITIONAL,
        (PHOTO,),
        "punch.employee",
        withdrawn="consent+6m",
        clauses=("C2.5.3-03",),
    ),
)
_OWN_FACE = _("Your face at clocking in: that you have shown it, and what comparing found")
_FEATURES = _("Your face: base pictures, measurements, distances")


def _face(category: Text, kind: Kind, subject: str) -> Personal:
    return Personal(
        category,
        kind,
        (FACE,),
        subject,
        withdrawn=AT_ONCE,
        clauses=("C2.2.5-02", "C2.2.1-08"),
    )


declare(
    "attendance.PunchPhoto", "kind finding has_turned", _face(_OWN_FACE, Kind.ADDITIONAL, "punch.employee")
)
declare("attendance.PunchPhoto", "measured", _face(_FEATURES, Kind.SENSITIVE, "punch.employee"))
declare(
    "attendance.FaceEnrolment",
    "employee enrolled_at delete_by",
    _face(_OWN_FACE, Kind.ADDITIONAL, "employee"),
)
declare(
    "attendance.FaceChallenge",
    "employee acts asked_at answered_at sha256 has_turned",
    _face(_OWN_FACE, Kind.ADDITIONAL, "employee"),
)
declare(
    "attendance.FaceTemplate",
    "enrolment model",
    _face(_OWN_FACE, Kind.ADDITIONAL, "enrolment.employee"),
)
declare(
    "attendance.FaceTemplate",
    "features pictures",
    _face(_FEATURES, Kind.SENSITIVE, "enrolment.employee"),
)
for _name in ("PunchPhoto", "FaceEnrolment", "FaceChallenge", "FaceTemplate"):
    declare(f"attendance.{_name}", "id organization", NotPersonal("technical key"))
declare("attendance.Punch", "radio risks", _RISK)
declare("attendance.WorkPlace", "bssids beacons", NotPersonal("about the work place"))
declare("attendance.Shift", "id organization name colour is_active latest", _RULES)
declare("attendance.ShiftVersion", "id organization shift version starts_on definition created_at", _RULES)
declare("attendance.Group", "id organization name kind is_active latest", _RULES)
declare(
    "attendance.GroupVersion", "id organization group version effective_from definition created_at", _RULES
)
declare("attendance.SpecialDay", "id organization group on shift note", _RULES)
declare("attendance.Member", "group employee department is_exempt starts_on ends_on", _ROSTER)
declare("attendance.RosterEntry", "employee on shift", _ROSTER)
declare(
    "attendance.DayResult",
    "employee on status day_kind rule shift due_minutes worked_minutes late_times late_minutes serious_times "
    "early_times early_minutes lack_times absent_minutes leave_minutes away_minutes overtime_minutes points",
    _RESULT,
)
declare("attendance.StaleDay", "employee on", _RESULT)
declare(
    "attendance.MonthReport",
    "employee month version state totals objection confirmed_at locked_at",
    _RESULT,
)
declare("attendance.Adjustment", "report figure amount reason by at", _OF_REPORT)
_ASKED = "employee reason state asked_at decided_at decided_by answer revision zone"
declare("attendance.Correction", f"{_ASKED} on slot end kind at result", _REQUEST)
declare("attendance.Swap", f"{_ASKED} partner on own_shift partner_shift agreed_at", _REQUEST)
declare("attendance.Swap", "id organization", _TECHNICAL)
declare("attendance.TimeRequest", f"{_ASKED} kind starts_at ends_at", _REQUEST)
for _name in ("Member", "RosterEntry", "DayResult", "StaleDay", "MonthReport", "Adjustment", "Correction"):
    declare(f"attendance.{_name}", "id organization", _TECHNICAL)
declare("attendance.TimeRequest", "id organization", _TECHNICAL)
# What a face measures serves comparing on this server alone; the person's own copy has it.
_ON_THIS_SERVER = _("nothing of a face leaves this server")
withhold("attendance.FaceTemplate", "features pictures", because=_ON_THIS_SERVER)
withhold("attendance.PunchPhoto", "measured", because=_ON_THIS_SERVER)
