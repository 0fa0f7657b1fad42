"""The example files, imported as a company would on its first day."""

import pytest

from qince.core.audit.models import Entry
from qince.core.people.models import Employee
from qince.core.people.tests import factories as people
from qince.kit.errors import Refusal
from qince.masterdata.customers.models import Assignment, Customer, SupplyLink
from qince.masterdata.customers.screens import CUSTOMERS
from qince.masterdata.customers.tests.importing import EXAMPLES, bring, dry_run

STORES, FAULTY = EXAMPLES / "stores.csv", EXAMPLES / "stores-faulty.csv"


@pytest.fixture
def admin(inside):
    """The administrator, and the reps that stores.csv names (ZX010 to ZX040)."""
    reps = [f"ZX{number:03d}" for number in range(10, 41)]
    Employee.objects.bulk_create(
        Employee(name=f"业务员{number}", number=number, mobile=f"+861990000{number[2:]}9") for number in reps
    )
    return people.actor(people.employee("唐德胜", roles=["administrator"]))


def test_stores_come_in_with_place_rep_and_supplier(admin):
    report = bring(admin, CUSTOMERS, STORES)
    assert report.counts == {"new": 1200}
    kinds = {kind: Customer.objects.filter(kind=kind).count() for kind in Customer.Kind.values}
    assert kinds == {"store": 1180, "distributor": 20}
    store = Customer.objects.get(code="MD0004")
    assert (store.given_lat, store.given_datum, store.radius_m) == (32.097302, "GCJ02", 100)
    assert store.lat != store.given_lat
    assert Assignment.objects.get(customer=store).employee.number == "ZX010"
    assert SupplyLink.objects.get(store=store).distributor.code == "JX012"


def test_importing_again_changes_nothing(admin):
    bring(admin, CUSTOMERS, STORES)
    before = list(Customer.objects.order_by("pk").values_list("pk", "version", "updated_at"))
    report = bring(admin, CUSTOMERS, STORES)
    assert report.counts == {"same": 1200}
    assert list(Customer.objects.order_by("pk").values_list("pk", "version", "updated_at")) == before
    assert Assignment.objects.count() == 1200
    assert SupplyLink.objects.count() == 1180


@pytest.mark.clause("C2.3.3-04")
def test_faulty_rows_are_named_with_their_remedy_and_the_rest_comes_in(admin):
    report = dry_run(admin, CUSTOMERS, FAULTY)
    assert report.counts == {"new": 1198, "faulty": 2}
    assert Customer.objects.count() == 0
    faults = {line.name: line.problems for line in report.lines if line.kind == "faulty"}
    (place,), (supplier,) = faults.values()
    assert "318.9" in place[1]
    assert "JX999" in supplier[1]
    assert bring(admin, CUSTOMERS, FAULTY).counts == {"new": 1198, "faulty": 2}
    assert bring(admin, CUSTOMERS, STORES).counts == {"same": 1198, "new": 2}


@pytest.mark.clause("C2.2.5-06")
def test_an_import_without_attestation_is_refused_and_the_agreement_is_on_record(admin):
    with pytest.raises(Refusal, match="attestation_required"):
        bring(admin, CUSTOMERS, STORES, attested=False)
    assert Customer.objects.count() == 0
    bring(admin, CUSTOMERS, STORES)
    entry = Entry.objects.get(action="customers.customer.import")
    assert entry.changes["new"] == 1200
    assert entry.changes["attested"] == str(CUSTOMERS.imports.attestation)


def _table(tmp_path, *rows):
    path = tmp_path / "customers.csv"
    path.write_text("\n".join(["编码,名称,类型,供货经销商,负责业务员工号", *rows]), encoding="utf-8")
    return path


def test_a_store_may_name_a_distributor_that_follows_in_the_file(admin, tmp_path):
    path = _table(tmp_path, "M1,一号店,门店,J1,ZX010", "J1,经销商一,经销商,,")
    assert bring(admin, CUSTOMERS, path).counts == {"new": 2}
    assert SupplyLink.objects.get().distributor.code == "J1"


def test_a_distributor_has_no_supplier_and_reps_must_exist(admin, tmp_path):
    path = _table(tmp_path, "J1,经销商一,经销商,J2,", "J2,经销商二,经销商,,", "M1,一号店,门店,,ZX999")
    report = dry_run(admin, CUSTOMERS, path)
    assert report.counts == {"faulty": 2, "new": 1}


def test_a_new_rep_in_the_file_moves_the_store(admin, tmp_path):
    bring(admin, CUSTOMERS, _table(tmp_path, "M1,一号店,门店,,ZX010"))
    report = bring(admin, CUSTOMERS, _table(tmp_path, "M1,一号店,门店,,ZX011"))
    assert report.counts == {"changed": 1}
    held = Assignment.objects.order_by("id").values_list("employee__number", "ends_on")
    assert [(number, end is None) for number, end in held] == [("ZX010", False), ("ZX011", True)]


def test_empty_cells_leave_what_is_there(admin, tmp_path):
    bring(admin, CUSTOMERS, _table(tmp_path, "M1,一号店,门店,,ZX010"))
    assert bring(admin, CUSTOMERS, _table(tmp_path, "M1,一号店,,,")).counts == {"same": 1}
