"""By which channels people are told, and when not; what is owed asks nobody, what is urgent does not wait."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qince.core.letters.actions import Addressee, send
from qince.core.letters.delivering import carry_all
from qince.core.letters.models import Delivery
from qince.core.letters.registry import FREE, FREE_MANDATORY
from qince.core.letters.tests.catcher import catching
from qince.core.people.tests import factories as people
from qince.engines.notifications.actions import choose, set_quiet
from qince.engines.notifications.quiet import EVERY_DAY, Quiet
from qince.kit import clock
from qince.kit.errors import Refusal

SHANGHAI = ZoneInfo("Asia/Shanghai")
# Friday the 27th of November 2026, 22:30 in Shanghai.
NIGHT = datetime(2026, 11, 27, 22, 30, tzinfo=SHANGHAI)
MORNING = datetime(2026, 11, 28, 8, 0, tzinfo=SHANGHAI)
MONDAY = datetime(2026, 11, 30, 8, 0, tzinfo=SHANGHAI)
TEXT = {"title": "盘点提醒", "body": "请盘点。"}
WORKDAYS = (1, 2, 3, 4, 5)


def write(to, *, now=NIGHT, **more):
    more = {"kind": FREE, "values": TEXT, **more}
    return send(people.actor(to), to=[Addressee(employee_id=to.pk)], now=now, **more)[0]


def ways(letter):
    rows = Delivery.objects.filter(letter=letter)
    return {row.channel: (row.state, row.decided_by, row.not_before) for row in rows}


def prefer(member, channel, when, group="other"):
    choose(people.actor(member), choices={(group, channel): when}, now=clock.now())


def rest(member, days=EVERY_DAY, zone="Asia/Shanghai", *, is_on=True):
    hours = {"starts": time(21), "ends": time(8), "days": days, "zone": zone, "is_on": is_on}
    return set_quiet(people.actor(member), **hours, now=clock.now())


# --- Channels ---


def test_the_usual_ways_are_the_app_and_push(member, subscribe):
    subscribe(member)
    assert ways(write(member)) == {"app": ("sent", "standard", None), "push": ("pending", "standard", None)}


def test_ones_own_choice_decides_and_says_so(member, subscribe):
    subscribe(member)
    prefer(member, "push", "never")
    prefer(member, "email", "always")
    prefer(member, "sms", "always")
    assert ways(write(member)) == {
        "app": ("sent", "standard", None),
        "email": ("pending", "preference", None),
        "sms": ("pending", "preference", None),
    }


def test_urgent_only_lets_through_what_is_urgent(member, subscribe):
    subscribe(member)
    prefer(member, "push", "urgent")
    prefer(member, "email", "urgent")
    assert set(ways(write(member))) == {"app"}
    assert set(ways(write(member, urgent=True))) == {"app", "push", "email"}


def test_what_is_owed_comes_by_push_whatever_was_chosen(member, subscribe):
    subscribe(member)
    prefer(member, "push", "never")
    owed = ways(write(member, kind=FREE_MANDATORY))
    assert owed == {"app": ("sent", "mandatory", None), "push": ("pending", "mandatory", None)}


def test_a_channel_the_sender_names_is_left_out_for_whoever_switched_it_off(member):
    prefer(member, "email", "never")
    letter = write(member, channels=("app", "email", "sms"))
    row = Delivery.objects.get(letter=letter, channel="email")
    assert (row.state, row.reason, row.decided_by) == ("skipped", "preference", "preference")
    assert ways(letter)["sms"][:2] == ("pending", "sender")
    assert ways(write(member, channels=("email",), kind=FREE_MANDATORY))["email"][:2] == ("pending", "sender")


def test_people_outside_have_no_preferences(member):
    outside = Addressee(name="赵老板", mobile="+8613800138000", email="z@x.example")
    [letter] = send(
        people.actor(member), to=[outside], kind=FREE, values=TEXT, channels=("sms", "email"), now=NIGHT
    )
    assert {name: way[0] for name, way in ways(letter).items()} == {"sms": "pending", "email": "pending"}


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        (("nobody", "sms", "always"), "unknown_group"),
        (("other", "pigeon", "always"), "unknown_channel"),
        (("other", "app", "never"), "unknown_channel"),
        (("other", "sms", "sometimes"), "invalid_choice"),
    ],
)
def test_what_is_not_offered_is_refused(member, choice, code):
    group, channel, when = choice
    with pytest.raises(Refusal, match=code):
        prefer(member, channel, when, group)


# --- Quiet hours ---


def test_at_night_only_the_app_is_told_and_the_rest_waits_for_the_morning(member, organization):
    rest(member)
    letter = write(member, channels=("app", "email"))
    assert ways(letter) == {"app": ("sent", "sender", None), "email": ("pending", "sender", MORNING)}
    with catching() as catcher:
        assert carry_all(organization.pk, [letter.pk], now=NIGHT).later is None
        assert catcher.mails == []
        carry_all(organization.pk, [letter.pk], now=MORNING)
    assert len(catcher.mails) == 1


def test_urgent_and_owed_letters_do_not_wait(member):
    rest(member)
    assert ways(write(member, channels=("email",), urgent=True))["email"][2] is None
    assert ways(write(member, channels=("email",), kind=FREE_MANDATORY))["email"][2] is None


def test_days_off_are_quiet_altogether(member):
    rest(member, WORKDAYS)
    assert ways(write(member, channels=("sms",)))["sms"][2] == MONDAY
    assert ways(write(member, channels=("sms",), now=MONDAY + timedelta(hours=1)))["sms"][2] is None


def test_hours_that_are_switched_off_count_for_nothing(member):
    rest(member, is_on=False)
    assert ways(write(member, channels=("sms",)))["sms"][2] is None


def test_the_hours_are_those_of_the_persons_own_zone(member):
    rest(member, zone="Europe/Berlin")
    assert ways(write(member, channels=("sms",)))["sms"][2] is None  # 15:30 in Berlin
    at_night = write(member, channels=("sms",), now=datetime(2026, 11, 28, 6, 0, tzinfo=SHANGHAI))
    assert ways(at_night)["sms"][2] == datetime(2026, 11, 28, 8, 0, tzinfo=ZoneInfo("Europe/Berlin"))


def test_a_repeat_that_would_fall_into_the_night_waits_too(member, organization):
    rest(member)
    letter = write(member, channels=("email",), now=NIGHT - timedelta(hours=6))
    with catching() as catcher:
        catcher.is_down = True
        assert carry_all(organization.pk, [letter.pk], now=NIGHT - timedelta(hours=6)).attempts == 1
        catcher.is_down = False
        carried = carry_all(organization.pk, [letter.pk], now=NIGHT)
        assert (carried.attempts, carried.later) == (0, MORNING)
    assert catcher.mails == []


@pytest.mark.parametrize(
    ("fault", "code"),
    [({"days": ()}, "invalid_days"), ({"days": (0, 8)}, "invalid_days"), ({"zone": "Mars"}, "invalid_zone")],
)
def test_hours_that_make_no_sense_are_refused(member, fault, code):
    with pytest.raises(Refusal, match=code):
        rest(member, **fault)


MINUTES = st.integers(0, 24 * 60 - 1)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    starts=MINUTES, ends=MINUTES, days=st.sets(st.integers(1, 7), min_size=1), at=st.integers(0, 730 * 24 * 60),
    zone=st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "UTC"]),
)  # fmt: skip
def test_quiet_ends_at_the_first_instant_that_is_not_quiet(starts, ends, days, zone, at):
    instant = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=at)
    first, last = (time(each // 60, each % 60) for each in (starts, ends))
    quiet = Quiet(starts=first, ends=last, zone=zone, days=days)
    until = quiet.until(instant)
    assert (until is None) == (not quiet.covers(instant))
    if until is None:
        return
    assert instant < until <= instant + timedelta(days=8, hours=2)
    assert not quiet.covers(until)
    steps = int((until - instant).total_seconds() // 900)
    assert all(quiet.covers(instant + timedelta(minutes=15) * step) for step in range(1, steps))
