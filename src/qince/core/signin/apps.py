from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SigninConfig(AppConfig):
    name = "qince.core.signin"
    verbose_name = _("Sign-in")

    def ready(self) -> None:
        from qince.core.organizations.rules import EDIT
        from qince.kit import navigation

        navigation.entry(
            "account", _("Your account"), icon="user", url="signin:account", place=navigation.USER, order=10
        )
        navigation.entry(
            "change_organization",
            _("Change organization"),
            icon="building",
            url="signin:change_organization",
            place=navigation.USER,
            order=20,
        )
        navigation.entry(
            "sign_out",
            _("Sign out"),
            icon="logout",
            url="signin:sign_out",
            place=navigation.USER,
            order=90,
            posts=True,
        )
        navigation.group("settings", _("Administration"), order=90)
        navigation.entry(
            "organization",
            _("Organization settings"),
            icon="settings",
            url="signin:organization_details",
            permission=EDIT,
            group="settings",
            order=10,
        )
