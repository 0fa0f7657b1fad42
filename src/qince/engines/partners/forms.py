"""What is asked about recipients and in the registers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qince.core.people.choices import DEPARTMENTS, PEOPLE, PEOPLE_AND_FORMER
from qince.engines.partners.legal import offered
from qince.engines.partners.models import CrossBorder, LegalException, Publication, Recipient, SubjectContract
from qince.engines.partners.publications import FIELD
from qince.engines.partners.registry import FIELDS, PROFILES, SCENES
from qince.kit.choosing import OneOf, SomeOf
from qince.kit.forms import DateInput
from qince.kit.resource import ActorForm


def _statement(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=300, required=False)


def _date(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=DateInput(), **more)


class RecipientForm(ActorForm):
    """The whole record. It may be saved in parts; only a whole one can be switched on."""

    name = forms.CharField(label=_("Company"), max_length=100)
    code = forms.SlugField(
        label=_("Short name"), max_length=14, help_text=_("Latin letters and digits; it stays as it is.")
    )
    profile = forms.ChoiceField(
        label=_("Kind"), choices=[(each.code, each.title) for each in PROFILES.values()]
    )
    scene = forms.ChoiceField(label=_("Scene"), choices=list(SCENES.items()))
    fields_shared = forms.MultipleChoiceField(
        label=_("Data shared"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(each.code, each.label) for each in FIELDS.values()],
        help_text=_("Only what its kind may get can be ticked; nothing ticked means all of that."),
    )  # fmt: skip
    departments: Any = SomeOf(
        DEPARTMENTS,
        label=_("For which departments"),
        required=False,
        help_text=_("None chosen: for everybody."),
    )
    purpose = forms.CharField(label=_("What for"), max_length=200, required=False)
    method = forms.CharField(label=_("How it is shared"), max_length=200, required=False)
    lawful = _statement(_("Why it is lawful"))
    legitimate = _statement(_("Why it is legitimate"))
    necessary = _statement(_("Why it is necessary"))
    specific = _statement(_("What it is limited to"))
    clear = _statement(_("How people are told"))
    region = forms.CharField(
        label=_("Country"), max_length=2, initial="CN", help_text=_("Two letters, such as CN.")
    )
    endpoint = forms.URLField(
        label=_("Address it receives at"), required=False, assume_scheme="https",
        help_text=_("Begins with https://. Apps that ask by themselves need none."),
    )  # fmt: skip
    contract = forms.CharField(label=_("Data-protection agreement"), max_length=80, required=False)
    contract_from = _date(_("In force from"))
    contract_until = _date(_("In force until"))
    features_url = forms.URLField(label=_("Its features"), required=False, assume_scheme="https")
    terms_url = forms.URLField(label=_("Its terms"), required=False, assume_scheme="https")
    terms_version = forms.CharField(label=_("Version of its terms"), max_length=40, required=False)
    privacy_url = forms.URLField(label=_("Its privacy rules"), required=False, assume_scheme="https")

    def arrange(self) -> None:
        if self.row is not None:
            del self.fields["code"], self.fields["profile"]
            allowed = self.row.declared.fields
            shared: Any = self.fields["fields_shared"]
            shared.choices = [(name, FIELDS[name].label) for name in allowed]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        chosen = values.pop("fields_shared", [])
        profile = self.row.profile if self.row is not None else values.get("profile", "training")
        values["fields"] = [name for name in PROFILES[profile].fields if not chosen or name in chosen]
        if beyond := set(chosen) - set(PROFILES[profile].fields):
            words = ", ".join(str(FIELDS[name].label) for name in beyond)
            self.add_error(
                "fields_shared", _("This kind of recipient may not get: %(fields)s.") % {"fields": words}
            )
        values["region"] = values.get("region", "").upper()
        values["departments"] = list(values.get("departments") or [])
        return values


def recipient_initial(row: Recipient) -> dict[str, Any]:
    plain = {name: getattr(row, name, None) for name in RecipientForm.base_fields}
    return plain | {"fields_shared": row.fields, "departments": row.department_ids}


class SwitchOnForm(ActorForm):
    attested = forms.BooleanField(
        label=_(
            "I declare for the organization that these conditions are met. Each member still decides alone."
        )
    )


class ReviewForm(ActorForm):
    on = forms.DateField(label=_("Reviewed on"), widget=DateInput())
    review_version = forms.CharField(label=_("Version reviewed"), max_length=40)
    review_passed = forms.BooleanField(label=_("Security review passed"), required=False)
    duty = forms.BooleanField(label=_("Its data are still what its duty needs"), required=False)


class AppForm(ActorForm):
    redirects = forms.CharField(
        label=_("Addresses to return to"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line, exact."),
    )
    purposes = forms.CharField(
        label=_("Purposes it may be embedded for"), required=False, help_text=_("Codes, separated by blanks.")
    )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        return {name: str(values.get(name, "")).split() for name in ("redirects", "purposes")}


class BorderForm(ActorForm):
    recipient = forms.ModelChoiceField(Recipient.objects.none(), label=_("Recipient"))
    ground = forms.ChoiceField(label=_("Ground"), choices=CrossBorder.Ground.choices)
    reference = forms.CharField(label=_("Legal reference"), max_length=120)
    assessment = forms.CharField(label=_("Impact assessment"), max_length=120)
    assessed_on = forms.DateField(label=_("Assessed on"), widget=DateInput())
    holds_until = forms.DateField(label=_("Holds until"), widget=DateInput())

    def arrange(self) -> None:
        field: Any = self.fields["recipient"]
        field.queryset = Recipient.objects.order_by("name")


class ContractForm(ActorForm):
    employee: Any = OneOf(PEOPLE_AND_FORMER, label=_("With whom"))
    number = forms.CharField(label=_("Number"), max_length=60)
    starts_on = forms.DateField(label=_("From"), widget=DateInput())
    ends_on = _date(_("Until"))


class ExceptionForm(ActorForm):
    """One form for every case; which parts a case needs is answered at the part."""

    use = forms.ChoiceField(label=_("Use"), choices=LegalException.Use.choices)
    basis = forms.ChoiceField(label=_("Case"))
    subject: Any = OneOf(PEOPLE_AND_FORMER, label=_("About whom"))
    named = forms.MultipleChoiceField(
        label=_("Data"), widget=forms.CheckboxSelectMultiple,
        choices=[*((each.code, each.label) for each in FIELDS.values()), (FIELD, _("A publication"))],
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)
    reference = forms.CharField(label=_("Legal reference"), max_length=200, required=False)
    authority = forms.CharField(label=_("Authority"), max_length=100, required=False)
    document = forms.CharField(label=_("Document number"), max_length=80, required=False)
    officer = forms.CharField(label=_("Officer"), max_length=80, required=False)
    danger = forms.CharField(label=_("Danger"), max_length=300, required=False)
    no_consent = forms.CharField(label=_("Why consent was out of reach"), max_length=300, required=False)
    contract = forms.ModelChoiceField(SubjectContract.objects.none(), label=_("Contract"), required=False)
    source_link = forms.URLField(label=_("Source"), required=False, assume_scheme="https")
    source_on = _date(_("Date of the source"))
    channel = forms.CharField(label=_("Kind of source"), max_length=40, required=False)
    expires_on = _date(_("Holds until"))
    review_on = _date(_("To be reviewed by"))

    def arrange(self) -> None:
        basis, contract = (self.fields[name] for name in ("basis", "contract"))
        cases = {**offered("collect"), **offered("disclose")}
        basis.choices = [(each.code, each.title) for each in cases.values()]  # type: ignore[attr-defined]
        contract.queryset = SubjectContract.objects.order_by("number")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        values["fields"] = values.pop("named", [])
        return values


class PublicationForm(ActorForm):
    subject: Any = OneOf(PEOPLE, label=_("About whom"))
    kind = forms.ChoiceField(label=_("Kind"), choices=Publication.Kind.choices)
    title = forms.CharField(label=_("Title"), max_length=100)
    text = forms.CharField(label=_("Text"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6}))


class PublishForm(ActorForm):
    exception = forms.ModelChoiceField(
        LegalException.objects.none(), label=_("Recorded exception"), required=False,
        help_text=_("Empty: the person has agreed to this very item."),
    )  # fmt: skip

    def arrange(self) -> None:
        field: Any = self.fields["exception"]
        field.queryset = LegalException.objects.filter(state=LegalException.State.APPROVED)


class PackageForm(ActorForm):
    """One's own data for somebody one names: to whom, what for, which kinds of records."""

    recipient_name = forms.CharField(
        label=_("Recipient"), max_length=100, help_text=_("Who gets it: a company, an authority, a person.")
    )
    why = forms.CharField(label=_("What for"), max_length=200)
    scope = forms.MultipleChoiceField(
        label=_("Which records"), widget=forms.CheckboxSelectMultiple,
        help_text=_("The package holds these and nothing else, not even your name unless it is among them."),
    )  # fmt: skip

    def __init__(self, *args: Any, choices: dict[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["scope"].choices = list(choices.items())  # type: ignore[attr-defined]
