"""The console's pages: what stands on them, what does not, and the acts behind their buttons."""

import pytest
from django.urls import reverse

from qince.core.people.tests import factories as people
from qince.core.rights.models import CalendarDay
from qince.employee.calendar.actions import guesting
from qince.employee.calendar.models import AgendaShare, Attendee, CalendarKey, Event, Reminder
from qince.employee.calendar.tests.scene import BERLIN, HOUR, MONDAY, NOW, SHANGHAI, WEEK, change, create
from qince.employee.calendar.tests.scene import agenda as entries

AGENDA = reverse("calendar:agenda")


def page(who, address=AGENDA, **query):
    answer = people.browser(who).get(address, query)
    assert answer.status_code == 200, answer.content[:500]
    return answer.content.decode()


def on(view="week", at=MONDAY):
    return {"view": view, "on": at.date().isoformat()}


def form(**more):
    return {
        "title": "周会", "starts_on": "2026-03-09", "starts_time": "09:00", "ends_on": "2026-03-09",
        "ends_time": "10:00", "zone": SHANGHAI, "visibility": "public", "repeats": "", **more,
    }  # fmt: skip


@pytest.mark.parametrize("view", ["month", "week", "list"])
def test_an_event_stands_in_every_view_with_its_time(company, view):
    create(company.ann, title="周会", rrule="FREQ=WEEKLY")
    html = page(company.ann, **on(view))
    assert "周会" in html
    assert "09:00–10:00" in html


def test_of_a_colleague_the_page_holds_busy_times_and_no_text(company):
    create(company.ben, title="机密议题", place="暗室", notes="不可外传")
    create(company.ben, title="私事", starts=MONDAY + 4 * HOUR, visibility="private")
    for view in ("month", "week", "list"):
        html = page(company.ann, **on(view), **{"with": str(company.ben.pk)})
        assert "Busy" in html
        assert not any(word in html for word in ("机密议题", "暗室", "不可外传", "私事"))
    assert "机密议题" in page(company.boss, **on(), **{"with": str(company.ben.pk)})
    stranger = page(company.cai, **on(), **{"with": str(company.ben.pk)})
    assert "Busy" not in stranger


def test_an_event_of_others_does_not_exist_for_whoever_may_not_know_it(company):
    event = create(company.ben, title="机密", visibility="busy")
    address = reverse("calendar:event", args=[event.pk])
    for who in (company.ann, company.boss, company.cai):
        assert people.browser(who).get(address).status_code == 404
    assert "机密" in page(company.ben, address)


def test_an_event_is_entered_and_conflicts_are_told_once(company):
    create(company.ann, title="早会", starts=MONDAY.replace(year=2036))
    later = {"starts_on": "2036-03-09", "ends_on": "2036-03-09"}
    browser = people.browser(company.ann)
    first = browser.post(reverse("calendar:new"), form(title="客户会", **later))
    assert first.status_code == 200
    assert "早会" in first.content.decode()
    assert Event.objects.count() == 1
    again = browser.post(reverse("calendar:new"), form(title="客户会", despite="1", **later))
    assert again.status_code == 302
    assert Event.objects.count() == 2


def test_the_form_says_what_is_wrong_at_its_fields(company):
    browser = people.browser(company.ann)
    for wrong, words in (
        ({"ends_time": "08:00"}, "ends before it begins"),
        ({"repeats": "custom", "rrule": "FREQ=HOURLY"}, "daily at most"),
        ({"repeats": "custom"}, "Write a rule"),
        ({"starts_time": ""}, "Give a time"),
        ({"repeats": "DAILY", "count": "3", "until": "2026-05-01"}, "not both"),
        ({"title": ""}, "required"),
    ):
        answer = browser.post(reverse("calendar:new"), form(**wrong))
        assert answer.status_code == 422, wrong
        assert words in answer.content.decode()
    assert not Event.objects.exists()


def test_a_weekly_choice_becomes_a_rule_that_holds_the_first_day(company):
    people.browser(company.ann).post(
        reverse("calendar:new"), form(repeats="WEEKLY", every="2", weekdays=["WE"], count="6")
    )
    assert Event.objects.get().rrule == "FREQ=WEEKLY;INTERVAL=2;COUNT=6;BYDAY=MO,WE"


@pytest.mark.parametrize(("reach", "changed"), [("this", 1), ("following", 3), ("all", 4)])
def test_an_edit_asks_which_and_changes_those(company, reach, changed):
    event = create(company.ann, title="旧", rrule="FREQ=WEEKLY;COUNT=4;BYDAY=MO")
    second = MONDAY + WEEK
    address = f"{reverse('calendar:edit', args=[event.pk])}?at={second.isoformat()}"
    browser = people.browser(company.ann)
    html = browser.get(address).content.decode()
    assert 'value="following"' in html
    assert 'value="2026-03-16"' in html
    sent = form(
        title="新", starts_on="2026-03-16", ends_on="2026-03-16", repeats="WEEKLY", count="4", weekdays=["MO"],
        reach=reach, version=event.version,
    )  # fmt: skip
    assert browser.post(address, sent).status_code == 302
    titles = [each.texts.title for each in entries(company.ann)]
    assert titles.count("新") == changed
    assert len(titles) == 4  # a count left as it was goes on counting down


def test_an_edit_keeps_the_zone_the_event_is_in(company):
    event = create(company.ann, title="柏林", zone=BERLIN, rrule="FREQ=WEEKLY;BYDAY=MO")
    address = f"{reverse('calendar:edit', args=[event.pk])}?at={MONDAY.isoformat()}"
    html = people.browser(company.ann).get(address).content.decode()
    assert f'<option value="{BERLIN}" selected>' in html
    assert "16:00–17:00" in page(company.ann, **on())  # of Shanghai


def test_removing_asks_which_too(company):
    event = create(company.ann, rrule="FREQ=WEEKLY;COUNT=4")
    browser = people.browser(company.ann)
    address = reverse("calendar:remove", args=[event.pk])
    assert browser.post(address, {"reach": "this", "at": (MONDAY + WEEK).isoformat()}).status_code == 302
    assert len(entries(company.ann)) == 3
    assert browser.post(address, {"reach": "all"}).status_code == 302
    assert not Event.objects.exists()


def test_an_invitation_is_answered_from_the_agenda_and_the_reminder_set(company):
    event = create(company.ann, title="评审", starts=MONDAY.replace(year=2036), guest_ids=[company.ben.pk])
    browser = people.browser(company.ben)
    assert "评审" in browser.get(AGENDA).content.decode()
    browser.post(reverse("calendar:answer", args=[event.pk]), {"status": "accepted", "back": "agenda"})
    assert Attendee.objects.get().status == "accepted"
    browser.post(reverse("calendar:remind", args=[event.pk]), {"minutes_before": "60"})
    assert Reminder.objects.get().minutes_before == 60
    assert people.browser(company.cai).post(
        reverse("calendar:answer", args=[event.pk]), {"status": "accepted"}
    ).status_code == 404  # fmt: skip


def test_layers_are_switched_in_the_address(company):
    create(company.ann, title="周会")
    assert "周会" in page(company.ann, **on(), layers="events")
    assert "周会" not in page(company.ann, **on(), layers="shifts")
    assert "周会" in page(company.ann, **on(), layers="nonsense")


def test_public_holidays_and_make_up_days_are_marked(company):
    html = page(company.ann, view="month", on="2026-02-18")
    assert html.count("cal-mark is-rest") >= 5  # the Spring Festival, but for its weekends
    assert "cal-mark is-work" in html
    CalendarDay.objects.create(on="2026-03-11", is_workday=False)
    assert "cal-mark is-rest" in page(company.ann, **on())


def test_weeks_begin_on_monday(company):
    html = page(company.ann, **on("month"))
    heads = html[html.index("<thead>") : html.index("</thead>")]
    assert heads.index("Mon") < heads.index("Sun")


def test_nonsense_in_the_address_shows_today(company):
    for query in (
        {"on": "yesterday"}, {"on": "9999-12-31"}, {"on": "0001-01-01"}, {"view": "x"}, {"with": "x"},
        {"layers": ",,"},
    ):  # fmt: skip
        page(company.ann, **query)
    event = create(company.ann, rrule="FREQ=DAILY")
    for at in ("x", "2026-03-09T09:00+08:00", "0001-01-01T00:00", "2026-03-09"):
        page(company.ann, reverse("calendar:event", args=[event.pk]), at=at)
        page(company.ann, reverse("calendar:edit", args=[event.pk]), at=at)


def test_a_secret_is_shown_once_and_revoked(company):
    browser = people.browser(company.ann)
    made = browser.post(reverse("calendar:make_key"), {"kind": "feed", "name": "iPhone"}).content.decode()
    assert "/calendar/feed/" in made
    secret = made.split("/calendar/feed/")[1].split(".ics")[0]
    assert secret not in browser.get(reverse("calendar:settings")).content.decode()
    app = browser.post(reverse("calendar:make_key"), {"kind": "app", "name": "DAVx"}).content.decode()
    assert "/caldav/" in app
    key = CalendarKey.objects.get(kind="app")
    assert browser.post(reverse("calendar:revoke_key", args=[key.pk])).status_code == 302
    other = CalendarKey.objects.get(kind="feed")
    assert (
        people.browser(company.ben).post(reverse("calendar:revoke_key", args=[other.pk])).status_code == 404
    )


def test_sharing_is_begun_and_ended_in_the_settings(company):
    create(company.ann, title="季度会")
    browser = people.browser(company.ann)
    assert browser.post(reverse("calendar:share"), {"viewer": company.ben.pk}).status_code == 302
    assert "季度会" in page(company.ben, **on(), **{"with": str(company.ann.pk)})
    found = AgendaShare.objects.get()
    assert browser.post(reverse("calendar:unshare", args=[found.pk])).status_code == 302
    assert "季度会" not in page(company.ben, **on(), **{"with": str(company.ann.pk)})
    assert browser.post(reverse("calendar:share"), {"viewer": company.cai.pk}).status_code == 422


def test_a_private_exception_hides_its_page_from_those_who_see_the_series(company):
    event = create(company.ann, title="周会", rrule="FREQ=WEEKLY")
    second = MONDAY + WEEK
    change(
        company.ann,
        event,
        "this",
        second,
        title="面谈",
        starts=second,
        rrule=event.rrule,
        visibility="private",
    )
    guesting.share(people.actor(company.ann), viewer=company.ben, now=NOW)
    address = reverse("calendar:event", args=[event.pk])
    assert "周会" in page(company.ben, address)
    hidden = people.browser(company.ben).get(address, {"at": second.isoformat()})
    assert hidden.status_code == 404
