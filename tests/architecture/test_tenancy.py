"""The database's own locks, read back from its catalogue: nothing here believes the models."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, OperationalError, ProgrammingError, connection, transaction
from django.db.models.lookups import Exact
from psycopg import sql

from qince.core.people.models import Department, Employee, Membership
from qince.core.people.tests import factories
from qince.kit.ids import uuid7
from qince.kit.postgresql import examining
from qince.kit.postgresql.policy import RULE
from qince.kit.tenancy import CurrentOrganization, NoTenant, TenantModel, tenant

TENANT_MODELS = [model for model in apps.get_models() if issubclass(model, TenantModel)]
# Tables that belong to no organization, each with its reason.
GLOBAL = {
    "organizations.Organization": "the tenants themselves",
    "accounts.*": "sign-in happens before the organization is known",
    "people.Affiliation": "read at sign-in to find the organizations of an account",
    "erasure.Mark": "which entries of the erasure ledger this database has carried out",
    "erasure.Farewell": "a phone is told before its organization is known",
    "certification.CertifiedCode": "one organization per credit code, over all of them",
    "watch.OutsideAccess": "a stranger's request belongs to no organization yet",
    "watch.Staff": "the operator's own people",
    "watch.Undertaking": "the operator's own people",
    "watch.StaffTraining": "the operator's own people",
    "lifecycle.Cessation": "the end of the service concerns everybody",
    "lifecycle.Succession": "the next operator concerns everybody",
    "policy.Release": "the service's, not a tenant's",
    "policy.Comment": "on a release, by anybody",
    "incidents.Announcement": "public text, also read by people of no organization",
    "privacy.NoticeVersion": "public text, also read by people of no organization",
}
FOREIGN = ("procrastinate", "auth", "contenttypes", "sessions")


def rows(query, parameters=()):
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchall()


@pytest.mark.django_db
def test_every_tenant_table_has_forced_row_security_and_the_one_policy():
    assert list(examining.faults()) == []
    call_command("check_tenancy")  # the doctor asks the same


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("NO FORCE ROW LEVEL SECURITY", "no forced row security"),
        ("DISABLE ROW LEVEL SECURITY", "no forced row security"),
        ("RENAME TO elsewhere", "is not there"),
    ],
)
@pytest.mark.django_db
def test_planted_fault_a_table_whose_lock_is_open_is_named(fault, told):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE people_employee {fault}")
    with pytest.raises(CommandError, match=rf"people_employee .*{told}"):
        call_command("check_tenancy")


@pytest.mark.parametrize("rule", ["true", RULE.replace("nullif", "coalesce"), f"{RULE} OR id IS NULL"])
@pytest.mark.django_db
def test_planted_fault_another_rule_or_a_second_one_is_named(rule):
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE POLICY second ON people_employee USING ({rule})")
    assert [table for table, _what in examining.faults()] == ["people_employee"]
    with connection.cursor() as cursor:
        cursor.execute("DROP POLICY tenant ON people_employee")
    assert [table for table, _what in examining.faults()] == ["people_employee"]


@pytest.mark.parametrize("model", TENANT_MODELS, ids=lambda model: model._meta.label)
@pytest.mark.django_db
def test_keys_and_references_carry_the_organization(model):
    constraints = rows(
        """SELECT contype, conname, (SELECT array_agg(attname::text) FROM pg_attribute
                WHERE attrelid = conrelid AND attnum = ANY (conkey))
           FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('p', 'u', 'f')""",
        [model._meta.db_table],
    )
    assert [name for _kind, name, columns in constraints if not _is_fine(model, columns)] == []


def _is_fine(model, columns):
    if "organization_id" in columns:
        return True
    # A reference out of the tenant's world (an account) needs no organization.
    fields = {field.column: field for field in model._meta.local_fields}
    return not any(hasattr(fields[column], "within_tenant") for column in columns)


def test_every_other_table_is_listed_with_its_reason():
    others = [model._meta.label for model in apps.get_models() if model not in TENANT_MODELS]
    ours = [label for label in others if not label.lower().startswith(FOREIGN)]
    assert [label for label in ours if label not in GLOBAL and f"{label.split('.')[0]}.*" not in GLOBAL] == []


@pytest.fixture
def two():
    """Two organizations with one employee each."""
    both = [factories.organization(name) for name in ("甲", "乙")]
    for organization in both:
        with tenant(organization):
            factories.employee()
    return both


@pytest.mark.django_db
def test_outside_a_tenant_a_query_raises():
    with pytest.raises(NoTenant):
        list(Employee.objects.all())


@pytest.mark.django_db
@pytest.mark.clause("C0-02")
def test_without_the_applications_filter_the_database_still_hides_the_other_organization(two):
    with tenant(two[0]):
        [(count,)] = rows("SELECT count(*) FROM people_employee")
        assert count == 1
        assert rows("SELECT id FROM people_employee WHERE organization_id = %s", [two[1].pk]) == []
        with connection.cursor() as cursor:
            cursor.execute("UPDATE people_employee SET name = 'x' WHERE organization_id = %s", [two[1].pk])
            assert cursor.rowcount == 0


@pytest.mark.django_db
def test_planted_fault_without_the_policy_the_other_organization_shows(two):
    """The twin of the test above: it would notice a missing policy."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # PostgreSQL alters no table with checks pending
        cursor.execute("ALTER TABLE people_employee DISABLE ROW LEVEL SECURITY")
    with tenant(two[0]):
        [(count,)] = rows("SELECT count(*) FROM people_employee")
    assert count == 2


@pytest.mark.django_db
def test_a_reference_across_organizations_is_refused_by_the_database(two):
    with tenant(two[1]):
        foreign = factories.department("外人")
    with tenant(two[0]):
        own = Employee.objects.get()
        with pytest.raises(IntegrityError), transaction.atomic():
            Membership.objects.create(employee=own, department_id=foreign.pk, starts_on="2026-01-01")


@pytest.mark.django_db
def test_writing_into_another_organization_is_refused(two):
    with tenant(two[0]), pytest.raises(ProgrammingError), transaction.atomic():
        Department.objects.create(organization=two[1], name="里", path="x/")


@pytest.mark.django_db
def test_the_application_role_may_read_and_write_rows_and_nothing_else():
    from django.conf import settings

    role = settings.APPLICATION_ROLE
    [(superuser, bypass)] = rows("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = %s", [role])
    assert (superuser, bypass) == (False, False)
    for act in (
        "ALTER TABLE people_employee NO FORCE ROW LEVEL SECURITY",
        "TRUNCATE people_employee CASCADE",
    ):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(role)))
            cursor.execute(act)


def test_the_managers_condition_is_read_when_the_query_runs():
    condition = Employee.objects.all().query.where.children[0]
    assert isinstance(condition, Exact)
    assert isinstance(condition.rhs, CurrentOrganization)


def organization_set():
    return rows("SELECT nullif(current_setting('app.organization', true), '')")[0][0]


@pytest.mark.django_db(transaction=True)
def test_a_transaction_of_its_own_opens_with_its_organization_and_leaves_nothing_behind():
    home, other = factories.organization("甲"), factories.organization("乙")
    with tenant(home):
        assert organization_set() == str(home.pk)
        assert connection.in_atomic_block
        Department.objects.create(name="里", path="x/")
    assert organization_set() is None
    with pytest.raises(RuntimeError), tenant(home):
        Department.objects.create(name="外", path="y/")
        raise RuntimeError
    with tenant(home):
        assert [found.name for found in Department.objects.all()] == ["里"]
    with tenant(other):
        assert not Department.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_lost_connection_is_told_as_such_and_opened_anew():
    home = factories.organization("甲")
    with tenant(home):
        [(backend,)] = rows("SELECT pg_backend_pid()")
    with _another() as second:
        second.execute("SELECT pg_terminate_backend(%s)", [backend])
    with pytest.raises(OperationalError), tenant(home):
        pass
    connection.close_if_unusable_or_obsolete()
    with tenant(home):
        assert organization_set() == str(home.pk)


def _another():
    """A second connection to the same database."""
    import psycopg

    return psycopg.connect(**connection.get_connection_params() | {"context": None}, autocommit=True)


@pytest.mark.django_db
def test_more_values_than_the_wire_protocol_counts_still_arrive():
    home = factories.organization("甲")
    with tenant(home):
        made = Department.objects.create(name="里", path="x/")
        keys = [*(uuid7() for _number in range(70_000)), made.pk]
        assert Department.objects.filter(pk__in=keys).get() == made
        many = [Department(name=f"50% {number}", path="y/") for number in range(9_000)]
        assert len(Department._meta.local_concrete_fields) * len(many) > 65_535
        Department.objects.bulk_create(many)
        assert Department.objects.filter(path="y/").count() == len(many)
        assert Department.objects.filter(name="50% 7").exists()
