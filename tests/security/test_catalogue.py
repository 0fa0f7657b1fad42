"""The catalogue of what is sensitive (C1.1-10): each field encrypted, masked in lists, its reading told, asked apart.

The fields are those the declarations name, so one that is declared tomorrow is looked at tomorrow.
"""

import gc
import json
import struct
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import models
from django.urls import get_resolver

from qince.core.access.registry import maskable_fields
from qince.core.people.tests import factories as people
from qince.core.privacy.gate import BASIC, Standing
from qince.core.privacy.registry import Basis, Kind, declared
from qince.employee.attendance.models import Punch
from qince.kit import clock
from qince.kit.resource import Resource
from qince.kit.resource.columns import MASKED
from qince.kit.tenancy import tenant
from qince.kit.vault.openings import watched_by
from qince.masterdata.customers.tests import factories as customers
from qince.sales.visits.tests import records
from tests import backups
from tests.access.planting import plant
from tests.architecture.test_sealed import KEPT_CLEAR

MARKER, NUMBER = "ZQ8sensitive", 413.90625  # a number whose text is exact and stands nowhere else
SENSITIVE = sorted(key for key, each in declared.personal().items() if each.is_sensitive)
SEALED = [key for key in SENSITIVE if key not in KEPT_CLEAR]
# Told and not asked by a question of ours: each has its own way of being asked.
NOT_ASKED_HERE = {
    "sharing": "each recipient asks apart, in its own words (partners.ConsentText)",
    "minors": "the guardian consents, by a code at their own mobile (guardians)",
    "opening": "handed in by whoever opens an organization, on the form that says so",
    "certification": "handed in by whoever certifies the organization; only the operator opens it",
}


def model_of(key):
    return apps.get_model(key.rpartition(".")[0])


def field_of(key):
    return model_of(key)._meta.get_field(key.rpartition(".")[2])


def by_model():
    found = {}
    for key in SEALED:
        found.setdefault(model_of(key), []).append(key.rpartition(".")[2])
    return found


def marked(field):
    if isinstance(field, models.FloatField):
        return NUMBER
    if isinstance(field, models.JSONField):
        return {"said": MARKER, "lat": NUMBER}
    if isinstance(field, models.BinaryField):
        return f"%PDF {MARKER}".encode()
    return MARKER


def mark(planted):
    """The marker in each sensitive field of the person's rows."""
    with tenant(planted.organization):
        for model, names in by_model().items():
            row = planted.rows[model._meta.label]
            for name in names:
                setattr(row, name, marked(model._meta.get_field(name)))
            row.save()


def clear_forms():
    """How a value may stand open in a dump: as text, or as bytes in hexadecimal."""
    texts = [MARKER, str(NUMBER), json.dumps(NUMBER)]
    return {*texts, *(text.encode().hex() for text in texts), struct.pack(">d", NUMBER).hex()}


@pytest.mark.django_db(transaction=True)
def test_a_real_dump_shows_no_value_of_any_of_them(data_folder):
    house = people.organization()
    with tenant(house):
        person = people.employee("王芳", roles=["rep"])
    planted = plant(house, person, "plain")
    mark(planted)
    with tenant(house):
        open_row = planted.rows["visits.Visit"]
        open_row.summary = "ZQ8open"
        open_row.save()
    text = backups.dump()
    assert "ZQ8open" in text  # the twin: what stands clear is found
    for model in by_model():
        assert str(planted.rows[model._meta.label].pk) in text, model  # and the rows are there
    assert [form for form in clear_forms() if form in text] == []


class Onlooker:
    def __init__(self):
        self.seen = set()

    def opens(self, organization_id, subject_id):
        self.seen.add(subject_id)


def test_reading_any_of_them_is_told_with_whose_it_was(organization, data_folder):
    with tenant(organization):
        person = people.employee("王芳", roles=["rep"])
    planted = plant(organization, person, "plain")
    mark(planted)
    untold = []
    for key in SEALED:
        label, name = model_of(key)._meta.label, key.rpartition(".")[2]
        onlooker, rows = Onlooker(), model_of(key)._default_manager.filter(pk=planted.rows[label].pk)
        with tenant(organization):
            with watched_by(onlooker):
                value = rows.values_list(name, flat=True).get()
            subject = field_of(key).subject_of(rows.select_related(*_ways(field_of(key))).get())
        if value != marked(field_of(key)) or onlooker.seen != {subject}:
            untold.append(key)
    assert untold == []


def _ways(field):
    steps = field.subject.split(".")[:-1]
    return ["__".join(steps)] if steps else []


@pytest.mark.parametrize("key", SENSITIVE)
def test_agreeing_to_the_notice_opens_none_of_them(key):
    """Each purpose is a question of its own: open only to whoever answered that one with yes."""
    for code in declared.fields[key].purposes:
        purpose = declared.purposes[code]
        assert purpose.kind is Kind.SENSITIVE
        if purpose.basis is not Basis.CONSENT:
            assert code in NOT_ASKED_HERE
            continue
        agreed = {scope: (True, "", 1, 0.0) for scope in declared.scopes if scope != code}
        assert Standing(uuid4(), agreed, ()).allows(BASIC)
        assert not Standing(uuid4(), agreed, ()).allows(code)
        assert Standing(uuid4(), {**agreed, code: (True, "", 1, 0.0)}, ()).allows(code)


def shown():
    """Sensitive fields that a list of the console shows: (resource, column, field)."""
    assert get_resolver().url_patterns  # every page is imported
    gc.unfreeze()
    found = [each for each in gc.get_objects() if type(each) is Resource and each.key.count(".") == 1]
    return [
        (each, column, key)
        for each in found
        for column in each.columns
        for key in each.fields_of([column])
        if key in SENSITIVE
    ]


def test_every_column_that_shows_one_can_be_masked():
    assert {key for _resource, _column, key in shown()} == {"visits.visit.distance_m"}
    assert [column.name for _r, column, _k in shown() if column.mask not in maskable_fields] == []


def test_whoever_may_not_see_positions_sees_asterisks_in_list_export_and_record(inside, data_folder):
    """In the list of the kit and in the day sheet of attendance, on screen and in what is taken away."""
    rep = people.employee("李娜", roles=["rep"])
    visit = records.visit(rep, customers.store(rep), distance_m=413.0)
    now = clock.now()
    Punch.objects.create(
        employee=rep, kind="in", at=now, device_time=now, received_at=now, verdict="inside",
        work_date=clock.local_date(now, inside.time_zone), lat=32.0415926, lng=118.7781535, accuracy_m=9.0,
        distance_m=414.0,
    )  # fmt: skip
    masks = ["visits.visit.distance_m", "attendance.punch.distance_m"]
    told = ("visits.view", "visits.export", "attendance.view", "attendance.export", "people.view")
    clear, masked = (desk(name, told, fields) for name, fields in (("看得见", []), ("看不见", masks)))
    columns = "/visits/?columns=distance_m"
    for page, value in ((columns, "413"), (f"/visits/{visit.pk}/", "413"), ("/attendance/", "414")):
        assert value in clear.get(page).text, page
        assert value not in masked.get(page).text, page
    assert MASKED in masked.get(columns).text
    assert MASKED in masked.get("/attendance/").text
    exported = "/visits/export.csv?columns=distance_m"
    assert "413" in body(clear.get(exported))
    assert (MASKED in body(masked.get(exported)), "413" in body(masked.get(exported))) == (True, False)


def desk(name, permissions, masked):
    return people.browser(people.holding(people.employee(name), *permissions, masked=masked))


def body(answer):
    return b"".join(answer.streaming_content).decode()
