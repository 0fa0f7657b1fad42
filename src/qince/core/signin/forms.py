"""Forms of getting in, of one's own account and of the organization."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qince.core.organizations.models import Organization
from qince.core.organizations.settings import AddressBookReach, LocationUse, OutsidePolicy
from qince.kit import clock
from qince.kit.identifiers import NotAMobile, mobile_e164
from qince.kit.papers import PaperField
from qince.kit.resource.forms import ActorForm


class OpenForm(ActorForm):
    """A form of somebody who is not signed in yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, actor=None, **kwargs)  # type: ignore[arg-type]


class MobileField(forms.CharField):
    """A mobile number, returned as E.164."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "username", "inputmode": "tel"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": _("Mobile number"), "max_length": 40, **kwargs})

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        try:
            return mobile_e164(text)
        except NotAMobile as error:
            raise forms.ValidationError(_("This is not a mobile number."), code="not_a_mobile") from error


class CodeField(forms.CharField):
    """Six digits from a message or an authenticator; phones offer to fill it in."""

    widget = forms.TextInput(
        attrs={
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "autofocus": True,
            "class": "signin-code",
        }
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": _("One-time code"), "max_length": 12, **kwargs})


def password_field(label: Any, kind: str, **more: Any) -> forms.CharField:
    """`kind` tells password managers what it is: current-password or new-password."""
    widget = forms.PasswordInput(attrs={"autocomplete": kind})
    return forms.CharField(label=label, max_length=128, strip=False, widget=widget, **more)


class MobileForm(OpenForm):
    mobile = MobileField()


class PasswordForm(OpenForm):
    mobile = MobileField()
    password = password_field(_("Password"), "current-password")


class ScanPasswordForm(OpenForm):
    password = password_field(_("Password"), "current-password")


class CodeForm(OpenForm):
    code = CodeField()


class AuthenticatorForm(OpenForm):
    code = CodeField(label=_("Code of the app, or a recovery code"), max_length=20)
    code.widget.attrs = {**code.widget.attrs, "inputmode": "text"}


class RegistrationForm(OpenForm):
    name = forms.CharField(label=_("Organization name"), max_length=100)
    kind = forms.ChoiceField(label=_("Kind of organization"), choices=Organization.Kind.choices)
    administrator = forms.CharField(
        label=_("Your name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    mobile = MobileField(
        label=_("Your mobile number"), help_text=_("A code proves that the number is yours.")
    )
    opened_by = forms.ChoiceField(
        label=_("You open it as"),
        choices=Organization.OpenedBy.choices,
        widget=forms.RadioSelect,
        initial=Organization.OpenedBy.ADMINISTRATOR,
    )
    terms_accepted = forms.BooleanField(
        label=_("On behalf of the organization, I accept the data-processing terms"),
    )


class CompletionForm(ActorForm):
    location = forms.CharField(
        label=_("Location"), max_length=200, help_text=_("Province, city and address.")
    )
    industry = forms.CharField(label=_("Industry"), max_length=60)
    headcount = forms.IntegerField(label=_("Number of employees"), min_value=1, max_value=10_000_000)
    proof = PaperField(
        label=_("Proof that you may open the organization"),
        help_text=_(
            "The organization's letter of authorization, or the legal representative's proof. PDF, JPEG or PNG, "
            "at most 8 MB; it is encrypted."
        ),
    )


class DetailsForm(ActorForm):
    name = forms.CharField(label=_("Organization name"), max_length=100)
    kind = forms.ChoiceField(label=_("Kind of organization"), choices=Organization.Kind.choices)
    credit_code = forms.CharField(label=_("Unified social credit code"), max_length=24, required=False)
    location = forms.CharField(label=_("Location"), max_length=200)
    industry = forms.CharField(label=_("Industry"), max_length=60)
    headcount = forms.IntegerField(label=_("Number of employees"), min_value=1, max_value=10_000_000)
    time_zone = forms.ChoiceField(label=_("Time zone"))

    def arrange(self) -> None:
        self.fields["time_zone"].choices = [(zone, zone) for zone in clock.zones()]  # type: ignore[attr-defined]


# By the names of the address book's and the profile's fields.
ADDRESS_BOOK = [
    ("number", _("Employee number")),
    ("position", _("Job title")),
    ("email", _("E-mail")),
    ("hired_on", _("Date of employment")),
    ("picture", _("Picture")),
    ("nickname", _("Nickname")),
    ("work_status", _("Work status")),
    ("gender", _("Gender")),
    ("birthday", _("Birthday")),
    ("country", _("Country or region")),
    ("residence", _("Place of residence")),
    ("address", _("Address")),
    ("phone", _("Further phone")),
    ("qq", _("QQ")),
    ("wechat", _("WeChat ID")),
]


class SettingsForm(ActorForm):
    """The fields of `organizations.settings.Settings`, by the same names."""

    fence_cap_m = forms.IntegerField(
        label=_("Tolerance for inaccurate positions (m)"),
        min_value=0,
        max_value=1000,
        help_text=_(
            "The most that a position's own inaccuracy may widen a place. Beyond it the verdict is uncertain."
        ),
    )
    fence_unusable_m = forms.IntegerField(
        label=_("Unusable beyond an inaccuracy of (m)"),
        min_value=50,
        max_value=10_000,
        help_text=_("A vaguer position decides nothing and is marked so."),
    )
    outside_policy = forms.ChoiceField(label=_("Check-in outside the place"), choices=OutsidePolicy.choices)
    photo_max_px = forms.IntegerField(
        label=_("Longer side of photos (pixels)"), min_value=800, max_value=4000
    )
    location_attendance = forms.ChoiceField(label=_("Position at work check-in"), choices=LocationUse.choices)
    location_visits = forms.ChoiceField(label=_("Position at visits"), choices=LocationUse.choices)
    location_tracking = forms.ChoiceField(
        label=_("Track during working time"),
        choices=[
            (LocationUse.OFF.value, _("Off: no positions between acts")),
            (LocationUse.OPTIONAL.value, LocationUse.OPTIONAL.label),
        ],
        help_text=_("Kept thirty days, only from people who agreed to it themselves."),
    )
    location_approvals = forms.ChoiceField(
        label=_("Position beside decisions on requests"),
        choices=[
            (LocationUse.OFF.value, _("Off: decisions carry no position")),
            (LocationUse.OPTIONAL.value, LocationUse.OPTIONAL.label),
        ],
        help_text=_(
            "Whoever decides on the phone may add where they are, each time by a press of their own."
        ),
    )
    address_book_off = forms.MultipleChoiceField(
        label=_("Fields your address book does without"),
        required=False,
        choices=ADDRESS_BOOK,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Ticked ones are not asked, not shown and not imported. Name and mobile are always there."
        ),
    )
    why = forms.CharField(
        label=_("What it is needed for"),
        max_length=300,
        required=False,
        help_text=_(
            "Needed when more is collected than before: positions, tracks, a field of the address book. It stands in "
            "the record of processing."
        ),
    )
    address_book_reach = forms.ChoiceField(
        label=_("Whom members find in the address book"),
        choices=AddressBookReach.choices,
        help_text=_("Which fields they see is set by their role; whoever left is found by nobody."),
    )
    sms_per_month = forms.IntegerField(
        label=_("Text messages per month"),
        min_value=0,
        max_value=1_000_000,
        help_text=_("The most that may be sent, beside sign-in codes and what the law requires."),
    )
    urgent_minutes = forms.IntegerField(
        label=_("Urgent messages go on as a text message after (minutes unread)"), min_value=1, max_value=1440
    )
    idle_minutes = forms.IntegerField(
        label=_("Sign out of the console after a rest of (minutes)"), min_value=10, max_value=480
    )
    export_rows_per_hour = forms.IntegerField(
        label=_("Rows exported in an hour before an alert"), min_value=100, max_value=1_000_000
    )
    people_opened_per_hour = forms.IntegerField(
        label=_("People whose sensitive data is opened in an hour before an alert"),
        min_value=20,
        max_value=100_000,
    )
    alerts_lock = forms.BooleanField(
        label=_("An alert about export, reading or travel locks the account until somebody has looked"),
        required=False,
    )
    training_required = forms.BooleanField(
        label=_("Without a valid training, sensitive data of others stays closed"), required=False
    )
    confirm_new_devices = forms.BooleanField(
        label=_(
            "A further phone of the same person has to be confirmed by an administrator or the earlier phone"
        ),
        required=False,
    )
    admits_minors = forms.BooleanField(
        label=_("People of 16 and 17 may be entered, with their guardian's consent"), required=False
    )
    administrators_need_totp = forms.BooleanField(
        label=_("Administrators must use an authenticator app"), required=False
    )
    scan_needs_password = forms.BooleanField(
        label=_("Signing in at the console by the phone app asks for the password, too"), required=False
    )


class NewPasswordForm(ActorForm):
    current_password = password_field(_("Current password"), "current-password")
    new_password = password_field(
        _("New password"),
        "new-password",
        help_text=_("At least 10 characters. Three or four unrelated words are best."),
    )

    def __init__(self, *args: Any, has_password: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_password:
            del self.fields["current_password"]


class ProofForm(ActorForm):
    code = CodeField()
