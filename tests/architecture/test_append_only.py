"""What was recorded stays: the role the program works under may not change it, whatever the program does."""

import pytest
from django.conf import settings
from django.db import connection

from qince.core.audit.models import Entry
from qince.core.guardians.models import GuardianConsent
from qince.core.privacy.models import Consent, ConsentEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def role():
    name = settings.APPLICATION_ROLE
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
        if cursor.fetchone() is None:
            pytest.skip(f"no role {name} in this cluster")
    return name


def may(role, model, privilege, column=None):
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if column:
            query, values = "SELECT has_column_privilege(%s, %s, %s, %s)", [role, table, column, privilege]
        else:
            query, values = "SELECT has_table_privilege(%s, %s, %s)", [role, table, privilege]
        cursor.execute(query, values)
        return cursor.fetchone()[0]


@pytest.mark.parametrize("model", [ConsentEntry, Entry, GuardianConsent], ids=lambda model: model._meta.label)
def test_rows_can_be_added_and_read_but_not_removed(role, model):
    rights = {name: may(role, model, name) for name in ("INSERT", "SELECT", "UPDATE", "DELETE", "TRUNCATE")}
    assert rights == {"INSERT": True, "SELECT": True, "UPDATE": False, "DELETE": False, "TRUNCATE": False}


def test_of_the_trail_only_the_seal_is_put_on_later_and_words_erased(role):
    """Who, when, what and upon which row stay as written; an erased word needs the voucher that verification asks."""
    writable = {f.column for f in Entry._meta.local_fields if may(role, Entry, "UPDATE", f.column)}
    assert writable == {"sequence", "link", "actor_name", "target_name", "changes", "salt", "erased"}


def test_other_tables_stay_writable(role):
    assert may(role, Consent, "UPDATE")
