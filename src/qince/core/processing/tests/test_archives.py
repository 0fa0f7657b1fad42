"""What an organization's archive holds: all it is responsible for, nothing of others, nobody who was erased."""

import csv
import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import translation

from qince.core.erasure import subjects
from qince.core.erasure.actions import erase, plan_for
from qince.core.erasure.restricting import restrict
from qince.core.erasure.working import carry_out
from qince.core.files.models import Blob
from qince.core.letters.models import Letter
from qince.core.organizations.models import Organization
from qince.core.people.tests import factories as people
from qince.core.privacy.controllers import (
    OPERATOR,
    ORGANIZATION,
    controller_of,
    fields_of_organization,
    is_of_organizations,
)
from qince.core.privacy.registry import CONTROLLERS, declared
from qince.core.processing import archives
from qince.core.processing.models import Archive
from qince.core.processing.tables import tables
from qince.core.watch.models import Reading
from qince.kit import clock
from qince.kit.errors import Conflict, NotFound, Refusal
from qince.kit.tenancy import tenant
from qince.masterdata.customers.tests import factories as customers
from qince.sales.visits.tests import records
from tests.access.planting import plant
from tests.architecture.test_privacy_declared import FRAMEWORK
from tests.erasure.planting import canary

MARKER, FOREIGN = "ZQ9mine", "ZQ9foreign"
REASON = "换到另一套系统，需要全部数据"
SCAN = b"%PDF-1.4 \xff\xfe a scan that is no text"
SECRETS = ("digest", "secret", "token", "password", "salt", "challenge", "p256dh", "auth")


@pytest.fixture
def house(db, data_folder):
    """An organization with two administrators."""
    found = people.organization()
    with tenant(found):
        found.boss = people.employee("李雷", roles=["administrator"])
        found.second = people.employee("韩梅梅", roles=["administrator"])
    return found


def ask(house, actor=None, **changes):
    with tenant(house):
        asker = actor or people.actor(house.boss)
        return archives.request_export(asker, **{"reason": REASON, "now": clock.now(), **changes})


def make(found):
    archives.make(found.organization_id, found.pk, now=clock.now())
    with tenant(found.organization_id):
        return Archive.objects.get(pk=found.pk)


def opened(house, found):
    with tenant(house), archives.take_export(people.actor(house.boss), found, now=clock.now()) as clear:
        return zipfile.ZipFile(io.BytesIO(clear.read()))


def told(archive):
    """Everything in it, as one text."""
    return "\n".join(archive.read(name).decode(errors="replace") for name in archive.namelist())


def index_of(archive):
    return {each["file"]: each for each in json.loads(archive.read("index.json"))["tables"]}


def table(archive, key):
    """The rows of a table by the names of its fields, as the index pairs them with the headings."""
    names = [each["name"] for each in index_of(archive).get(f"data/{key}.csv", {"columns": []})["columns"]]
    _headings, *rows = csv.reader(io.StringIO(archive.read(f"data/{key}.csv").decode("utf-8-sig")))
    return [dict(zip(names, row, strict=True)) for row in rows]


NO_WORDS = {"QQ", "SHA-256"}  # the same in every language


def test_every_table_and_column_is_called_by_words_of_the_askers_language(house):
    with translation.override("zh-hans"):
        named = [(each.key, "", each.title) for each in tables()]
        named += [(each.key, column.name, column.heading) for each in tables() for column in each.columns]
    assert len(named) > 1000
    left = [each for each in named if not re.search("[\u4e00-\u9fff]", each[2]) and each[2] not in NO_WORDS]
    assert left == []


@pytest.mark.clause("C1.1-08", "C2.2.5-05")
def test_it_holds_all_the_organization_is_responsible_for_and_nothing_of_the_operators_or_of_others(house):
    """In clear, for the organization itself asks; and therefore never unseen."""
    planted = canary(house, MARKER)
    with tenant(house):
        paper = planted.rows["leave.Paper"]
        paper.content = SCAN
        paper.save()
    other = people.organization("别家")
    with tenant(other):
        plant(other, people.employee(f"{FOREIGN}人", roles=["administrator"]), FOREIGN)
    archive = opened(house, make(ask(house)))
    index, text = index_of(archive), told(archive)
    for model in apps.get_models():
        file, given = (
            f"data/{model._meta.label_lower}.csv",
            {each.name for each in fields_of_organization(model)},
        )
        assert (file in archive.namelist()) == bool(given), file
        if file in index:
            columns = index[file]["columns"]
            assert {_field(model, each["name"]) for each in columns} == given
            assert {each.get("controller", ORGANIZATION) for each in columns} == {ORGANIZATION}
    missing = [
        f"{label}.{name}"
        for label, row in planted.rows.items()
        for name in _texts(row)
        if MARKER in str(value := getattr(row, name)) and isinstance(value, str) and value not in text
    ]
    assert missing == []
    assert str(planted.rows["visits.Visit"].distance_m) in {
        each["distance_m"] for each in table(archive, "visits.visit")
    }
    [scan] = [each["content"] for each in table(archive, "leave.paper") if each["id"] == str(paper.pk)]
    assert archive.read(scan) == SCAN
    with tenant(house):
        hashes = set(Blob.objects.values_list("sha256", flat=True))
    files = {name[6:22] for name in archive.namelist() if name.startswith("files/")}
    assert {each[:16] for each in hashes} <= files
    assert FOREIGN not in text
    assert str(other.pk) not in text
    with tenant(house):
        letter = Letter.objects.get(employee=house.second, kind="processing.asked")
        assert letter.values["reason"] == REASON
        assert Letter.objects.filter(employee=house.boss, kind="processing.ready").exists()
        seen = Reading.objects.get(employee_id=planted.employee.pk, page=archives.PAGE)
        assert seen.reader_id == house.boss.pk


def _field(model, name):
    """The field of a column: a reference has one for what it is called and one for its id."""
    return next(each.name for each in model._meta.local_concrete_fields if name in (each.name, each.attname))


def _texts(row):
    """Fields of the row that are the organization's to have."""
    return [each.name for each in fields_of_organization(type(row)) if not each.is_relation]


def test_whoever_was_erased_is_unreadable_in_it_and_gone_from_archives_made_before(house):
    with tenant(house):
        person = people.employee(f"{MARKER}人", roles=["rep"])
        visit = records.visit(person, customers.store(person), summary=f"{MARKER}说")
    before = ready(house)
    assert archives.archive_file(before).exists()
    name, mobile = person.name, person.mobile
    with tenant(house):
        begun = erase(people.actor(house.boss), plan_for(subjects.of_employee(person)), now=clock.now())
    assert not archives.archive_file(before).exists()
    with pytest.raises(NotFound):
        opened(house, before)
    carry_out(house.pk, begun.pk, now=clock.now())
    text = told(opened(house, make(ask(house))))
    assert begun.pseudonym in text
    assert str(visit.pk) in text
    assert [each for each in (name, mobile, f"{MARKER}说") if each in text] == []


def test_of_somebody_whose_data_may_only_be_stored_it_knows_nothing(house):
    with tenant(house):
        person = people.employee("被限制的人", roles=["rep"], leader=house.boss)
        led = people.employee("下属", leader=person)
    plant(house, person, MARKER)
    ready(house)
    with tenant(house):
        restrict(people.actor(house.boss), person, now=clock.now())
    assert not list(archives.archive_file(ask(house)).parent.glob("*.sealed"))  # made before: gone
    with tenant(house):
        found = Archive.objects.get(state="making")
    archive = opened(house, make(found))
    rows = table(archive, "people.employee")
    assert str(person.pk) not in {each["id"] for each in rows}
    [theirs] = [each for each in rows if each["id"] == str(led.pk)]
    assert (theirs["leader"], theirs["leader_id"]) == ("", str(person.pk))
    assert table(archive, "visits.visit") == []
    assert person.name not in archive.read("data/people.employee.csv").decode()


def ready(house, content=b"PK the archive"):
    """One that waits to be taken, without a job having written it."""
    from qince.core.files import packages

    found = ask(house)
    with tenant(house):
        Archive.objects.filter(pk=found.pk).update(state="ready", rows=7)
        found.refresh_from_db()
    packages.seal_into(
        archives.archive_file(found), lambda clear: clear.write(content), organization_id=house.pk,
        subject_id=found.pk, label=archives.label_of(found),
    )  # fmt: skip
    return found


def test_it_lies_sealed_under_a_key_of_its_own_and_goes_with_its_days(house):
    found = ready(house)
    lying = archives.archive_file(found).read_bytes()
    assert b"the archive" not in lying
    with tenant(house), archives.take_export(people.actor(house.second), found, now=clock.now()) as clear:
        assert clear.read() == b"PK the archive"
    late = clock.now() + timedelta(days=8)
    assert archives.remove_expired(house.pk, now=clock.now(), is_closed=False) == 0
    assert archives.remove_expired(house.pk, now=late, is_closed=False) == 1
    assert not archives.archive_file(found).exists()
    archives.archive_file(found).write_bytes(lying)  # as a backup would bring it back
    with tenant(house):
        Archive.objects.update(state="ready")
        with pytest.raises(NotFound):
            archives.take_export(people.actor(house.boss), found, now=clock.now())


def test_with_the_organization_its_archives_end(house):
    found = ready(house)
    assert archives.remove_expired(house.pk, now=clock.now(), is_closed=True) == 1
    assert not archives.archive_file(found).exists()


def test_one_removed_while_it_is_written_leaves_nothing_behind(house):
    found = ask(house)
    with tenant(house):
        archives.remove_export(people.actor(house.boss), found, now=clock.now())
    assert make(found).state == "gone"
    with tenant(house):
        Archive.objects.update(state="making")  # the job had looked before it was removed
    assert make(found).state == "making"
    assert not archives.archive_file(found).exists()


def test_one_is_made_at_a_time_and_one_cut_short_does_not_stand_in_the_way(house):
    ask(house)
    with pytest.raises(Conflict, match="export_under_way"):
        ask(house)
    ask(house, now=clock.now() + timedelta(days=2))


def test_overdue_training_closes_it(house):
    Organization.objects.filter(pk=house.pk).update(settings={"training_required": True})
    with pytest.raises(Refusal, match="training_overdue"):
        ask(house)


@pytest.mark.clause("C1.1-08")
def test_every_table_has_its_mark_and_whatever_is_the_organizations_can_be_given_to_it():
    """No field is declared the organization's in a table that no export of one organization could reach."""
    models = [each for each in apps.get_models() if each._meta.app_label not in FRAMEWORK]
    assert {controller_of(each) for each in models} == set(CONTROLLERS)
    assert controller_of(apps.get_model("privacy.Consent")) == OPERATOR
    lost = [
        key
        for key, each in declared.personal().items()
        if each.controller == ORGANIZATION and not is_of_organizations(apps.get_model(key.rpartition(".")[0]))
    ]
    assert lost == []


def test_secrets_are_never_among_the_fields_that_are_given():
    given = [f"{m._meta.label_lower}.{f.name}" for m in apps.get_models() for f in fields_of_organization(m)]
    assert [key for key in given if key.rpartition(".")[2].endswith(SECRETS)] == []
