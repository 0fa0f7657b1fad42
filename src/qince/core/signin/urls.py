"""Addresses of getting in, of one's account and of the organization's own pages."""

from django.urls import path

from qince.core.signin.views import account, organization, outbox, register, scan, sign_in

app_name = "signin"
urlpatterns = [
    path("sign-in/", sign_in.start, name="start"),
    path("sign-in/password/", sign_in.password, name="password"),
    path("sign-in/scan/", scan.scan, name="scan"),
    path("sign-in/scan/state/", scan.scan_state, name="scan_state"),
    path("sign-in/scan/password/", scan.scan_password, name="scan_password"),
    path("sign-in/code/", sign_in.code, name="code"),
    path("sign-in/code/another/", sign_in.another_code, name="another_code"),
    path("sign-in/authenticator/", sign_in.authenticator, name="authenticator"),
    path("sign-in/authenticator/new/", sign_in.new_authenticator, name="new_authenticator"),
    path("sign-in/stop/", sign_in.stop_here, name="stop"),
    path("sign-in/organization/", sign_in.organization, name="organization"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("register/", register.register, name="register"),
    path("register/stop/", register.stop_here, name="register_stop"),
    path("register/code/", register.register_code, name="register_code"),
    path("terms/data-processing/", register.terms, name="terms"),
    path("account/", account.account, name="account"),
    path("account/password/", account.password, name="set_password"),
    path("account/authenticator/", account.authenticator, name="authenticator_setup"),
    path("account/authenticator/removal/", account.authenticator_removal, name="authenticator_removal"),
    path("account/organization/", account.change_organization, name="change_organization"),
    path(
        "account/devices/<uuid:device_id>/confirmation/",
        account.device_confirmation,
        name="device_confirmation",
    ),
    path("account/devices/<uuid:device_id>/sign-out/", account.device_sign_out, name="device_sign_out"),
    path("organization/", organization.details, name="organization_details"),
    path("organization/completion/", organization.completion, name="completion"),
    path("organization/settings/", organization.settings, name="organization_settings"),
    path("organization/devices/", organization.devices, name="organization_devices"),
    path(
        "organization/devices/<uuid:device_id>/confirmation/",
        organization.device_confirmation,
        name="organization_device_confirmation",
    ),
    path(
        "organization/devices/<uuid:device_id>/sign-out/",
        organization.device_sign_out,
        name="organization_device_sign_out",
    ),
    path("developer/outbox/", outbox.outbox, name="outbox"),
]
