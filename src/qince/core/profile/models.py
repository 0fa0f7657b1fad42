"""What people tell about themselves if they like: each field apart, each with its own visibility, none required."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.kit.tenancy import TenantForeignKey, TenantModel


class Profile(TenantModel):
    class Gender(models.TextChoices):
        FEMALE = "female", _("Female")
        MALE = "male", _("Male")
        OTHER = "other", _("Other")

    class Visibility(models.TextChoices):
        NOBODY = "nobody", _("Nobody")
        LEADERS = "leaders", _("My leaders")
        EVERYBODY = "everybody", _("Everybody in the organization")

    employee = TenantForeignKey("people.Employee", models.CASCADE, related_name="profiles", db_index=False)
    picture = TenantForeignKey("files.Blob", models.PROTECT, null=True, blank=True, related_name="+")
    nickname = models.CharField(_("nickname"), max_length=40, blank=True)
    work_status = models.CharField(_("work status"), max_length=60, blank=True)
    gender = models.CharField(_("gender"), max_length=6, choices=Gender, blank=True)
    birthday = models.DateField(_("birthday"), null=True, blank=True)
    country = models.CharField(_("country or region"), max_length=60, blank=True)
    residence = models.CharField(_("place of residence"), max_length=120, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    phone = models.CharField(_("further phone"), max_length=30, blank=True)
    qq = models.CharField(_("QQ"), max_length=20, blank=True)
    wechat = models.CharField(_("WeChat ID"), max_length=40, blank=True)
    # Field → who sees it; a field not named here is seen by nobody else.
    visibility = models.JSONField(default=dict, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["organization", "employee"], name="profile_once")]

    def __str__(self) -> str:
        return self.nickname
