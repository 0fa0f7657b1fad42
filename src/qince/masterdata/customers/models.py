"""Customers: stores and distributors, who looks after them, and who supplies whom."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.kit.spelling import SpelledField
from qince.kit.tenancy import TenantForeignKey, TenantModel


class Customer(TenantModel):
    class Kind(models.TextChoices):
        STORE = "store", _("Store")
        DISTRIBUTOR = "distributor", _("Distributor")

    class Status(models.TextChoices):
        OPEN = "open", _("In business")
        CLOSED = "closed", _("Closed down")

    class Tier(models.TextChoices):
        A = "A"
        B = "B"
        C = "C"

    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=100)
    name_key = SpelledField("name")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.STORE)
    channel = models.CharField(_("channel"), max_length=40, blank=True)
    tier = models.CharField(_("tier"), max_length=1, choices=Tier, blank=True)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.OPEN)
    district = models.CharField(_("district"), max_length=40, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    lat = models.FloatField(_("latitude (WGS-84)"), null=True, blank=True)
    lng = models.FloatField(_("longitude (WGS-84)"), null=True, blank=True)
    given_lat = models.FloatField(_("latitude as given"), null=True, blank=True)
    given_lng = models.FloatField(_("longitude as given"), null=True, blank=True)
    given_datum = models.CharField(_("datum as given"), max_length=8, default="WGS84")
    radius_m = models.PositiveIntegerField(_("fence radius, m"), default=200)
    contact_name = models.CharField(_("contact"), max_length=60, blank=True)
    contact_phone = models.CharField(_("contact's phone"), max_length=30, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "code"],
                name="customer_code",
                violation_error_message=_("Another customer has this code."),
            ),
            models.CheckConstraint(
                condition=models.Q(lat__isnull=True, lng__isnull=True)
                | models.Q(lat__gte=-90, lat__lte=90, lng__gte=-180, lng__lte=180),
                name="customer_place",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "kind", "status"], name="customer_kind"),
            models.Index(fields=["organization", "name_key"], name="customer_name_key"),
            # A district in the order of the list, and its count, without reading the rows of the others.
            models.Index(fields=["organization", "district", "code"], name="customer_district"),
        ]

    def __str__(self) -> str:
        return self.name


class SupplyLink(TenantModel):
    """A distributor supplies a store, from a day until another."""

    store = TenantForeignKey(Customer, models.CASCADE, related_name="supplied_by")
    distributor = TenantForeignKey(Customer, models.PROTECT, related_name="supplies")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "store", "distributor"],
                condition=models.Q(ends_on__isnull=True),
                name="supply_current",
            ),
        ]


class Assignment(TenantModel):
    """An employee looks after a customer: the sum of a person's assignments is the territory."""

    customer = TenantForeignKey(Customer, models.CASCADE, related_name="assignments")
    employee = TenantForeignKey("people.Employee", models.PROTECT, related_name="assignments")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "customer", "employee"],
                condition=models.Q(ends_on__isnull=True),
                name="assignment_current",
            ),
        ]
