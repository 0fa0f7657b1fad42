"""Apps of recipients, and who opened them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.engines.partners.models.recipients import Employee, Recipient
from qince.kit.tenancy import TenantForeignKey, TenantModel


class App(TenantModel):
    """What a recipient needs to be an app people open with their account here (OAuth 2, code with PKCE)."""

    recipient = TenantForeignKey(Recipient, models.CASCADE, related_name="apps")
    redirects = models.JSONField(_("addresses to return to"), default=list)
    purposes = models.JSONField(_("purposes it may be embedded for"), default=list, blank=True)
    secret_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "recipient"], name="app_once"),
        ]

    def __str__(self) -> str:
        return str(self.recipient)


class AppGrant(TenantModel):
    """A member's opening of an app: which data, agreed at which version. Revoked, every token of it is dead."""

    app = TenantForeignKey(App, models.CASCADE, related_name="grants")
    employee = TenantForeignKey(Employee, models.CASCADE, related_name="app_grants")
    scopes = models.JSONField(default=list)
    version = models.PositiveSmallIntegerField()
    code_digest = models.CharField(max_length=64, blank=True)  # of the code now waiting to be redeemed
    code_until = models.DateTimeField(null=True)
    challenge = models.CharField(max_length=64, blank=True)
    redirect = models.CharField(max_length=200, blank=True)
    token_digest = models.CharField(max_length=64, blank=True)
    token_until = models.DateTimeField(null=True)
    notice_hash = models.CharField(max_length=64, blank=True)  # the policy in force when the token was made
    granted_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "app", "employee"], name="app_grant_once"),
        ]
        indexes = [models.Index(fields=["organization", "token_digest"], name="app_grant_token")]
