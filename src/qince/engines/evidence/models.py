"""Columns for an act in the field. A feature's own table inherits them, so its privacy declarations stay its own."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.kit.vault.fields import EncryptedFloatField, EncryptedJSONField


class Verdict(models.TextChoices):
    INSIDE = "inside", _("Inside")
    OUTSIDE = "outside", _("Outside")
    UNCERTAIN = "uncertain", _("Uncertain")
    UNUSABLE = "unusable", _("Position too vague")
    MANUAL = "manual", _("Manual place")


class Evidenced(models.Model):
    """When (server's reading and the phone's own word) and where (WGS-84) something was done, and the verdict.

    The position is sealed under the key of the person; a model says in `SUBJECT` how its rows lead there.
    """

    SUBJECT: str

    at = models.DateTimeField(_("time"))
    device_time = models.DateTimeField(_("time by the phone"))
    received_at = models.DateTimeField(_("received"))
    skew_s = models.IntegerField(_("clock skew, s"), default=0)
    lat = EncryptedFloatField(_("latitude"), null=True)
    lng = EncryptedFloatField(_("longitude"), null=True)
    accuracy_m = EncryptedFloatField(_("accuracy, m"), null=True)
    distance_m = EncryptedFloatField(_("distance, m"), null=True)
    radius_m = models.PositiveIntegerField(_("radius of the fence, m"), null=True)
    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict)
    place_text = models.CharField(_("manual place"), max_length=200, blank=True)
    flags = models.JSONField(_("flags"), default=list)
    envelope = EncryptedJSONField(_("evidence as sent"), null=True)
    operation_hash = models.CharField(_("hash of the operation"), max_length=64, blank=True)

    class Meta:
        abstract = True
