"""The access log: one line for each request, in exactly the declared fields, and nothing of what was sent."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.test import Client

from qince.core.people.tests import factories as people
from qince.core.privacy.registry import Personal, declared
from qince.core.privacy.retention import RETENTIONS, months_after
from qince.core.watch import keeping
from qince.core.watch.buffer import Buffer, buffer
from qince.core.watch.lines import carrier_of
from qince.core.watch.models import Access, OutsideAccess
from qince.core.watch.privacy import ACCESS_FIELDS
from qince.kit import clock
from qince.kit.tenancy import tenant

MARK = "Geheim9Marker7"
# The agreement's own list (2.2.3), and what makes it a log: which page, and how it answered.
AGREED = {"ip", "browser", "carrier", "language", "at"}
AGENT = "Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537"


@pytest.fixture(autouse=True)
def empty():
    buffer.waiting.clear()
    yield
    buffer.waiting.clear()


@pytest.fixture
def admin(organization):
    with tenant(organization):
        return people.employee("李管理", roles=["administrator"])


def browser(who):
    with tenant(who.organization_id):
        return people.browser(who)


def lines(organization):
    buffer.flush()
    with tenant(organization):
        return list(Access.objects.order_by("at"))


@pytest.mark.clause("C2.2.3-01")
def test_each_request_leaves_one_line_and_nothing_of_its_content(organization, admin):
    client = browser(admin)
    headers = {"user-agent": f"{AGENT} {MARK}", "accept-language": "zh-CN,en", "x-carrier": "46000"}
    client.get(f"/employees/?q={MARK}", headers=headers)
    client.post("/employees/new/", {"name": MARK, "mobile": MARK}, headers=headers)
    client.get(f"/{MARK}/", headers=headers)
    found = lines(organization)
    told = [(line.method, line.route, line.status) for line in found]
    assert told[0] == ("GET", "people:employees_list", 200)
    assert told[1][:2] == ("POST", "people:employees_new")
    assert len(told) == 2  # an address that is none never reaches the organization …
    assert {line.employee_id for line in found} == {admin.pk}
    assert {(line.ip, line.browser, line.carrier, line.language) for line in found} == {
        ("127.0.0.1", "Chrome · Windows", "China Mobile", "zh-CN")
    }
    assert OutsideAccess.objects.get().status == 404  # … and is a stranger's
    assert MARK not in everything(organization, "watch_access", "watch_outsideaccess")


def everything(organization, *tables):
    """The text of the first table that holds the mark. Inside the organization: outside, its rows are invisible."""
    with tenant(organization), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t")
            if MARK in (text := cursor.fetchone()[0] or ""):
                return text
    return ""


@pytest.mark.parametrize(
    "header", ["user-agent", "accept-language", "x-carrier", "x-forwarded-for", "referer"]
)
def test_no_header_carries_free_text_into_the_log(organization, admin, header):
    browser(admin).get("/employees/", headers={header: MARK})
    assert len(lines(organization)) == 1
    assert MARK not in everything(organization, "watch_access", "watch_outsideaccess")


def test_what_is_sent_stands_in_no_table_and_no_log(organization, admin, caplog):
    """S14: markers in addresses, forms, bodies and headers of requests that fail in every way there is."""
    client, stranger = browser(admin), Client(raise_request_exception=False)
    headers = {
        "user-agent": MARK,
        "referer": f"http://{MARK}/",
        "authorization": f"Bearer {MARK}",
        "x-note": MARK,
    }
    with caplog.at_level("INFO"):
        client.post("/employees/new/", {"name": MARK * 9, "mobile": MARK, "email": MARK}, headers=headers)
        stranger.post("/sign-in/password/", {"mobile": "13800138000", "password": MARK}, headers=headers)
        stranger.post("/sign-in/", {"mobile": MARK}, headers=headers)
        for body in (f'{{"operations": "{MARK}"}}', f"{MARK}{{"):
            for path in ("sync/push", "sign-in/code", "tracking"):
                stranger.post(f"/api/phone/v1/{path}", body, content_type="application/json", headers=headers)
        client.get(f"/employees/?q={MARK}&{MARK}={MARK}", headers=headers)
    buffer.flush()
    with connection.cursor() as cursor:
        tables = [each for each in connection.introspection.table_names(cursor) if each != "django_session"]
    assert len(tables) > 60
    assert everything(organization, *tables) == ""
    assert MARK not in caplog.text


def test_the_search_for_markers_finds_one_that_is_there(organization, admin):
    """The planted twin of the above."""
    with tenant(organization):
        people.employee(MARK)
    assert MARK in everything(organization, "people_employee")


def test_a_carrier_is_one_of_a_closed_list():
    assert [carrier_of(each) for each in ("46001", "China Telecom", "46004", MARK, "")] == [
        "China Unicom", "China Telecom", "", "", "",
    ]  # fmt: skip


@pytest.mark.clause("C2.2.0-05")
def test_what_is_taken_is_what_is_declared_and_listed(organization, admin):
    """Headers that tell more of the device are sent, and leave no trace."""
    more = {"sec-ch-ua-model": MARK, "sec-ch-ua-platform": MARK, "device-memory": "8", "x-imei": MARK}
    browser(admin).get("/employees/", headers=more)
    row = lines(organization)[0]
    taken = {field.name for field in Access._meta.concrete_fields}
    keys = {"id", "organization", "employee_id"}
    assert taken - keys == set(ACCESS_FIELDS.split()) == AGREED | {"method", "route", "status"}
    personal = {
        key.rpartition(".")[2] for key, each in declared.fields.items()
        if key.startswith("watch.access.") and isinstance(each, Personal)
    }  # fmt: skip
    assert personal == taken - {"id", "organization"}
    assert MARK not in str(row.__dict__)
    notice = browser(admin).get("/notice/").content.decode()
    assert "IP address" in notice


def test_two_hundred_lines_are_written_in_one_statement(organization, admin, django_assert_max_num_queries):
    held, now = Buffer(), clock.now()
    for _number in range(200):
        held.put(
            Access(organization_id=organization.pk, employee_id=admin.pk, at=now, method="GET", status=200)
        )
    assert held.full.is_set()
    with django_assert_max_num_queries(8):
        held.flush()
    with tenant(organization):
        assert Access.objects.count() == 200


@pytest.mark.parametrize("kind", [DatabaseError, InterfaceError])
def test_lines_wait_on_when_the_database_is_away(organization, monkeypatch, kind):
    held = Buffer()
    held.put(Access(organization_id=organization.pk, at=clock.now(), method="GET", status=200))

    def away(*args):
        raise kind

    with monkeypatch.context() as patch, pytest.raises(kind):
        patch.setattr("qince.core.watch.buffer.write", away)
        held.flush()
    assert held.flush() == 1


def test_a_page_pays_no_statement_for_its_line(organization, admin, django_assert_max_num_queries):
    client = browser(admin)
    client.get("/account/")
    with django_assert_max_num_queries(40) as counted:
        client.get("/account/")
    assert not [query for query in counted.captured_queries if "watch_access" in query["sql"]]


def test_strangers_are_logged_outside_every_organization(db):
    Client().get("/sign-in/")
    buffer.flush()
    assert OutsideAccess.objects.get().route == "signin:start"
    Client().get("/healthz")
    assert buffer.flush() == 0


# --- How long ------------------------------------------------------------------------------------


def line(organization, admin, at, ip="203.0.113.77"):
    with tenant(organization):
        return Access.objects.create(employee_id=admin.pk, at=at, ip=ip, method="GET", status=200)


@pytest.mark.clause("C2.2.3-08")
def test_addresses_are_cut_after_the_security_window(organization, admin):
    """Neither whole addresses nor numbers stay: there is no table of analytics, and the log's are cut."""
    now = clock.now()
    old = [
        line(organization, admin, now - timedelta(days=31), ip) for ip in ("203.0.113.77", "2001:db8:1:2::9")
    ]
    young = line(organization, admin, now - timedelta(days=29))
    OutsideAccess.objects.create(at=now - timedelta(days=31), ip="203.0.113.77", method="GET", status=200)
    assert keeping.cut(organization.pk, now=now) == 2
    assert keeping.cut(organization.pk, now=now) == 0
    assert keeping.cut_strangers(now=now) == 1
    with tenant(organization):
        assert [Access.objects.get(pk=each.pk).ip for each in (*old, young)] == [
            "203.0.113.0/24", "2001:db8:1::/48", "203.0.113.77",
        ]  # fmt: skip


@pytest.mark.clause("C2.2.3-06")
def test_a_line_is_not_removed_or_rewritten_before_its_term_whoever_asks(organization, admin):
    """Closing the account changes nothing about it: the database itself refuses."""
    now = clock.now()
    young = line(organization, admin, now - timedelta(days=150))
    old = line(organization, admin, now - timedelta(days=190))
    with tenant(organization):
        with pytest.raises(DatabaseError, match="six months"), transaction.atomic():
            Access.objects.filter(pk=young.pk).delete()
        with pytest.raises(DatabaseError, match="rewritten"), transaction.atomic():
            Access.objects.filter(pk=young.pk).update(employee_id=None)
        assert Access.objects.filter(pk=old.pk).delete()[0] == 1
        assert Access.objects.filter(pk=young.pk).exists()


@pytest.mark.clause("C5.4-05")
def test_the_floor_is_six_calendar_months_not_180_days(organization, admin):
    rule = RETENTIONS["6m"]
    assert rule.survives_erasure
    assert (rule.months, rule.days) == (6, 0)
    start = datetime(2026, 3, 1, tzinfo=UTC).date()
    assert (rule.ends_on(start) - start).days == 184  # 180 days would be four too few
    assert months_after(start, 6) == rule.ends_on(start)
    assert declared.fields["watch.access.at"].retention == "6m"
