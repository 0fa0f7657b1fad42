"""Reports: sent once, changed while there is time, read along the line of their period, commented on."""

from datetime import date

import pytest

from qince.core.audit.models import Entry
from qince.core.erasure import subjects, working
from qince.core.erasure.actions import erase, plan_for
from qince.core.letters.models import Letter
from qince.core.people.actions import leaving, moving
from qince.core.people.models import ReportingLine
from qince.core.people.tests import factories as people
from qince.employee.daily_reports import facts, queries
from qince.employee.daily_reports.actions import answering, designing, sending
from qince.employee.daily_reports.models import Comment, Edition, Obligation, Receipt, Report
from qince.employee.daily_reports.setting_up import Named
from qince.employee.daily_reports.tests.scene import (
    FIELDS,
    MONDAY,
    ONE,
    make,
    round_at,
    send,
    setup,
    shanghai,
    staff,
    states,
    written,
)
from qince.engines.forms.actions.designing import NotPublishable
from qince.engines.forms.actions.submitting import AnswersRefused
from qince.engines.forms.models import Submission
from qince.engines.forms.schema import read
from qince.kit import clock
from qince.kit.errors import Conflict, NotFound, Refusal
from qince.kit.ids import uuid7


def revise(company, report, *, at, data=None, edition=1):
    with clock.at(at):
        return sending.revise(
            people.actor(company.ann), report_id=report.pk, edition=edition, written=written(at, data), now=at
        )


def say(company, report, who, text="好", *, mentions=(), at=None, key=None):
    at = at or shanghai(MONDAY, 19)
    with clock.at(at):
        return answering.comment(
            people.actor(who), comment_id=key or uuid7(), report_id=report.pk, text=text, mentions=mentions, now=at
        )  # fmt: skip


def read_it(who, report, at=None):
    answering.mark_read(people.actor(who), report_id=report.pk, now=at or shanghai(MONDAY, 19))


def form_filled(company, at):
    from qince.engines.forms.tests import factories as forms

    form = forms.form(company.admin)
    return Submission.objects.create(
        form=form,
        form_version=form.versions.get(),
        employee=company.ann,
        source="phone",
        filled_at=at,
        received_at=at,
    )


# --- Sending ---


def test_the_same_report_sent_twice_is_one_and_a_second_one_names_the_first(company):
    key = uuid7()
    first = send(company, company.ann, report_id=key)
    assert send(company, company.ann, report_id=key).pk == first.pk
    with pytest.raises(Conflict) as refused:
        send(company, company.ann)
    assert refused.value.code == "sent_already"
    with pytest.raises(Conflict, match="id_taken"):
        send(company, company.ben, report_id=key)
    assert Report.objects.count() == 1


def test_what_was_sent_in_time_without_signal_is_in_time_whenever_it_arrives(company):
    round_at(shanghai(MONDAY, 8))
    tuesday = shanghai(MONDAY + ONE, 9)
    assert states(company.template, now=tuesday)["Ann"] == "missing"
    send(company, company.ann, at=shanghai(MONDAY, 17, 59), now=tuesday)
    assert states(company.template, now=tuesday)["Ann"] == "on_time"


def test_what_comes_too_late_is_kept_and_stays_missing_until_it_is_too_long_ago(company):
    send(company, company.ann, at=shanghai(MONDAY + ONE, 9))
    assert states(company.template, now=shanghai(MONDAY + ONE, 10))["Ann"] == "missing"
    with pytest.raises(Refusal, match="too_late"):
        send(company, company.ben, at=shanghai(MONDAY + ONE * 40, 9))


def test_nothing_is_taken_for_what_is_not_owed_not_begun_or_no_period(company):
    with pytest.raises(NotFound):
        send(company, company.boss)
    with pytest.raises(Refusal, match="too_early"):
        send(company, company.ann, on=MONDAY + ONE, at=shanghai(MONDAY))
    with pytest.raises(Refusal, match="no_such_period"):
        send(company, company.ann, on=date(2026, 1, 5))
    with pytest.raises(NotFound):
        sending.send(
            people.actor(company.ann), report_id=uuid7(), template_id=uuid7(), period_on=MONDAY,
            written=written(shanghai()), now=shanghai(),
        )  # fmt: skip


@pytest.mark.parametrize("data", [{"done": ""}, {"mood": "furious"}, {"nothing": 1}, {"forms": "many"}])
def test_answers_that_do_not_fit_are_refused_with_their_field(company, data):
    with pytest.raises(AnswersRefused) as refused:
        send(company, company.ann, data=data)
    assert next(iter(data)) in refused.value.fields
    assert not Report.objects.exists()


def test_without_consent_nothing_is_stored(company):
    stranger = people.employee("Cas", leader=company.boss, roles=["rep"], hired_on=date(2020, 1, 1))
    template = make(company, "丙", reporters=Named((stranger.pk,)))
    with pytest.raises(Refusal, match="consent_required"):
        send(company, stranger, template=template)
    assert not Report.objects.exists()


# --- Facts and human edits ---


def test_each_answer_says_whether_it_is_from_records_changed_or_written_by_hand(company):
    form_filled(company, shanghai(MONDAY, 10))
    form_filled(company, shanghai(MONDAY, 16))
    report = send(company, company.ann, data={"forms": 2, "mood": "good"})
    assert report.autofill == {"forms": 2}
    assert report.marks == {"forms": "facts", "done": "hand", "mood": "hand"}
    changed = revise(company, report, at=shanghai(MONDAY, 17, 30), data={"forms": 3})
    assert changed.marks == {"forms": "edited", "done": "hand"}


def test_facts_are_reckoned_by_the_server_as_of_when_the_report_was_begun(company):
    form_filled(company, shanghai(MONDAY, 10))
    form_filled(company, shanghai(MONDAY, 16, 30))
    begun = shanghai(MONDAY, 16)
    report = send(company, company.ann, data={"forms": 1}, until=begun)
    assert (report.autofill, report.marks["forms"]) == ({"forms": 1}, "facts")
    # A moment after sending cannot be claimed.
    other = revise(company, report, at=shanghai(MONDAY, 17, 10), data={"forms": 2})
    assert (other.autofill, other.marks["forms"]) == ({"forms": 2}, "facts")


def test_a_fact_behind_a_consent_is_not_even_asked_for(company, monkeypatch):
    asked = []
    fact = facts.Fact(
        code="way", title="Way", kind=facts.NUMBER, gather=lambda found: asked.append(found) or 7, purpose="location"
    )  # fmt: skip
    monkeypatch.setitem(facts.facts, "way", fact)
    template = make(company, "路程", reporters=Named((company.ann.pk,)), autofill={"forms": "way"})
    report = send(company, company.ann, template=template, data={"forms": 7})
    assert (report.autofill, report.marks["forms"], asked) == ({}, "hand", [])


# --- Editions ---


def test_earlier_editions_stay_readable_and_readers_see_that_there_is_a_newer_one(company):
    report = send(company, company.ann, data={"done": "first"})
    read_it(company.boss, report)
    assert queries.unread_count(people.actor(company.boss)) == 0
    revise(company, report, at=shanghai(MONDAY, 19), data={"done": "second"})
    report.refresh_from_db()
    assert (report.edition, report.answers["done"]) == (2, "second")
    assert Edition.objects.get(report=report).answers["done"] == "first"
    assert queries.unread_count(people.actor(company.boss)) == 1
    assert states(company.template, now=shanghai(MONDAY, 20))["Ann"] == "on_time"  # by when it first came


def test_a_report_changes_neither_after_its_time_nor_over_somebody_elses_change(company):
    report = send(company, company.ann)
    with pytest.raises(Refusal, match="no_longer"):
        revise(company, report, at=shanghai(MONDAY, 20, 1))
    revise(company, report, at=shanghai(MONDAY, 18))
    with pytest.raises(Conflict, match="changed_meanwhile"):
        revise(company, report, at=shanghai(MONDAY, 19))
    with pytest.raises(NotFound):
        sending.revise(
            people.actor(company.ben),
            report_id=report.pk,
            edition=2,
            written=written(shanghai()),
            now=shanghai(),
        )


def test_a_withdrawn_report_opens_for_nobody_and_keeps_its_line_in_the_trail(company):
    report = send(company, company.ann, data={"done": "first"})
    say(company, report, company.boss, at=shanghai(MONDAY, 17, 5))
    key, now = report.pk, shanghai(MONDAY, 17, 30)
    with pytest.raises(NotFound):
        sending.withdraw(people.actor(company.boss), report_id=key, now=now)
    with clock.at(now):
        sending.withdraw(people.actor(company.ann), report_id=key, now=now)
    for who in (company.ann, company.boss):
        with pytest.raises(NotFound):
            queries.get_report(people.actor(who), key)
    line = Entry.objects.get(action="daily_reports.withdraw")
    assert (line.target_id, line.actor_id) == (key, company.ann.pk)
    assert states(company.template, now=now)["Ann"] == "expected"
    send(company, company.ann, at=shanghai(MONDAY, 17, 40))
    assert states(company.template, now=shanghai(MONDAY, 21))["Ann"] == "on_time"


def test_a_report_is_withdrawn_only_while_it_would_still_count(company):
    report = send(company, company.ann)
    with pytest.raises(Refusal, match="no_longer"):
        sending.withdraw(people.actor(company.ann), report_id=report.pk, now=shanghai(MONDAY, 20, 1))


# --- Who receives ---


def receivers(report):
    return {each.employee.name: each.why for each in Receipt.objects.filter(report=report)}


def test_reports_go_along_the_line_as_of_their_period(company):
    template = make(
        company, "逐级", reporters=Named((company.ann.pk,)), levels=(1, 2), receivers=(company.ben.pk,)
    )
    report = send(company, company.ann, template=template)
    assert receivers(report) == {"Boss": "leader", "Top": "leader", "Ben": "named"}
    ReportingLine.objects.update(starts_on=date(2020, 1, 1))
    later = shanghai(MONDAY + ONE, 10)
    with clock.at(later):
        moving.set_leader(company.admin, company.ann, now=later, leader=company.top)
    late = send(company, company.ann, at=later)  # of Monday, when Boss still led
    assert receivers(late) == {"Boss": "leader"}
    own = send(company, company.ann, on=MONDAY + ONE, at=later)
    assert receivers(own) == {"Top": "leader"}


def test_a_leader_who_leaves_hands_over_read_and_unread(company):
    ReportingLine.objects.update(starts_on=date(2020, 1, 1))
    read, unread = send(company, company.ann), send(company, company.ben)
    read_it(company.boss, read)
    now = shanghai(MONDAY + ONE, 9)
    with clock.at(now):
        leaving.leave(company.admin, company.boss, now=now)
    assert receivers(unread) == {"Boss": "leader", "Top": "handed_over"}
    assert list(
        queries.received_by(people.actor(company.top)).filter(queries.UNREAD).values_list("report", flat=True)
    ) == [unread.pk]
    late = send(company, company.ann, on=MONDAY - ONE * 3, at=now)  # of Friday, when Boss led
    assert receivers(late) == {"Top": "handed_over"}


def test_the_head_of_the_department_receives_but_not_the_own_report(company):
    from qince.core.people.models import Membership

    sales = people.department("Sales")
    day = date(2020, 1, 1)
    for who, is_head in ((company.ann, False), (company.ben, True)):
        Membership.objects.create(employee=who, department=sales, starts_on=day, is_head=is_head)
    template = make(company, "部门", is_for_everybody=True, levels=(), to_head=True)
    assert receivers(send(company, company.ann, template=template)) == {"Ben": "head"}
    assert receivers(send(company, company.ben, template=template)) == {}


def test_a_report_is_seen_by_who_wrote_it_who_received_it_and_who_manages_and_by_nobody_else(company):
    template = make(
        company, "点名", reporters=Named((company.ann.pk,)), receivers=(company.ben.pk,), levels=()
    )
    report = send(company, company.ann, template=template)
    for who in (company.ann, company.ben, company.boss, company.top):
        assert queries.get_report(people.actor(who), report.pk) == report
    with pytest.raises(NotFound):
        queries.get_report(people.actor(staff("Dan", roles=["rep"])), report.pk)
    plain = send(company, company.ann)
    with pytest.raises(NotFound):
        queries.get_report(people.actor(company.ben), plain.pk)


# --- Comments ---


def test_comments_reach_the_writer_the_mentioned_and_with_an_answer_who_commented(company):
    report = send(company, company.ann)
    key = uuid7()
    say(company, report, company.boss, key=key)
    say(company, report, company.boss, key=key)
    assert Comment.objects.count() == 1
    assert Letter.objects.filter(kind="daily_reports.commented", employee=company.ann).count() == 1
    say(company, report, company.ann, "谢谢")
    assert Letter.objects.filter(kind="daily_reports.commented", employee=company.boss).count() == 1
    say(company, report, company.ann, "@Boss", mentions=[company.boss.pk])
    assert Letter.objects.filter(kind="daily_reports.mentioned", employee=company.boss).count() == 1
    with pytest.raises(Refusal, match="not_in_circle"):
        say(company, report, company.ann, "@Ben", mentions=[company.ben.pk])
    with pytest.raises(NotFound):
        say(company, report, company.ben)
    with pytest.raises(Refusal, match="invalid"):
        say(company, report, company.boss, "  ")


def test_a_comment_taken_back_loses_its_words(company):
    made = say(company, send(company, company.ann), company.boss, "嗯")
    with pytest.raises(NotFound):
        answering.take_back(people.actor(company.ann), comment_id=made.pk, now=shanghai())
    answering.take_back(people.actor(company.boss), comment_id=made.pk, now=shanghai())
    made.refresh_from_db()
    assert (made.text, made.taken_back_at) == ("", shanghai())


# --- Templates ---


def test_a_template_whose_fields_say_nothing_of_privacy_or_are_sensitive_is_refused(company):
    def changed(**privacy):
        made = {**FIELDS, "fields": [{**FIELDS["fields"][1], "privacy": privacy}]}
        return designing.create_template(
            company.admin, now=shanghai(), name="X",
            setup=setup(is_for_everybody=True, autofill={}).__class__(
                rule=setup().rule, definition=read(made), is_for_everybody=True
            ),
        )  # fmt: skip

    with pytest.raises(NotPublishable):
        changed()
    sensitive = {"is_personal": True, "category": "health", "purpose": "form_sensitive", "is_sensitive": True}
    with pytest.raises(Refusal, match="sensitive"):
        changed(**sensitive, reason="x")
    with pytest.raises(Refusal, match="others"):
        changed(is_personal=True, category="contact", purpose="basic", is_of_others=True)


def test_a_template_names_somebody_and_facts_that_fit(company):
    with pytest.raises(Refusal, match="nobody"):
        make(company, "X")
    with pytest.raises(Refusal, match="unfit"):
        make(company, "X", is_for_everybody=True, autofill={"mood": "forms_filled"})
    with pytest.raises(NotFound):
        make(company, "X", reporters=Named((uuid7(),)))
    with pytest.raises(Refusal, match="invalid"):
        make(company, "日报", is_for_everybody=True)


# --- Erasure ---


def test_after_erasure_nobody_can_be_read_and_the_counts_stay(company, data_folder):
    report = send(company, company.ann, data={"done": "secret", "mood": "good"})
    say(company, report, company.boss, "about Ann")
    revise(company, report, at=shanghai(MONDAY, 18), data={"done": "secret, too"})
    round_at(shanghai(MONDAY, 19))
    before = sorted(states(company.template, now=shanghai(MONDAY, 21)).values())
    begun = erase(company.admin, plan_for(subjects.of_employee(company.ann)), now=clock.now())
    working.carry_out(company.ann.organization_id, begun.pk, now=clock.now())
    report.refresh_from_db()
    assert (report.answers, report.marks, report.autofill) == ({}, {}, {})
    assert not Edition.objects.exists()
    assert set(Comment.objects.values_list("text", flat=True)) == {""}
    assert report.employee.name != "Ann"
    rows = Obligation.objects.filter(template=company.template, period_on=MONDAY)
    assert (
        sorted(rows.annotate(state=queries.state_at(shanghai(MONDAY, 21))).values_list("state", flat=True))
        == before
    )
