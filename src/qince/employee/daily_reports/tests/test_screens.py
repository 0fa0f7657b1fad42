"""Reports on the console: the inbox, one report, who has reported, figures, templates."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from qince.core.people.tests import factories as people
from qince.employee.daily_reports.figures import figures
from qince.employee.daily_reports.models import Comment, Obligation, Receipt, Report, Template
from qince.employee.daily_reports.presets import PRESETS
from qince.employee.daily_reports.tests.scene import MONDAY, ONE, make, round_at, send, shanghai, staff
from qince.employee.daily_reports.tests.test_reports import read_it, revise
from qince.kit import clock

AFTER = shanghai(MONDAY, 20, 1)


def page(who, name, *args, query="", now=AFTER, **more):
    with clock.at(now):
        return people.browser(who).get(reverse(f"daily_reports:{name}", args=args) + query, **more)


def posted(who, route, *args, now=AFTER, **data):
    with clock.at(now):
        return people.browser(who).post(reverse(f"daily_reports:{route}", args=args), data)


def sent(who, name, *args, now=AFTER, **body):
    with clock.at(now):
        return people.browser(who).post(
            reverse(f"daily_reports:{name}", args=args), json.dumps(body), content_type="application/json",
            headers={"accept": "application/json"},
        )  # fmt: skip


# --- Reading ---


def test_the_inbox_shows_unread_first_and_nothing_of_others(company):
    first = send(company, company.ann, data={"done": "from Ann"})
    send(company, company.ben, at=shanghai(MONDAY, 17, 5), data={"done": "from Ben"})
    read_it(company.boss, Report.objects.get(employee=company.ben))
    text = page(company.boss, "inbox").content.decode()
    assert text.index("from Ann") < text.index("from Ben")
    only = page(company.boss, "inbox", query="?which=unread").content.decode()
    assert "from Ann" in only
    assert "from Ben" not in only
    assert "from Ann" not in page(company.ben, "inbox").content.decode()
    assert first.receipts.count() == 1


def test_a_report_shows_where_each_answer_is_from_and_what_the_records_said(company):
    report = send(company, company.ann, data={"forms": 7, "done": "<b>done</b>"})
    text = page(company.boss, "report_detail", report.pk).content.decode()
    assert "&lt;b&gt;done&lt;/b&gt;" in text
    assert "Changed by hand" in text
    assert "Records said: 0" in text
    assert page(company.ben, "report_detail", report.pk).status_code == 404
    assert page(company.ann, "report_detail", report.pk).status_code == 200


def test_earlier_editions_open_and_show_what_changed(company):
    report = send(company, company.ann, data={"done": "the first words"})
    assert "Edition 1" not in page(company.boss, "report_detail", report.pk).content.decode()
    revise(company, report, at=shanghai(MONDAY, 18), data={"done": "the second words"})
    now = page(company.boss, "report_detail", report.pk).content.decode()
    assert "the second words" in now
    assert "the first words" not in now
    compared = page(company.boss, "report_detail", report.pk, query="?edition=2").content.decode()
    assert '<span class="report-was">the first words</span>' in compared
    before = page(company.boss, "report_detail", report.pk, query="?edition=1").content.decode()
    assert "the second words" not in before
    assert page(company.boss, "report_detail", report.pk, query="?edition=x").status_code == 200


def test_opening_a_report_marks_it_read_by_an_act_and_the_keyboard_turns_on(company):
    older, newer = send(company, company.ann), send(company, company.ben, at=shanghai(MONDAY, 17, 5))
    text = page(company.boss, "report_detail", newer.pk).content.decode()
    assert f'rel="next" href="{reverse("daily_reports:report_detail", args=[older.pk])}"' in text
    assert Receipt.objects.get(report=newer).read_edition == 0  # looking at a page writes nothing
    assert posted(company.boss, "read", newer.pk).status_code == 204
    assert Receipt.objects.get(report=newer).read_at == AFTER
    assert posted(company.ben, "read", older.pk).status_code == 404


def test_comments_are_made_and_taken_back_on_the_page(company):
    report = send(company, company.ann)
    made = posted(company.boss, "comment", report.pk, text="Well done", mentions=[str(company.ann.pk)])
    assert made.status_code == 302
    found = Comment.objects.get()
    assert [each.employee for each in found.mentions.all()] == [company.ann]
    assert "Well done" in page(company.ann, "report_detail", report.pk).content.decode()
    assert posted(company.ann, "take_back", found.pk).status_code == 404
    posted(company.boss, "take_back", found.pk)
    assert "Well done" not in page(company.ann, "report_detail", report.pk).content.decode()
    assert posted(company.boss, "comment", report.pk, text="x", mentions=["nobody"]).status_code == 404
    assert posted(company.boss, "comment", report.pk, text=" ").status_code == 422


def test_one_sees_what_one_owes_and_withdraws_what_still_counts(company):
    round_at(shanghai(MONDAY, 8))
    report = send(company, company.ann)
    at = shanghai(MONDAY, 18)
    assert "In time" in page(company.ann, "mine", now=at).content.decode()
    assert posted(company.ann, "withdraw", report.pk, now=at).status_code == 302
    assert page(company.boss, "report_detail", report.pk).status_code == 404
    assert "Not yet sent" in page(company.ann, "mine", now=at).content.decode()


# --- Who has reported ---


def test_the_missing_list_is_right_at_the_deadline_and_its_people_are_reminded_together(company):
    round_at(shanghai(MONDAY, 8))
    send(company, company.ann)
    query = f"?state=missing&period_on={MONDAY}..{MONDAY}"
    before = page(
        company.boss, "obligation_list", query=query, now=AFTER - timedelta(seconds=1)
    ).content.decode()
    assert "Ben" not in before
    text = page(company.boss, "obligation_list", query=query).content.decode()
    assert "Ben" in text
    assert "Ann" not in text
    rows = Obligation.objects.filter(period_on=MONDAY)
    with clock.at(AFTER):
        answer = people.browser(company.boss).post(
            reverse("daily_reports:obligation_bulk", args=["remind"]),
            {"ids": [str(each.pk) for each in rows]},
        )
    assert answer.status_code in (200, 302)
    from qince.core.letters.models import Letter

    told = Letter.objects.filter(kind="daily_reports.nudged")
    assert [each.employee for each in told] == [company.ben]  # Ann's is there


def test_a_period_explains_itself(company):
    round_at(shanghai(MONDAY, 8))
    row = Obligation.objects.get(employee=company.ben, period_on=MONDAY)
    text = page(company.boss, "obligation_detail", row.pk).content.decode()
    assert "Owed for these working days" in text
    assert "Nothing has come." in text
    assert page(company.ann, "obligation_detail", row.pk).status_code == 404


def test_the_list_leaves_as_a_table(company):
    round_at(shanghai(MONDAY, 8))
    with clock.at(AFTER):
        answer = people.browser(company.boss).get(reverse("daily_reports:obligation_export_xlsx"))
    rows = list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)
    assert {row[0] for row in rows[1:]} == {"Ann", "Ben"}


# --- Figures ---


def test_figures_add_up_and_leave_as_a_table(company):
    for on in (MONDAY, MONDAY + ONE):
        round_at(shanghai(on, 8))
        send(company, company.ann, on=on, at=shanghai(on, 17), data={"forms": 3})
    send(company, company.ben, at=shanghai(MONDAY, 18, 30), data={"forms": 4})
    now = shanghai(MONDAY + ONE, 21)
    actor = people.actor(company.boss)
    with clock.at(now):
        found = figures(actor, company.template, MONDAY, MONDAY + ONE, now=now)
    assert (found.total.owed, found.total.on_time, found.total.late, found.total.missing) == (4, 2, 1, 1)
    assert [total for _label, total in found.sums] == [10]
    assert found.total.reporters == sum(tally.reporters for _name, tally in found.departments)
    text = page(company.boss, "statistics", query="?month=2026-03", now=now).content.decode()
    assert "report-grid" in text
    with clock.at(now):
        answer = people.browser(company.boss).get(reverse("daily_reports:export") + "?month=2026-03")
    rows = list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)
    ann = next(row for row in rows if row[0] == "Ann")
    assert ann[-1] in (6, "6")
    assert page(company.ann, "export").status_code == 403
    assert page(company.boss, "statistics", query="?template=nothing").status_code == 404


def test_figures_cost_the_same_for_many_people(company, django_assert_max_num_queries):
    template = make(company, "全员", is_for_everybody=True)
    for number in range(20):
        staff(f"P{number}", leader=company.boss)
    round_at(shanghai(MONDAY, 8))
    with django_assert_max_num_queries(12):
        found = figures(people.actor(company.top), template, MONDAY, MONDAY, now=AFTER)
        assert len(found.people) >= 23


# --- Templates ---


@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_every_preset_makes_a_template_that_works(company, preset):
    admin = company.admin.employee_id
    from qince.core.people.models import Employee

    who = Employee.objects.get(pk=admin)
    answer = posted(who, "template_new", name=preset, preset=preset, is_for_everybody="on")
    assert answer.status_code == 302, answer.content.decode()[:2000]
    made = Template.objects.get(name=preset)
    assert page(who, "template_detail", made.pk).status_code == 200
    assert page(who, "template_edit", made.pk).status_code == 200
    assert page(who, "designer", made.pk).status_code == 200
    assert Obligation.objects.filter(template=made, employee=company.ann).exists()


def test_a_template_is_changed_with_the_form_and_its_fields_with_the_designer(company):
    from qince.core.people.models import Employee

    who = Employee.objects.get(pk=company.admin.employee_id)
    form = {
        "name": "日报", "is_active": "on", "cycle": "weekly", "basis": "work", "due_at": "12:00", "due_after": "1",
        "late_hours": "24", "remind_minutes": "30", "people": [str(company.ann.pk)], "levels": ["1", "2"],
        "fact_forms": "forms_filled",
    }  # fmt: skip
    answer = posted(who, "template_edit", company.template.pk, **form)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    version = company.template.versions.get(number=2)
    assert (version.rules.cycle.value, version.levels) == ("weekly", [1, 2])
    company.template.refresh_from_db()
    fields = json.loads(json.dumps(company.template.draft))
    fields["fields"] = fields["fields"][1:]
    kept = sent(who, "draft", company.template.pk, definition=fields, revision=company.template.revision)
    assert kept.status_code == 200, kept.content
    stale = sent(who, "draft", company.template.pk, definition=fields, revision=1)
    assert stale.status_code == 409
    assert sent(who, "publication", company.template.pk).json() == {"version": 3}
    latest = company.template.versions.get(number=3)
    assert latest.autofill == {}  # its field is gone
    assert latest.rules.cycle.value == "weekly"
    assert sent(who, "publication", company.template.pk).status_code == 422
    assert sent(company.boss, "publication", company.template.pk).status_code == 403
    assert page(company.boss, "template_detail", company.template.pk).status_code == 403  # it names people


def test_a_template_out_of_use_asks_for_nothing_and_keeps_what_was_missing(company):
    round_at(shanghai(MONDAY, 8))
    from qince.employee.daily_reports.actions import designing

    now = shanghai(MONDAY, 9)
    with clock.at(now):
        designing.edit_template(company.admin, company.template, now=now, is_active=False)
    rows = Obligation.objects.filter(template=company.template)
    assert not rows.filter(period_on__gte=MONDAY).exists()
    assert rows.filter(period_on__lt=MONDAY).exists()
