"""From presses to results, as people would say it."""

import pytest

from qince.employee.attendance.replay.results import canonical
from qince.employee.attendance.replay.shapes import Grace, OvertimeRule
from qince.employee.attendance.tests.building import (
    OFFICE,
    at,
    case,
    fix,
    presses,
    results,
    rule,
    run,
    segment,
    shift,
)

DAY = "2026-03-09"  # a Monday


def one(*texts, **given):
    """The only day's result."""
    [day] = run(DAY, punches=presses(*(f"{DAY} {text}" for text in texts)), **given)
    return day


# --- Windows and days ---


def test_a_night_shift_and_the_evening_after_it():
    """Acceptance: night 13 July 18:00-07:00, evening 14 July 14:00-20:00, no grace, windows of two hours; presses
    13th 18:30, 14th 07:10, 13:55, 20:05 give Late 30 min, then three Normal.
    """
    window = {"on_advance": 120, "off_delay": 120}
    night = shift({"on": 1080, "off": 1860, **window}, id="night")
    evening = shift({"on": 840, "off": 1200, **window}, id="evening")
    days = run(
        "2026-07-13", "2026-07-14", rules=rule(kind="roster"), shifts=[night, evening],
        roster={"2026-07-13": "night", "2026-07-14": "evening"},
        punches=presses("2026-07-13 18:30", "2026-07-14 07:10", "2026-07-14 13:55", "2026-07-14 20:05"),
    )  # fmt: skip
    assert results(days) == ["late", "normal", "normal", "normal"]
    late = days[0].points[0]
    assert late.minutes == 30
    # The explanation: which press, which due time, which threshold, under which rules.
    assert (late.punch, late.due, late.by, late.limit) == ("p0", at("2026-07-13 18:00"), "late_as_late", 0)
    assert (days[0].rule, days[0].shift) == ("r1", "night")


def test_overlapping_windows_are_told_apart_by_what_was_pressed():
    """A night ending at 07:00 and a day shift from 08:00: in between, leaving is the night's and coming the day's."""
    night = shift({"on": 1320, "off": 1860}, id="night")
    early = shift({"on": 480, "off": 960}, id="early")
    given = {
        "rules": rule(kind="roster"),
        "shifts": [night, early],
        "roster": {"2026-03-09": "night", "2026-03-10": "early"},
    }
    said = presses(
        "2026-03-09 21:50 in", "2026-03-10 07:40 out", "2026-03-10 07:50 in", "2026-03-10 16:00 out"
    )
    assert results(run("2026-03-09", "2026-03-10", punches=said, **given)) == ["normal"] * 4
    silent = presses("2026-03-09 21:50", "2026-03-10 07:10", "2026-03-10 07:50", "2026-03-10 16:00")
    assert results(run("2026-03-09", "2026-03-10", punches=silent, **given)) == ["normal"] * 4


@pytest.mark.parametrize("kinds", [("", "", ""), (" in", " in", " out")])
def test_a_forgotten_leaving_does_not_flip_tomorrows_first_press(kinds):
    texts = ["2026-03-09 08:55", "2026-03-10 08:50", "2026-03-10 18:02"]
    days = run("2026-03-09", "2026-03-10", punches=presses(*map("".join, zip(texts, kinds, strict=True))))
    assert results(days) == ["normal", "lack", "normal", "normal"]
    assert [point.punch for point in days[1].points] == ["p1", "p2"]


def test_even_a_window_that_reaches_into_the_next_day_leaves_the_first_press_there():
    wide = shift({"on": 540, "off": 1080, "off_delay": 960})
    days = run(
        "2026-03-09",
        "2026-03-10",
        shifts=[wide],
        punches=presses("2026-03-09 08:55 in", "2026-03-10 08:50 in"),
    )
    assert results(days) == ["normal", "lack", "normal", "lack"]


def test_nothing_is_missing_before_the_window_has_closed_and_what_is_on_its_way_could_be_here():
    """Leaving may come until 22:00; two more hours for what a phone still holds."""
    assert results([one("08:58", as_of=at(f"{DAY} 23:59"))]) == ["normal", "pending"]
    assert results([one("08:58", as_of=at("2026-03-10 00:00"))]) == ["normal", "lack"]
    assert one(as_of=at(f"{DAY} 12:00")).status == "pending"
    assert one(as_of=at("2026-03-10 00:00")).status == "absent"


def test_coming_late_is_known_at_once_and_coming_not_at_all_when_it_would_be_missing_anyway():
    strict = shift({"on": 540, "off": 1080, "late_as_lack": 60})
    assert one(shifts=[strict], as_of=at(f"{DAY} 11:59")).points[0].result == "pending"
    assert one(shifts=[strict], as_of=at(f"{DAY} 12:00")).points[0].result == "lack"


# --- Thresholds ---


@pytest.mark.parametrize(
    ("time", "result", "minutes"),
    [("09:00", "normal", 0), ("09:05", "normal", 0), ("09:06", "late", 6), ("09:30", "late", 30),
     ("09:31", "serious_late", 31), ("11:00", "serious_late", 120), ("11:01", "lack", 121)],
)  # fmt: skip
def test_lateness_has_steps(time, result, minutes):
    steps = shift({"on": 540, "off": 1080, "late_as_late": 5, "late_as_serious": 30, "late_as_lack": 120})
    found = one(time, "18:00", shifts=[steps]).points[0]
    assert (found.result, found.minutes) == (result, minutes)


@pytest.mark.parametrize(
    ("time", "result"), [("18:00", "normal"), ("17:59", "early"), ("17:00", "early"), ("16:59", "lack")]
)
def test_leaving_early_has_steps(time, result):
    steps = shift({"on": 540, "off": 1080, "early_as_lack": 60})
    assert one("09:00", time, shifts=[steps]).points[1].result == result


def test_a_minute_begun_is_no_minute_late_but_a_minute_early():
    day = one("09:00:59", "17:59:30")
    assert results([day]) == ["normal", "early"]
    assert day.points[1].minutes == 1


def test_rests_are_not_worked():
    assert (one("08:50", "18:10").worked, one("08:50", "18:10").due) == (480, 480)
    assert one("09:30", "17:00").worked == 390


def test_a_split_shift_has_ends_of_its_own():
    split = shift((480, 720), (840, 1080))
    day = one("07:55", "12:01", "14:10", "18:00", shifts=[split])
    assert results([day]) == ["normal", "normal", "late", "normal"]
    assert (day.worked, day.status, day.late) == (470, "late", 10)
    gone = one("07:55", "12:01", shifts=[split])
    assert (results([gone]), gone.status, gone.absent) == (["normal", "normal", "lack", "lack"], "lack", 240)


def test_flexible_hours_shift_the_day():
    flexible = shift({"on": 540, "off": 1080}, flex_late=60, flex_early=30)
    assert results([one("09:40", "18:40", shifts=[flexible])]) == ["normal", "normal"]
    assert results([one("09:40", "18:30", shifts=[flexible])]) == ["normal", "early"]
    assert results([one("08:20", "17:30", shifts=[flexible])]) == ["normal", "normal"]
    late = one("10:10", "19:00", shifts=[flexible])
    assert (late.points[0].result, late.points[0].minutes, late.points[1].result) == ("late", 10, "normal")
    assert late.points[1].trail == (("flex", 60),)


def test_a_late_night_allows_a_later_morning_once():
    grace = shift({"on": 540, "off": 1080, "off_delay": 360}, graces=(Grace(120, 30), Grace(240, 60)))
    texts = ("2026-03-09 09:00", "2026-03-09 22:05", "2026-03-10 09:55", "2026-03-10 18:00", "2026-03-11 09:20",
             "2026-03-11 18:00")  # fmt: skip
    days = run("2026-03-09", "2026-03-11", shifts=[grace], punches=presses(*texts))
    assert results(days) == ["normal", "normal", "normal", "normal", "late", "normal"]
    assert days[1].points[0].trail == (("grace", 60),)


def test_the_night_before_the_first_day_counts_too():
    grace = shift({"on": 540, "off": 1080, "off_delay": 360}, graces=(Grace(240, 60),))
    texts = ("2026-03-09 09:00", "2026-03-09 22:05", "2026-03-10 09:55", "2026-03-10 18:00")
    assert results(run("2026-03-10", shifts=[grace], punches=presses(*texts))) == ["normal", "normal"]


def test_leaving_need_not_be_pressed_where_the_shift_says_so():
    day = one("08:55", shifts=[shift({"on": 540, "off": 1080, "no_need_off": True}, rests=[(720, 780)])])
    assert (results([day]), day.status, day.worked) == (["normal", "no_need"], "normal", 480)


# --- What stands in ---


def test_half_a_day_of_leave_moves_the_due_time_past_the_rest():
    morning = segment("leave", f"{DAY} 09:00", f"{DAY} 12:00", id="leave-1")
    day = one("12:58", "18:00", segments=[morning])
    assert results([day]) == ["normal", "normal"]
    first = day.points[0]
    assert (first.due, first.supplement, first.trail) == (
        at(f"{DAY} 13:00"),
        "leave",
        (("leave", "leave-1"),),
    )
    assert (day.leave, day.worked, day.status) == (180, 300, "normal")
    assert one("13:20", "18:00", segments=[morning]).points[0].minutes == 20


def test_an_afternoon_of_leave_lets_people_go_before_the_rest():
    day = one("09:00", "12:00", segments=[segment("leave", f"{DAY} 13:00", f"{DAY} 18:00")])
    assert (results([day]), day.worked, day.leave) == (["normal", "normal"], 180, 300)
    assert day.points[1].due == at(f"{DAY} 12:00")


@pytest.mark.parametrize(
    ("kind", "status"), [("leave", "leave"), ("trip", "away"), ("out", "away"), ("field", "away")]
)
def test_a_whole_day_stands_in_for_presses(kind, status):
    day = one(segments=[segment(kind, f"{DAY} 00:00", "2026-03-10 00:00")])
    assert (results([day]), day.status) == (["no_need", "no_need"], status)
    assert (day.leave, day.away, day.absent) == ((480, 0, 0) if kind == "leave" else (0, 480, 0))


def test_an_outing_in_the_middle_moves_nothing_and_is_counted():
    day = one("09:00", "18:00", segments=[segment("out", f"{DAY} 14:00", f"{DAY} 16:00")])
    assert (results([day]), day.away, day.worked) == (["normal", "normal"], 120, 360)


def test_leave_goes_before_a_trip_at_the_same_time():
    both = [
        segment("trip", f"{DAY} 00:00", "2026-03-10 00:00"),
        segment("leave", f"{DAY} 13:00", f"{DAY} 18:00"),
    ]
    day = one(segments=both)
    assert (day.leave, day.away, day.status) == (300, 180, "leave")


def test_a_correction_puts_a_time_in_the_place_and_keeps_the_original():
    day = one("08:55", "15:00", fixes=[fix(DAY, "off", f"{DAY} 18:05")])
    off = day.points[1]
    assert (off.result, off.supplement, off.at, off.punch) == ("normal", "remedy", at(f"{DAY} 18:05"), "")
    assert off.trail == (("remedy", "f1"), ("original", "p1"))


def test_an_administrators_word_is_the_result():
    day = one("08:55", fixes=[fix(DAY, "off", kind="admin", result="normal")])
    assert (day.points[1].result, day.points[1].supplement, day.status) == ("normal", "admin", "normal")


def test_a_press_in_the_field_says_so():
    day = run(DAY, punches=presses(f"{DAY} 08:55", f"{DAY} 18:00", is_field=True))[0]
    assert [point.supplement for point in day.points] == ["field", "field"]


def test_an_automatic_press_is_told_from_one_by_hand():
    day = run(DAY, punches=presses(f"{DAY} 08:55", f"{DAY} 18:00", source="auto"))[0]
    assert results([day]) == ["auto", "auto"]


# --- Overtime and other kinds of days ---


def overtime(basis, *texts, on=DAY, segments=(), kind="workday", **given):
    rules = rule(**{kind: OvertimeRule(basis=basis, after=30)}, **given.pop("rules", {}))
    found = run(on, punches=presses(*texts), segments=segments, rules=rules, **given)
    return found[0].overtime


def test_overtime_counts_by_approval_by_press_or_by_what_is_both():
    presence = (f"{DAY} 09:00", f"{DAY} 20:10")
    approved = [segment("overtime", f"{DAY} 19:00", f"{DAY} 21:00")]
    assert overtime("none", *presence, segments=approved) == 0
    assert overtime("approval", *presence, segments=approved) == 120
    assert overtime("punch", *presence, segments=approved) == 90  # from 18:30, in whole half hours
    assert overtime("lesser", *presence, segments=approved) == 60
    assert overtime("lesser", *presence) == 0


def test_overtime_of_a_rest_day_is_of_its_kind():
    saturday = "2026-03-14"
    presence = (f"{saturday} 10:00", f"{saturday} 14:10")
    assert overtime("punch", *presence, on=saturday, kind="weekend") == 240
    [day] = run(saturday, punches=presses(*presence), rules=rule(statutory=OvertimeRule(basis="punch")),
                holiday=lambda on: "statutory")  # fmt: skip
    assert (day.kind, day.overtime, day.status) == ("statutory", 240, "off")


def test_overtime_after_a_night_belongs_to_the_night():
    night = shift({"on": 1320, "off": 1860}, id="night")
    days = run(
        "2026-03-09", "2026-03-10", shifts=[night], roster={"2026-03-09": "night", "2026-03-10": None},
        punches=presses("2026-03-09 21:55", "2026-03-10 09:10"),
        segments=[segment("overtime", "2026-03-10 06:00", "2026-03-10 09:00")],
        rules=rule(kind="roster", workday=OvertimeRule(basis="lesser", after=0)),
    )  # fmt: skip
    assert [(day.status, day.overtime) for day in days] == [("normal", 120), ("off", 0)]


def test_a_free_group_is_due_by_minutes():
    free = {"rules": rule(kind="free", week=("free",) * 5 + (None, None), free_minutes=360)}
    day = one("10:20", "13:00", "16:40", **free)
    assert (day.status, day.worked, day.due) == ("normal", 360, 360)
    assert one(**free).status == "absent"
    assert one("10:20", **free).status == "lack"
    assert one(**free, as_of=at(f"{DAY} 20:00")).status == "pending"
    assert one(**free, segments=[segment("leave", f"{DAY} 00:00", "2026-03-10 00:00")]).status == "leave"


def test_exempt_people_are_never_missing():
    assert one(is_exempt=True).status == "exempt"


def test_clocks_that_are_put_forward_do_not_make_anyone_late():
    """New York, 8 March 2026, a night over the lost hour: due times are the wall's."""
    zone = "America/New_York"
    night = shift({"on": 1320, "off": 1860}, id="night")
    [day] = run(
        "2026-03-07", shifts=[night], roster={"2026-03-07": "night"}, rules=rule(kind="roster", zone=zone),
        punches=presses("2026-03-07 21:55", "2026-03-08 07:00", zone=zone),
    )  # fmt: skip
    assert results([day]) == ["normal", "normal"]
    assert day.points[1].due - day.points[0].due == 8 * 3600


def test_a_shift_across_midnight_by_utc_stays_on_its_own_date():
    """Los Angeles: 16:00 local is past midnight by UTC for half of the shift."""
    zone = "America/Los_Angeles"
    [day] = run(
        DAY, rules=rule(zone=zone), shifts=[shift((720, 1260))],
        punches=presses(f"{DAY} 12:00", f"{DAY} 21:00", zone=zone),
    )  # fmt: skip
    assert (day.on, results([day])) == (DAY, ["normal", "normal"])


def test_the_same_case_gives_the_same_bytes():
    given = {"punches": presses("2026-03-09 09:10", "2026-03-09 18:00", "2026-03-10 08:00")}
    one_time = canonical(run("2026-03-09", "2026-03-13", **given))
    assert one_time == canonical(run("2026-03-09", "2026-03-13", **given))
    assert b'"result":"late"' in one_time
    assert case("2026-03-09", "2026-03-13").plans[0].shift is None  # the Saturday before
    assert OFFICE.due_minutes == 480
