"""Running numbers, as paper files have them: counted per organization and beginning, without gaps."""

from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Length

from qince.kit.tenancy import current_organization_id


def next_number(rows: "QuerySet[Any]", begin: str, *, digits: int, namespace: int) -> str:
    """`begin` and the count after the highest that a `number` of `rows` has, in at least so many digits.

    Whoever numbers in the same `namespace` (of PostgreSQL's advisory locks) of the organization waits until this
    transaction has ended. Beyond its digits a count grows longer: the longest is the highest, not the last in the
    alphabet.
    """
    with connection.cursor() as cursor:
        lock = [namespace, current_organization_id().int & 0x7FFFFFFF]
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", lock)
    counted = rows.filter(number__startswith=begin).order_by(Length("number").desc(), "-number")
    last = counted.values_list("number", flat=True).first()
    return f"{begin}{int(last.removeprefix(begin)) + 1 if last else 1:0{digits}d}"
