"""Reports on the phone: sent once whatever happens, filled in from the own records, read and commented on."""

import json

import pytest
from django.test import Client

from qince.core.people.tests import factories as people
from qince.core.privacy.gate import AT_THE_ACT, LOCATION
from qince.core.privacy.tests.factories import agree, decide
from qince.employee.daily_reports import sync
from qince.employee.daily_reports.models import Comment, Obligation, Receipt, Report
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
)
from qince.engines.forms.schema import read
from qince.engines.sync.tests.factories import evidence, operation, push
from qince.kit import clock
from qince.kit.ids import uuid7
from qince.masterdata.customers.tests import factories as customers
from qince.sales.visits.models import CheckEvent, Visit
from tests.access.planting import phone_token

NOBODY = {"is_personal": False}
VISITED = {
    **FIELDS,
    "fields": [
        {**FIELDS["fields"][0], "id": "visits", "name": "visits", "label": {"en": "Visits"}},
        {
            "id": "stores", "name": "stores", "kind": "table", "label": {"en": "Stores"},
            "fields": [
                {"id": "store", "name": "store", "kind": "customer", "label": {"en": "Store"}, "privacy": NOBODY},
                {"id": "said", "name": "said", "kind": "text", "label": {"en": "Remark"}, "privacy": NOBODY},
            ],
        },
        {**FIELDS["fields"][0], "id": "way", "name": "way", "kind": "number", "label": {"en": "Way"}},
        FIELDS["fields"][1],
    ],
}  # fmt: skip
AUTOFILL = {"visits": "visits_made", "stores": "customers_visited", "way": "way_between"}


@pytest.fixture
def field(company):
    """Ann's template, filled in from visits; two stores of hers."""
    with clock.at(shanghai(MONDAY - ONE, 9)):
        from qince.employee.daily_reports.actions import designing

        company.visits = designing.create_template(
            company.admin, now=shanghai(MONDAY - ONE, 9), name="拜访日报",
            setup=setup(reporters=Named((company.ann.pk,))).__class__(
                rule=setup().rule, definition=read(VISITED), autofill=AUTOFILL, reporters=Named((company.ann.pk,))
            ),
        )  # fmt: skip
    company.stores = [customers.store(company.ann), customers.store(company.ann)]
    return company


def visit(company, store, *, start, end, lat=None):
    found = Visit.objects.create(
        employee=company.ann, customer=store, on=MONDAY, state="completed", checked_in_at=start, checked_out_at=end,
        verdict="inside",
    )  # fmt: skip
    if lat is not None:
        CheckEvent.objects.create(
            visit=found, kind="in", at=start, device_time=start, received_at=start, lat=lat, lng=118.8, accuracy_m=10,
            verdict="inside",
        )  # fmt: skip
    return found


def payload(company, template, *, at, data, key=None, filled_ms=0):
    return operation(
        "daily_reports.send",
        {
            "daily_report_id": str(key or uuid7()), "report_template_id": str(template.pk),
            "period_on": MONDAY.isoformat(), "version": 1, "data": data, "filled_ms": filled_ms,
            "evidence": evidence(at=at, manual="x"),
        },
    )  # fmt: skip


def pushed(who, *operations, now):
    with clock.at(now):
        return push(people.actor(who, client="phone"), *operations, now=now)


def test_a_report_arrives_once_though_it_is_sent_twice_and_counts_by_when_it_was_sent(field):
    at = shanghai(MONDAY, 17, 59)
    sent = payload(field, field.template, at=at, data={"forms": 0, "done": "x"})
    first = pushed(field.ann, sent, now=at)
    again = pushed(field.ann, sent, now=shanghai(MONDAY + ONE, 9))
    assert first[sent["id"]].state == again[sent["id"]].state == "accepted"
    assert Report.objects.get().sent_at == at
    late = payload(field, field.template, at=shanghai(MONDAY, 17, 58), data={"forms": 0, "done": "x"})
    assert pushed(field.ben, late, now=shanghai(MONDAY + ONE, 9))[late["id"]].state == "accepted"
    assert Report.objects.get(employee=field.ben).sent_at == shanghai(MONDAY, 17, 58)


def test_what_is_refused_says_why_and_leaves_the_others(field):
    at = shanghai()
    good = payload(field, field.template, at=at, data={"forms": 0, "done": "x"})
    twice = payload(field, field.template, at=at, data={"forms": 0, "done": "y"})
    empty = payload(field, field.visits, at=at, data={})
    results = pushed(field.ann, good, twice, empty, now=at)
    assert results[good["id"]].state == "accepted"
    assert [results[each["id"]].code for each in (twice, empty)] == ["sent_already", "answers_refused"]
    assert Report.objects.count() == 1


def test_visits_of_the_day_fill_the_report_in_and_edits_are_marked(field):
    one, other = field.stores
    visit(field, one, start=shanghai(MONDAY, 9), end=shanghai(MONDAY, 10), lat=32.00)
    visit(field, other, start=shanghai(MONDAY, 11), end=shanghai(MONDAY, 12), lat=32.01)
    visit(field, one, start=shanghai(MONDAY, 16), end=shanghai(MONDAY, 17, 30))
    rows = [{"_id": str(each.pk), "store": str(each.pk), "said": "货架好"} for each in field.stores]
    begun, at = shanghai(MONDAY, 15), shanghai(MONDAY, 17)
    data = {"visits": 2, "stores": rows, "done": "见附"}
    made = payload(field, field.visits, at=at, data=data, filled_ms=int((at - begun).total_seconds() * 1000))
    assert pushed(field.ann, made, now=at)[made["id"]].state == "accepted"
    report = Report.objects.get()
    # Positions need a consent of their own, which Ann has not given.
    assert report.autofill == {
        "visits": 2, "stores": [{"_id": str(each.pk), "store": str(each.pk)} for each in field.stores]
    }  # fmt: skip
    assert report.marks == {"visits": "facts", "stores": "facts", "done": "hand"}
    fewer = operation(
        "daily_reports.revise",
        {
            "daily_report_id": str(report.pk), "version": 1, "filled_ms": 0, "evidence": evidence(at=at, manual="x"),
            "data": {**data, "visits": 5, "stores": rows[:1]},
        },
        base=1,
    )  # fmt: skip
    assert pushed(field.ann, fewer, now=at)[fewer["id"]].state == "accepted"
    report.refresh_from_db()
    assert (report.edition, report.marks["visits"], report.marks["stores"]) == (2, "edited", "edited")


@pytest.mark.parametrize("says", ["the operation", "the payload, as apps of the release before"])
def test_a_change_of_an_old_edition_comes_back_with_what_is_there_now(field, says):
    at = shanghai(MONDAY, 17)
    made = payload(field, field.template, at=at, data={"forms": 0, "done": "x"})
    assert pushed(field.ann, made, now=at)[made["id"]].result["version"] == 1

    def revised(done, edition):
        body = {
            "daily_report_id": made["payload"]["daily_report_id"], "version": 1, "filled_ms": 0,
            "evidence": evidence(at=at, manual="x"), "data": {"forms": 0, "done": done},
        }  # fmt: skip
        if says == "the operation":
            return operation("daily_reports.revise", body, base=edition)
        return operation("daily_reports.revise", {**body, "edition": edition})

    first, late = revised("y", 1), revised("z", 1)
    assert pushed(field.ann, first, now=at)[first["id"]].state == "accepted"
    found = pushed(field.ann, late, now=at)[late["id"]]
    assert (found.state, found.code, found.result["version"]) == ("conflict", "changed_meanwhile", 2)
    assert (found.result["current"]["edition"], found.result["current"]["data"]["done"]) == (2, "y")
    assert Report.objects.select_related("by_version").get().data["done"] == "y"


def asked(company, template, on=MONDAY, who=None):
    client = Client(
        headers={"Authorization": f"Bearer {phone_token(who or company.ann)}", "Accept-Language": "en"}
    )
    body = json.dumps({"report_template_id": str(template.pk), "period_on": on.isoformat()})
    return client.post("/api/phone/v1/daily-reports/prefill", body, content_type="application/json")


def test_the_server_fills_in_positions_only_with_consent(field):
    visit(field, field.stores[0], start=shanghai(MONDAY, 9), end=shanghai(MONDAY, 10), lat=32.00)
    visit(field, field.stores[1], start=shanghai(MONDAY, 11), end=shanghai(MONDAY, 12), lat=32.01)
    found = asked(field, field.visits)
    assert found.status_code == 200, found.text
    assert found.json()["values"]["visits"] == 2
    assert "way" not in found.json()["values"]
    decide(field.ann, LOCATION, circumstances=AT_THE_ACT)
    assert asked(field, field.visits).json()["values"]["way"] == "1.1"


@pytest.mark.parametrize(("on", "code"), [(MONDAY - ONE * 400, "no_such_period"), (MONDAY, "not_found")])
def test_nothing_is_filled_in_for_what_one_does_not_owe(field, on, code):
    template = field.visits if code != "not_found" else make(field, "X", reporters=Named((field.ben.pk,)))
    assert asked(field, template, on).json()["code"] == code


def test_reading_commenting_and_taking_back_from_the_phone(company):
    report = send(company, company.ann)
    now, key = shanghai(MONDAY, 19), uuid7()
    read_it = operation("daily_reports.read", {"daily_report_id": str(report.pk)})
    said = operation(
        "daily_reports.comment",
        {"comment_id": str(key), "daily_report_id": str(report.pk), "text": "好", "mentions": [str(company.ann.pk)]},
    )  # fmt: skip
    back = operation("daily_reports.take_back", {"comment_id": str(key)}, after=[said["id"]])
    results = pushed(company.boss, read_it, said, back, now=now)
    assert {results[each["id"]].state for each in (read_it, said, back)} == {"accepted"}
    assert Receipt.objects.get(report=report).read_at == now
    assert Comment.objects.get().taken_back_at == now
    stranger = people.employee("Other", roles=["rep"])
    agree(stranger)
    again = operation("daily_reports.read", {"daily_report_id": str(report.pk)})
    assert pushed(stranger, again, now=now)[again["id"]].code == "not_found"


def held(actor, name, now):
    from qince.engines.sync.registry import collections

    found = collections[name]
    with clock.in_zone("Asia/Shanghai"):
        keys = list(found.versions(actor, now))
        return {str(row["id"]): row for row in found.load(actor, keys, now)}


def test_the_phone_holds_what_is_owed_its_templates_and_both_sides_of_reports(company, inside):
    assert sync
    now = shanghai(MONDAY, 17)
    round_at(now)
    ann, boss = (people.actor(each, client="phone") for each in (company.ann, company.boss))
    tasks = held(ann, "report_tasks", now)
    today = next(row for row in tasks.values() if row["period_on"] == MONDAY)
    assert (today["name"], today["reason"], today["sent_at"]) == ("日报", "", None)
    template = held(ann, "report_templates", now)[today["template"]]
    assert (template["number"], template["autofill"]) == (1, {"forms": "forms_filled"})
    assert "version" not in template  # that name is the protocol's own
    report = send(company, company.ann, at=now, data={"forms": 3})
    own = held(ann, "daily_reports", now)[str(report.pk)]
    assert own["data"] == {"forms": 3, "done": "x"}
    assert [(each["mark"], each["said"]) for each in own["lines"]] == [("edited", "0"), ("hand", "")]
    received = held(boss, "daily_reports", now)[str(report.pk)]
    assert (received["is_unread"], received["data"], received["author"]) == (True, None, "Ann")
    task = next(row for row in held(ann, "report_tasks", now).values() if row["period_on"] == MONDAY)
    assert task["report_id"] == report.pk
    assert held(people.actor(company.ben, client="phone"), "daily_reports", now) == {}


def test_pulling_costs_the_same_for_many_reports(company, django_assert_max_num_queries):
    now = shanghai(MONDAY, 17)
    for on in (MONDAY, MONDAY - ONE * 3, MONDAY - ONE * 4, MONDAY - ONE * 5):
        round_at(shanghai(on, 8))
        for who in (company.ann, company.ben):
            send(company, who, on=on, at=shanghai(on, 17))
    assert Obligation.objects.filter(report__isnull=False).count() == 8
    with django_assert_max_num_queries(20):
        assert len(held(people.actor(company.boss), "daily_reports", now)) == 8
