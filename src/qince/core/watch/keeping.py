"""How long addresses stay whole, and lines of strangers stay at all. Lines of people go with the retention job."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from qince.core.privacy.retention import RETENTIONS, months_after
from qince.core.watch.models import OutsideAccess
from qince.kit.tenancy import tenant

SECURITY_WINDOW = timedelta(days=30)
# A customer of an IPv4 network becomes one of 256, one of IPv6 a whole site's neighbourhood.
_PREFIX = """
    CASE family(ip::inet) WHEN 4 THEN host(network(set_masklen(ip::inet, 24))) || '/24'
                          ELSE host(network(set_masklen(ip::inet, 48))) || '/48' END
"""
_DUE = "at < %s AND ip <> '' AND position('/' in ip) = 0"


def cut(organization_id: UUID, *, now: datetime) -> int:
    """Cut the addresses of the organization's older lines; how many."""
    with tenant(organization_id), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE watch_access SET ip = {_PREFIX} WHERE organization_id = %s AND {_DUE}",  # nosec B608
            [organization_id, now - SECURITY_WINDOW],
        )
        return int(cursor.rowcount)


def cut_strangers(*, now: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE watch_outsideaccess SET ip = {_PREFIX} WHERE {_DUE}",  # nosec B608
            [now - SECURITY_WINDOW],
        )
        return int(cursor.rowcount)


def forget_strangers(*, now: datetime) -> int:
    """Lines whose six calendar months are over."""
    ended = months_after(now.date(), -RETENTIONS["6m"].months) - timedelta(days=1)
    return int(OutsideAccess.objects.filter(at__date__lt=ended).delete()[0])
