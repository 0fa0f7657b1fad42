"""Records whose times are said on a wall clock: they keep which one."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Zoned(models.Model):
    """`zone` is the IANA zone by which the person worked when it was written; rows from before that keep none."""

    zone = models.CharField(_("time zone"), max_length=40, blank=True, editable=False)

    class Meta:
        abstract = True

    def local(self, instant: datetime) -> datetime:
        """The instant on the wall where the person worked."""
        return instant.astimezone(ZoneInfo(self.zone)) if self.zone else timezone.localtime(instant)
