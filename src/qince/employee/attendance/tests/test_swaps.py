"""Two people exchange the shifts of a day: one asks, the other agrees, it is decided, and the roster changes once."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from qince.core.audit.models import Entry
from qince.core.letters.models import Letter
from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree
from qince.employee.attendance import jobs, request_actions, swap_actions, swaps
from qince.employee.attendance.models import Member, MonthReport, RosterEntry, Swap, TimeRequest
from qince.employee.attendance.tests import factories as make
from qince.engines.approvals.actions import applying, deciding
from qince.engines.approvals.models import Instance, Task
from qince.engines.sync.pull import pull
from qince.engines.sync.tests.factories import operation, push
from qince.kit import clock
from qince.kit.errors import NotFound, Refusal
from qince.kit.ids import uuid7
from qince.kit.tenancy import tenant

NOW = make.local("2026-03-09 10:00")
WEDNESDAY = date(2026, 3, 11)


class Team:
    """王芳 has the early shift that Wednesday, 赵敏 the late one; 孙悦 rests; 钱进 is in another group."""

    def __init__(self, **terms):
        self.boss = people.employee("李经理", roles=["manager"])
        self.ann, self.ben, self.cai, self.dan = (
            people.employee(name, leader=self.boss, roles=["rep"])
            for name in ("王芳", "赵敏", "孙悦", "钱进")
        )
        self.early, self.late = make.shift((480, 960), name="早班"), make.shift((840, 1320), name="晚班")
        make.group(self.ann, self.ben, self.cai, kind="roster", week=[None] * 7, **terms)
        make.group(self.dan, week=make.office())
        make.roster(self.ann, WEDNESDAY, self.early)
        make.roster(self.ben, WEDNESDAY, self.late)
        make.roster(self.cai, WEDNESDAY)

    def ask(self, partner=None, on=WEDNESDAY, now=NOW):
        asker = people.actor(self.ann)
        return swap_actions.ask_swap(
            asker, now=now, partner_id=(partner or self.ben).pk, on=on, reason="孩子家长会"
        )

    def agree(self, row, now=NOW):
        return swap_actions.answer_swap(people.actor(self.ben), row, now=now, agrees=True)

    def decide(self, row, now=NOW):
        return request_actions.approve(people.actor(self.boss), row, now=now)

    def roster(self, on=WEDNESDAY):
        rows = RosterEntry.objects.filter(on=on, employee__in=[self.ann, self.ben])
        return {row.employee_id: row.shift for row in rows}


@pytest.fixture
def team(inside):
    return Team()


def refused(act, *args, **fields):
    with pytest.raises(Refusal) as error:
        act(*args, **fields)
    return error.value.code


def letters(employee):
    return sorted(
        Letter.objects.filter(employee=employee, kind__startswith="attendance.swap").values_list(
            "kind", flat=True
        )
    )


def test_agreed_and_approved_the_roster_changes_once_and_both_are_told(team):
    row = team.ask()
    assert letters(team.ben) == ["attendance.swap_asked"]
    assert not Task.objects.exists()  # nobody decides before the colleague has agreed
    team.agree(row)
    assert letters(team.ann) == ["attendance.swap_agreed"]
    assert team.roster() == {team.ann.pk: team.early, team.ben.pk: team.late}
    assert Instance.objects.get().applicant == team.ann
    team.decide(Swap.objects.get())
    assert team.roster() == {team.ann.pk: team.late, team.ben.pk: team.early}
    assert Swap.objects.get().state == "approved"
    assert "attendance.swap_done" in letters(team.ann)
    assert "attendance.swap_done" in letters(team.ben)
    assert refused(team.decide, row) == "decided_already"
    assert team.roster() == {team.ann.pk: team.late, team.ben.pk: team.early}


def test_a_shift_is_exchanged_for_a_day_of_rest(team):
    row = team.ask(team.cai)
    swap_actions.answer_swap(people.actor(team.cai), row, now=NOW, agrees=True)
    team.decide(row)
    assert RosterEntry.objects.get(employee=team.ann, on=WEDNESDAY).shift is None
    assert RosterEntry.objects.get(employee=team.cai, on=WEDNESDAY).shift == team.early


def test_a_colleague_who_declines_ends_it_with_a_reason(team):
    row = team.ask()
    swap_actions.answer_swap(people.actor(team.ben), row, now=NOW, agrees=False, answer="有约")
    found = Swap.objects.get()
    assert (found.state, found.answer, found.decided_by) == ("rejected", "有约", team.ben)
    assert not Instance.objects.exists()
    assert letters(team.ann) == ["attendance.swap_declined"]
    assert refused(team.agree, row) == "decided_already"


def test_refused_by_whoever_decides_the_roster_stays(team):
    row = team.agree(team.ask())
    request_actions.reject(people.actor(team.boss), row, now=NOW, answer="人手不够")
    assert Swap.objects.get().state == "rejected"
    assert team.roster() == {team.ann.pk: team.early, team.ben.pk: team.late}
    assert "attendance.swap_over" in letters(team.ben)


@pytest.mark.parametrize("agreed", [False, True])
def test_whoever_asked_takes_it_back_and_nobody_else(team, agreed):
    row = team.ask()
    if agreed:
        team.agree(row)
    with pytest.raises(NotFound):
        swap_actions.withdraw_swap(people.actor(team.ben), row, now=NOW)
    assert swap_actions.withdraw_swap(people.actor(team.ann), row, now=NOW).state == "withdrawn"
    assert letters(team.ben)[-1] == "attendance.swap_over"
    assert not Task.objects.filter(state=Task.State.PENDING).exists()
    assert team.ask().state == "pending"  # and may ask anew


def test_only_the_colleague_agrees(team):
    row = team.ask()
    for other in (team.ann, team.cai, team.boss):
        with pytest.raises(NotFound):
            swap_actions.answer_swap(people.actor(other), row, now=NOW, agrees=True)


def test_with_whom_and_when_shifts_are_not_exchanged(team):
    assert refused(team.ask, team.ann) == "not_yourself"
    assert refused(team.ask, team.dan) == "not_same_group"
    assert refused(team.ask, people.employee("外人")) == "not_same_group"
    assert refused(team.ask, on=WEDNESDAY, now=make.local("2026-03-11 08:00")) == "too_late"
    assert refused(team.ask, on=WEDNESDAY + timedelta(days=1)) == "same_shift"
    far = WEDNESDAY + timedelta(days=80)
    make.roster(team.ann, far, team.early)
    assert refused(team.ask, on=far) == "too_far"
    assert not Swap.objects.exists()


def test_nobody_exchanges_a_day_twice_at_once(team):
    team.ask()
    assert refused(team.ask, team.cai) == "swap_under_way"
    third = people.actor(team.cai)
    assert (
        refused(swap_actions.ask_swap, third, now=NOW, partner_id=team.ben.pk, on=WEDNESDAY, reason="x")
        == "swap_under_way"
    )


@pytest.mark.parametrize("whose", ["ann", "ben"])
def test_not_in_a_locked_month(team, whose):
    MonthReport.objects.create(
        employee=getattr(team, whose), month=date(2026, 3, 1), state="locked", totals={}
    )
    assert refused(team.ask) == "month_locked"


def test_not_in_a_month_that_was_locked_before_the_decision(team):
    row = team.agree(team.ask())
    MonthReport.objects.create(employee=team.ben, month=date(2026, 3, 1), state="locked", totals={})
    assert refused(team.decide, row) == "month_locked"
    assert team.roster() == {team.ann.pk: team.early, team.ben.pk: team.late}


BEGUN = make.local("2026-03-11 08:00")  # the early shift begins at eight


def lapse(now):
    with clock.at(now):
        jobs.lapse_swaps(0)


def test_what_nobody_answers_before_the_day_begins_lapses_and_both_are_told(organization):
    with tenant(organization):
        team = Team()
        row = team.ask()
    lapse(BEGUN - timedelta(minutes=1))
    with tenant(organization):
        assert Swap.objects.get().state == "pending"
    lapse(BEGUN)
    lapse(BEGUN)
    with tenant(organization):
        assert Swap.objects.get().state == "lapsed"
        assert letters(team.ann) == ["attendance.swap_unanswered"]
        assert letters(team.ben) == ["attendance.swap_asked", "attendance.swap_unanswered"]
        assert refused(team.agree, row, now=BEGUN) == "decided_already"
        assert Entry.objects.filter(action="attendance.lapse_swap").count() == 1


def test_what_nobody_decides_before_the_day_begins_lapses_with_its_approval(organization):
    with tenant(organization):
        team = Team()
        row = team.agree(team.ask())
    lapse(BEGUN)
    with tenant(organization):
        assert Swap.objects.get().state == "lapsed"
        assert Instance.objects.get().status == "lapsed"
        assert not Task.objects.filter(state=Task.State.PENDING).exists()
        assert "attendance.swap_undecided" in letters(team.ann)
        assert "attendance.swap_undecided" in letters(team.ben)
        assert Letter.objects.filter(employee=team.ann, kind="approvals.lapsed").count() == 1
        assert team.roster() == {team.ann.pk: team.early, team.ben.pk: team.late}
        assert refused(team.decide, row, now=BEGUN) == "decided_already"


def test_an_undoing_that_nobody_decides_lapses_and_the_exchange_stays(organization):
    with tenant(organization):
        team = Team()
        team.decide(team.agree(team.ask()))
        first = Instance.objects.get()
        applying.revoke(people.actor(team.ann), instance_id=first.pk, comment="家长会取消", now=NOW)
    lapse(BEGUN)
    with tenant(organization):
        assert Swap.objects.get().state == "approved"
        assert set(Instance.objects.values_list("status", flat=True)) == {"approved", "lapsed"}
        assert team.roster() == {team.ann.pk: team.late, team.ben.pk: team.early}


def test_two_who_rest_or_have_left_the_group_lapse_with_the_day_itself(organization):
    with tenant(organization):
        team = Team()
        team.ask()
        RosterEntry.objects.filter(on=WEDNESDAY).update(shift=None)
        Member.objects.filter(employee=team.ann).delete()
    lapse(make.local("2026-03-10 23:59"))
    with tenant(organization):
        assert Swap.objects.get().state == "pending"
    lapse(make.local("2026-03-11 00:00"))
    with tenant(organization):
        assert Swap.objects.get().state == "lapsed"


def test_neither_agreed_to_nor_decided_once_the_day_has_begun(team):
    row = team.ask()
    assert refused(team.agree, row, now=BEGUN) == "too_late"
    team.agree(row)
    assert refused(team.decide, row, now=BEGUN) == "too_late"
    assert team.roster() == {team.ann.pk: team.early, team.ben.pk: team.late}


def test_not_on_a_day_of_approved_travel(team):
    TimeRequest.objects.create(
        employee=team.ben, kind="trip",
        starts_at=make.local("2026-03-11 06:00"), ends_at=make.local("2026-03-12 20:00"),
        reason="x", state="approved", asked_at=NOW,
    )  # fmt: skip
    assert refused(team.ask) == "away"


def test_nobody_works_more_in_the_week_than_the_group_allows(inside):
    team = Team(swap_week_hours=40)
    for step in (0, 1, 3, 4, 5):  # 孙悦 has five shifts of eight hours besides the day of rest
        make.roster(team.cai, date(2026, 3, 9) + timedelta(days=step), team.early)
    assert refused(team.ask, team.cai) == "over_hours"
    assert team.ask(team.ben).state == "pending"  # eight hours for eight


def test_nobody_has_less_rest_between_two_shifts_than_the_group_asks(inside):
    team = Team(swap_rest_hours=11)
    make.roster(
        team.ann, date(2026, 3, 12), team.early
    )  # after the late shift, eight in the morning is too soon
    assert refused(team.ask) == "too_little_rest"


def test_a_group_may_do_without_exchanges(inside):
    assert refused(Team(swaps=False).ask) == "swaps_off"


def test_a_roster_changed_meanwhile_is_not_overwritten(team):
    row = team.agree(team.ask())
    other = make.shift((600, 1080), name="中班")
    RosterEntry.objects.filter(employee=team.ben, on=WEDNESDAY).update(shift=other)
    assert refused(team.decide, row) == "roster_changed"
    assert team.roster() == {team.ann.pk: team.early, team.ben.pk: other}


def test_an_exchange_is_undone_by_an_approval_of_its_own(team):
    team.decide(team.agree(team.ask()))
    first = Instance.objects.get()
    applying.revoke(people.actor(team.ann), instance_id=first.pk, comment="家长会取消", now=NOW)
    task = Task.objects.get(state=Task.State.PENDING)
    deciding.approve(people.actor(team.boss), task_id=task.pk, comment="", now=NOW)
    assert team.roster() == {team.ann.pk: team.early, team.ben.pk: team.late}
    assert Swap.objects.get().state == "withdrawn"
    assert "attendance.swap_undone" in letters(team.ben)


def test_the_phone_asks_and_answers_and_a_repeat_changes_nothing(team):
    for each in (team.ann, team.ben):
        agree(each)
    key = str(uuid7())
    asked = operation(
        "attendance.ask_swap",
        {"swap_id": key, "on": "2026-03-11", "partner_id": str(team.ben.pk), "reason": "家长会"},
    )
    [first] = push(people.actor(team.ann), asked, now=NOW).values()
    assert (first.state, first.result) == ("accepted", {"state": "pending", "agreed": False})
    [again] = push(people.actor(team.ann), asked, now=NOW).values()
    assert (again.state, Swap.objects.count()) == ("accepted", 1)
    answer = operation("attendance.answer_swap", {"swap_id": key, "agrees": True})
    for _time in range(2):
        [told] = push(people.actor(team.ben), answer, now=NOW).values()
        assert (told.state, told.result) == ("accepted", {"state": "pending", "agreed": True})
    assert Instance.objects.count() == 1
    stranger = operation("attendance.answer_swap", {"swap_id": key, "agrees": True})
    agree(team.cai)
    [not_theirs] = push(people.actor(team.cai), stranger, now=NOW).values()
    assert not_theirs.code == "not_found"


def test_each_of_the_two_phones_holds_it_from_the_own_side(team):
    team.ask()
    told = {}
    for each in (team.ann, team.ben, team.cai):
        agree(each)
        phone = people.actor(each, client="phone", device_id=uuid7())
        rows = pull(phone, "", now=NOW)["collections"]["attendance_swaps"]["upserts"]
        told[each.name] = [(row["is_mine"], row["with"], row["gives"], row["takes"]) for row in rows]
    assert told == {
        "王芳": [(True, "赵敏", "早班", "晚班")],
        "赵敏": [(False, "王芳", "晚班", "早班")],
        "孙悦": [],
    }


def test_whom_a_phone_offers(team):
    found = {
        each.name: (plan.shift.name if plan.shift else "")
        for each, plan in swaps.choices(people.actor(team.ann), WEDNESDAY, NOW)
    }
    assert found == {"赵敏": "晚班", "孙悦": ""}
    assert list(swaps.choices(people.actor(team.dan), WEDNESDAY, NOW)) == []
    for beyond in (date.min, date.max):  # refused before a plan is read: there is no day beside these
        with pytest.raises(Refusal):
            list(swaps.choices(people.actor(team.ann), beyond, NOW))


def test_the_console_lists_exchanges_and_lets_the_colleague_agree(organization):
    with tenant(organization):
        team = Team()
        row = team.ask()
        boss, ben, cai = (people.browser(each) for each in (team.boss, team.ben, team.cai))
    listed = boss.get(reverse("attendance:swap_list")).text
    assert "王芳" in listed
    assert "晚班" in listed
    detail = reverse("attendance:swap_detail", args=[row.pk])
    assert "agree/" in ben.get(detail).text
    assert cai.get(detail).status_code == 404
    with clock.at(NOW):
        assert ben.post(reverse("attendance:swap_act", args=[row.pk, "agree"])).status_code == 302
    with tenant(organization):
        assert Swap.objects.get().agreed_at is not None


def test_somebody_at_a_desk_asks_at_the_console_and_sees_what_would_be_exchanged(organization):
    with tenant(organization):
        team = Team()
        ann, ben = people.browser(team.ann), people.browser(team.ben)
    form = {"on": "2026-03-11", "partner": str(team.ben.pk), "reason": "家长会"}
    ahead, new = reverse("attendance:swap_ahead"), reverse("attendance:swap_new")
    with clock.at(NOW):
        assert new in ann.get(reverse("attendance:swap_list")).text
        offered = ann.post(ahead, {"on": "2026-03-11"}).text
        assert [name for name in ("赵敏", "晚班", "孙悦", "钱进") if name in offered] == [
            "赵敏",
            "晚班",
            "孙悦",
        ]
        both = ann.post(ahead, form).text
        assert both.index("早班") < both.index("晚班")  # gives, then takes
        other = ann.post(new, form | {"partner": str(team.dan.pk)})
        assert "your own attendance group" in other.text
        assert ann.post(new, form).status_code == 302
    with tenant(organization):
        row = Swap.objects.get()
        assert (row.employee, row.partner, row.on) == (team.ann, team.ben, WEDNESDAY)
    assert "王芳" in ben.get(reverse("attendance:swap_list")).text
