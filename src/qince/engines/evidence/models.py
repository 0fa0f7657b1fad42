"""Columns for an act in the field. A feature's own table inherits them, so its privacy declarations stay its own."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verdict(models.TextChoices):
    INSIDE = "inside", _("Inside")
    OUTSIDE = "outside", _("Outside")
    UNCERTAIN = "uncertain", _("Uncertain")
    UNUSABLE = "unusable", _("Position too vague")
    MANUAL = "manual", _("Manual place")


class Evidenced(models.Model):
    """When (server's reading and the phone's own word) and where (WGS-84) something was done, and the verdict."""

    at = models.DateTimeField(_("time"))
    device_time = models.DateTimeField(_("time by the phone"))
    received_at = models.DateTimeField(_("received"))
    skew_s = models.IntegerField(_("clock skew, s"), default=0)
    lat = models.FloatField(_("latitude"), null=True)
    lng = models.FloatField(_("longitude"), null=True)
    accuracy_m = models.FloatField(_("accuracy, m"), null=True)
    distance_m = models.FloatField(_("distance, m"), null=True)
    radius_m = models.PositiveIntegerField(_("radius of the fence, m"), null=True)
    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict)
    place_text = models.CharField(_("manual place"), max_length=200, blank=True)
    flags = models.JSONField(_("flags"), default=list)
    envelope = models.JSONField(_("evidence as sent"), default=dict)
    operation_hash = models.CharField(_("hash of the operation"), max_length=64, blank=True)

    class Meta:
        abstract = True
