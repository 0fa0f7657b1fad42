"""What lies in the database and in the folder of files says nothing without the keys; with a key destroyed, nobody."""

import hashlib
import io
import json
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import RequestFactory
from PIL import Image

from qince.core.files import serving
from qince.core.files.actions import receive_chunk
from qince.core.people.tests import factories as people
from qince.employee.attendance.models import Punch
from qince.engines.sync.models import Operation
from qince.kit import bulk, clock
from qince.kit.errors import NotFound
from qince.kit.ids import uuid7
from qince.kit.tenancy import tenant
from qince.kit.vault import api, audit
from qince.kit.vault.errors import SubjectErased, VaultError
from qince.masterdata.customers.tests import factories as customers
from qince.sales.tracking.models import Fix
from qince.sales.visits.models import CheckEvent
from qince.sales.visits.tests import records

LAT, LNG, MARK = 32.0415926, 118.7781535, "银杏树下的标记"
# Three digits before the point: no second of a time stamp in the dump can look like them.
ACCURACY, FAR, SPEED = 412.345, 718.765, 331.4142


@pytest.fixture(autouse=True)
def _own_folder(data_folder):
    """Keys and files are gone after the test."""


@pytest.fixture
def rep(organization):
    with tenant(organization):
        return people.employee("李娜", roles=["rep"])


def punch(rep, **fields):
    now = clock.now()
    values = {
        "employee": rep, "kind": "in", "at": now, "device_time": now, "received_at": now, "verdict": "inside",
        "work_date": now.date(), "lat": LAT, "lng": LNG, "accuracy_m": ACCURACY, "distance_m": FAR,
        "envelope": {"position": {"lat": LAT, "lng": LNG}, "note": MARK}, **fields,
    }  # fmt: skip
    return Punch.objects.create(**values)


def dumped():
    """Every row of every table of ours as text, as a dump would hold them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        )
        tables = [name for (name,) in cursor.fetchall()]
        rows = []
        for name in tables:
            cursor.execute(f'SELECT t::text FROM "{name}" t')
            rows += [f"{name} {text}" for (text,) in cursor.fetchall()]
    return "\n".join(rows)


@pytest.mark.clause("C5.1-03")
def test_a_dump_is_readable_only_with_the_key_store(organization, rep, settings, tmp_path):
    with tenant(organization):
        kept = punch(rep)
        Fix.objects.create(
            employee=rep, at=clock.now(), lat=LAT, lng=LNG, accuracy_m=ACCURACY, speed_mps=SPEED
        )
        bulk.insert(
            [
                Operation(
                    id=uuid7(), employee_id=rep.pk, type="x", hash="0" * 64, state="waiting", result={"far": FAR},
                    body=json.dumps({"lat": LAT, "note": MARK}, ensure_ascii=False).encode(),
                    occurred_at=clock.now(), received_at=clock.now(),
                )
                for _ in range(2)
            ]
        )  # fmt: skip
        text = dumped()
        clear = [LAT, LNG, ACCURACY, FAR, SPEED, MARK]
        forms = [str(each) for each in clear] + [str(each).encode().hex() for each in clear]
        assert [each for each in forms if each in text] == []
        assert str(kept.pk) in text  # the rows are there
        again = Punch.objects.get()
        assert (again.lat, again.lng, again.accuracy_m, again.distance_m) == (LAT, LNG, ACCURACY, FAR)
        assert again.envelope["note"] == MARK
        assert Punch.objects.values_list("lat", flat=True).get() == LAT
        assert list(Fix.objects.values_list("lat", "lng", "speed_mps")) == [(LAT, LNG, SPEED)]
        for each in Operation.objects.all():
            assert (each.result, json.loads(each.body)["note"]) == ({"far": FAR}, MARK)
        settings.DATA = tmp_path / "without the keys"
        assert Punch.objects.values_list("lat", "envelope").get() == (None, None)


def test_a_clear_value_would_be_found_in_the_dump(organization, rep):
    """The planted twin: the manual place is no position, and stands clear."""
    with tenant(organization):
        punch(rep, place_text=MARK)
        assert MARK in dumped()


def test_a_destroyed_key_empties_every_path_of_reading(organization, rep):
    with tenant(organization):
        punch(rep)
        with connection.cursor() as cursor:
            cursor.execute("SELECT lat FROM attendance_punch")
            before = cursor.fetchall()
        assert api.destroy_subject(organization.pk, rep.pk)
        again = Punch.objects.get()
        assert (again.lat, again.lng, again.envelope, again.verdict) == (None, None, None, "inside")
        assert Punch.objects.values("lat", "distance_m").get() == {"lat": None, "distance_m": None}
        with connection.cursor() as cursor:
            cursor.execute("SELECT lat FROM attendance_punch")
            assert cursor.fetchall() == before  # nothing was changed in the database
        with pytest.raises(SubjectErased):
            punch(rep)


def test_rows_of_others_stay_readable(organization, rep):
    with tenant(organization):
        other = people.employee("王五", roles=["rep"])
        punch(rep), punch(other)
        api.destroy_subject(organization.pk, rep.pk)
        assert sorted(filter(None, Punch.objects.values_list("lat", flat=True))) == [LAT]


def test_the_visits_pages_show_an_erased_position_as_such(organization, rep):
    with tenant(organization):
        manager = people.employee("经理", roles=["administrator"])
        visit = records.visit(rep, customers.store(rep))
        api.destroy_subject(organization.pk, rep.pk)
        browser = people.browser(manager)
    page = browser.get(f"/visits/{visit.pk}/", headers={"Accept-Language": "en"})
    assert page.status_code == 200
    assert "The position has been erased" in page.content.decode()
    assert browser.get("/visits/").status_code == 200
    assert browser.get("/visits/?sort=distance_m").status_code == 200


def test_a_value_whose_path_is_not_loaded_is_refused(organization, rep, django_assert_num_queries):
    with (
        tenant(organization),
        django_assert_num_queries(0),
        pytest.raises(VaultError, match="load visit first"),
    ):
        CheckEvent._meta.get_field("lat").pre_save(CheckEvent(visit_id=uuid7(), lat=LAT), True)


def test_altered_bytes_read_as_nothing_and_are_logged(organization, rep, caplog):
    with tenant(organization):
        punch(rep)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE attendance_punch SET lat = lng")  # moved from another column
        again = Punch.objects.get()
        assert (again.lat, again.lng) == (None, LNG)
    assert "attendance.punch.lat holds bytes that were altered" in caplog.text
    assert str(LNG) not in caplog.text


def test_values_without_a_key_are_counted(organization, rep, settings, tmp_path):
    with tenant(organization):
        punch(rep), punch(rep)
    assert list(audit.unreadable()) == []
    settings.DATA = tmp_path / "a new machine"
    assert dict(audit.unreadable()) == {
        f"attendance.punch.{name}": 2 for name in ("lat", "lng", "accuracy_m", "distance_m", "envelope")
    }


# --- Files ----------------------------------------------------------------------------------------


def photograph(text):
    out = io.BytesIO()
    Image.effect_noise((640, 480), 90).convert("RGB").save(out, "JPEG", comment=text.encode(), quality=95)
    return out.getvalue()


def received(rep, content, *, is_evidence=True, piece=50_000):
    """Sent in pieces, as a phone does."""
    sha256, found = hashlib.sha256(content).hexdigest(), None
    for offset in range(0, len(content), piece):
        found = receive_chunk(
            people.actor(rep, client="phone"), sha256=sha256, offset=offset, size=len(content),
            chunk=content[offset : offset + piece], is_evidence=is_evidence,
        )  # fmt: skip
    return found


def files_on_disk():
    return {
        path.name: path.read_bytes() for path in Path(default_storage.path("")).rglob("*") if path.is_file()
    }


def body(answer):
    return b"".join(answer.streaming_content)


def test_a_photo_lies_sealed_with_its_copies_and_is_served_as_before(organization, rep):
    content, request = photograph(MARK), RequestFactory().get("/")
    with tenant(organization):
        blob = received(rep, content)
        answers = [
            serving.original(request, blob),
            serving.thumbnail(request, blob),
            serving.display(request, blob),
        ]
        kept = files_on_disk()
        assert len(kept) == 3
        assert all(each.startswith(b"QVF\x01") and b"JFIF" not in each for each in kept.values())
        assert (blob.is_sealed, blob.sha256) == (True, hashlib.sha256(content).hexdigest())
        original, thumbnail, display = map(body, answers)
    assert original == content
    assert [int(answer["Content-Length"]) for answer in answers] == [
        len(original),
        len(thumbnail),
        len(display),
    ]
    assert [answer["Content-Type"] for answer in answers] == ["image/jpeg"] * 3
    assert Image.open(io.BytesIO(display)).size == (640, 480)


def test_a_file_of_an_erased_person_is_absent_even_to_a_browser_that_kept_it(organization, rep):
    with tenant(organization):
        blob = received(rep, photograph("a"))
        etag = serving.thumbnail(RequestFactory().get("/"), blob)["ETag"]
        asking = RequestFactory().get("/", headers={"If-None-Match": etag})
        assert serving.thumbnail(asking, blob).status_code == 304
        api.destroy_subject(organization.pk, rep.pk)
        for serve in (serving.original, serving.thumbnail, serving.display):
            with pytest.raises(NotFound):
                serve(asking, blob)


def test_a_product_picture_stays_clear(organization, rep):
    with tenant(organization):
        blob = received(rep, photograph("a"), is_evidence=False)
    assert not blob.is_sealed
    assert all(each.startswith(b"\xff\xd8") for each in files_on_disk().values())


def test_a_cut_file_is_absent(organization, rep):
    with tenant(organization):
        blob = received(rep, photograph("a"))
        with open(default_storage.path(blob.storage_name), "r+b") as stream:
            stream.truncate(1000)
        with pytest.raises(NotFound):
            serving.original(RequestFactory().get("/"), blob)
