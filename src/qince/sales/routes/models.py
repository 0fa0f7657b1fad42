"""Routes: which stores a rep calls on which weekday, and the planned visits that follow from it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.kit.tenancy import TenantForeignKey, TenantModel


class Route(TenantModel):
    """A rep's weekly route. Cycles of several weeks are anchored to `starts_on`, not to the ISO week."""

    name = models.CharField(_("name"), max_length=60)
    employee = TenantForeignKey(
        "people.Employee", models.PROTECT, related_name="routes", verbose_name=_("rep")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    weeks_in_cycle = models.PositiveSmallIntegerField(_("weeks in the cycle"), default=1)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "employee", "name"], name="route_name"),
            models.CheckConstraint(condition=models.Q(weeks_in_cycle__range=(1, 8)), name="route_cycle"),
        ]

    def __str__(self) -> str:
        return self.name


class RouteStop(TenantModel):
    route = TenantForeignKey(Route, models.CASCADE, related_name="stops")
    customer = TenantForeignKey("customers.Customer", models.PROTECT, related_name="+")
    week = models.PositiveSmallIntegerField(_("week of the cycle"), default=1)
    weekday = models.PositiveSmallIntegerField(_("weekday, Monday is 0"))
    sequence = models.PositiveSmallIntegerField(_("order"))

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "route", "week", "weekday", "customer"], name="route_stop_once_a_day"
            ),
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="route_stop_weekday"),
        ]


class PlannedVisit(TenantModel):
    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        DONE = "done", _("Done")
        MISSED = "missed", _("Missed")
        CANCELLED = "cancelled", _("Cancelled")

    employee = TenantForeignKey(
        "people.Employee", models.PROTECT, related_name="planned_visits", db_index=False
    )
    customer = TenantForeignKey("customers.Customer", models.PROTECT, related_name="planned_visits")
    route = TenantForeignKey(Route, models.SET_NULL, null=True, related_name="planned_visits")
    on = models.DateField(_("date"))
    sequence = models.PositiveSmallIntegerField(_("order"), default=1)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PLANNED)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "employee", "on", "customer"], name="planned_visit_once_a_day"
            ),
        ]
        indexes = [models.Index(fields=["organization", "on", "status"], name="planned_visit_day")]

    def __str__(self) -> str:
        return f"{self.customer} {self.on}"
