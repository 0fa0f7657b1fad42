"""What is asked at each step of a case."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qince.core.erasure.correcting import correctable
from qince.core.privacy.registry import CIRCUMSTANCES, NEVER, declared
from qince.core.rights import interest
from qince.core.rights.choices import SUBJECTS
from qince.core.rights.grounds import CHOICES, REFUSALS, Deletion
from qince.core.rights.kinds import Asked, Kind, rules_of
from qince.core.rights.models import CalendarDay, Case, CaseEntry, CaseFile, Onward, Review
from qince.core.rights.queries import like_cases
from qince.kit.choosing import OneOf
from qince.kit.forms import DateInput, DateTimeInput
from qince.kit.resource import ActorForm

Channel = Case.Channel
ENTERED = (Channel.HOTLINE, Channel.EMAIL, Channel.POST, Channel.COUNTER)


def _area(rows: int = 4) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


class EnterForm(ActorForm):
    """A request that came by telephone, mail or post."""

    channel = forms.ChoiceField(label=_("Came by"), choices=[(each.value, each.label) for each in ENTERED])
    kind = forms.ChoiceField(label=_("What is asked"), choices=Kind.choices)
    asked = forms.ChoiceField(
        label=_("What is wanted"), required=False, choices=[("", "—"), *Asked.choices],
        help_text=_("For relatives and contact persons outside; else it stands in the kind."),
    )  # fmt: skip
    received_at = forms.DateTimeField(
        label=_("Received"),
        required=False,
        widget=DateTimeInput(),
        help_text=_("Empty: now. The clock runs from here."),
    )
    subject: Any = OneOf(
        SUBJECTS, label=_("Whose data"), required=False,
        help_text=_("Also people who never signed in, or who left."),
    )  # fmt: skip
    contact_name = forms.CharField(label=_("Who asks"), max_length=60, required=False)
    contact_mobile = forms.CharField(label=_("Mobile"), max_length=20, required=False)
    contact_email = forms.EmailField(label=_("E-mail"), required=False)
    ground = forms.ChoiceField(
        label=_("Ground of a deletion"), required=False, choices=[("", "—"), *Deletion.choices]
    )
    ground_text = forms.CharField(
        label=_("Ground, explained"), max_length=500, required=False,
        help_text=_("For another legal case: the law. Without it the officer asks."),
    )  # fmt: skip
    first_case: Any = forms.ModelChoiceField(
        Case.objects.none(), label=_("First case"), required=False, empty_label="—",
        help_text=_("For complaints and appeals."),
    )  # fmt: skip
    details = forms.CharField(label=_("Request in words"), max_length=4000, required=False, widget=_area())

    def arrange(self) -> None:
        self.fields["first_case"].queryset = Case.objects.order_by("-number")  # type: ignore[attr-defined]


class VerifyForm(ActorForm):
    how = forms.CharField(
        label=_("How identity was checked"), max_length=200,
        help_text=_("For example: called back on the number in the address book; identity card seen."),
    )  # fmt: skip
    subject: Any = OneOf(SUBJECTS, label=_("Whose data"), required=False)
    asked = forms.ChoiceField(
        label=_("What is wanted"), required=False, choices=[("", "—"), *Asked.choices],
        help_text=_("For relatives and contact persons outside. Somebody who wrote and is no member is one."),
    )  # fmt: skip
    contact_mobile = forms.CharField(label=_("Mobile for the answer"), max_length=20, required=False)
    contact_email = forms.EmailField(label=_("E-mail for the answer"), required=False)

    def arrange(self) -> None:
        if self.row is None:
            return
        self.fields["subject"].initial = self.row.subject_id
        self.fields["asked"].initial = self.row.asked
        if self.row.kind == Kind.OUTSIDE:
            del self.fields["subject"]
        elif not rules_of(self.row.kind).says_asked and not (
            self.row.kind == Kind.QUERY and self.row.subject_id is None
        ):
            del self.fields["asked"]


class AccountForm(ActorForm):
    """What the caller says; nothing of it is shown beforehand."""

    organization = forms.CharField(label=_("Organization or its credit code"), max_length=100)
    name = forms.CharField(label=_("Full name"), max_length=60)
    department = forms.CharField(label=_("Department"), max_length=80, required=False)
    mobile = forms.CharField(label=_("Mobile"), max_length=20)


class ReasonForm(ActorForm):
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=_area(3))


class TextForm(ActorForm):
    text = forms.CharField(label=_("What it is about"), max_length=4000, widget=_area(3))


class FileForm(ActorForm):
    role = forms.ChoiceField(label=_("What it is"), choices=CaseFile.Role.choices)
    file = forms.FileField(
        label=_("File"),
        help_text=_("Picture, PDF or Office file. Proofs are erased when the case is closed."),
    )


class EntryForm(ActorForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=CaseEntry.Kind.choices)
    text = forms.CharField(label=_("Content"), max_length=4000, widget=_area())
    recording = forms.CharField(label=_("Where the recording is kept"), max_length=200, required=False)


class FeeForm(ActorForm):
    """Reasonable requests cost nothing: how many like ones there were is shown beside the reason."""

    amount = forms.DecimalField(label=_("Fee, yuan"), max_digits=8, decimal_places=2)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=_area(3))

    def arrange(self) -> None:
        if self.row is not None:
            text = _("Earlier requests of this kind: %(n)d.") % {"n": like_cases(self.row).count()}
            self.fields["amount"].help_text = text


class WithdrawForm(ActorForm):
    """Only what is taken back or narrowed; there is no choice that grants."""

    purpose = forms.ChoiceField(label=_("Purpose"))
    circumstances = forms.ChoiceField(label=_("What remains allowed"), required=False)

    def arrange(self) -> None:
        purposes = [(code, each.title) for code, each in declared.asked.items() if code != "capacity"]
        self.fields["purpose"].choices = purposes  # type: ignore[attr-defined]
        remains = {each for one in declared.asked.values() for each in one.circumstances if each != NEVER}
        choices = [
            ("", _("Nothing")),
            *((code, CIRCUMSTANCES[code]) for code in CIRCUMSTANCES if code in remains),
        ]
        self.fields["circumstances"].choices = choices  # type: ignore[attr-defined]


class CorrectForm(ActorForm):
    """What is right, for the fields that records of work hold of a contact outside."""

    stands_as = forms.CharField(
        label=_("As the records know the person now"), max_length=80,
        help_text=_("The number, e-mail address or name that stands there, right or wrong."),
    )  # fmt: skip
    name = forms.CharField(label=_("Right name"), max_length=60, required=False)
    mobile = forms.CharField(label=_("Right number"), max_length=30, required=False)
    email = forms.EmailField(label=_("Right e-mail address"), required=False)

    def arrange(self) -> None:
        for told in {"name", "mobile", "email"} - correctable():
            del self.fields[told]
        if self.row is not None:
            known = self.row.contact_mobile or self.row.contact_email or self.row.contact_name
            self.fields["stands_as"].initial = known


class InterestForm(ActorForm):
    """Nothing is ticked beforehand: what a relative may have is what their own lawful interest needs."""

    kinds = forms.MultipleChoiceField(
        label=_("Kinds of records that the interest covers"), widget=forms.CheckboxSelectMultiple,
        help_text=_("The copy holds these and nothing else. Records of others never are in it."),
    )  # fmt: skip
    sensitive = forms.MultipleChoiceField(
        label=_("Sensitive data in these records that it covers as well"), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whatever is not ticked is left out of the records: positions, reasons of health, and the like."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why the interest covers this"), max_length=500, widget=_area(3),
        help_text=_("For example: the wages still owed are reckoned from the attendance of the last month."),
    )  # fmt: skip

    def arrange(self) -> None:
        if self.row is None:
            return
        decided = self.row.interest or {"kinds": [], "sensitive": []}
        for name, choices in (
            ("kinds", interest.offered(self.row)),
            ("sensitive", interest.offered_sensitive(self.row)),
        ):
            self.fields[name].choices = list(choices.items())  # type: ignore[attr-defined]
            self.fields[name].initial = decided[name]
        self.fields["reason"].initial = self.row.interest_text


class AnswerForm(ActorForm):
    answer = forms.CharField(
        label=_("What the person is told"), max_length=4000, widget=_area(6),
        help_text=_("The way to complain is added by itself."),
    )  # fmt: skip
    solution = forms.CharField(
        label=_("Solution, for the file"), max_length=4000, required=False, widget=_area(3)
    )
    is_partial = forms.BooleanField(label=_("Only a part could be met"), required=False)


class RefuseForm(ActorForm):
    """The closed list. A ground that cannot hold is not offered; what each demands is said below it."""

    ground = forms.ChoiceField(label=_("Ground"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What the person is told"), max_length=2000, widget=_area(),
        help_text=_("For reasons of state or criminal procedure: only what the law allows."),
    )  # fmt: skip
    reference = forms.CharField(label=_("Legal reference or document number"), max_length=200, required=False)
    harm = forms.CharField(label=_("Harm, named"), max_length=500, required=False)
    tried = forms.CharField(
        label=_("What was tried first, or why there is no partial answer"), max_length=1000, required=False,
        widget=_area(2),
    )  # fmt: skip
    partial_answer = forms.CharField(
        label=_("Partial answer"), max_length=4000, required=False, widget=_area(3)
    )
    offers_key_destruction = forms.BooleanField(
        label=_("The person was offered to have the keys destroyed, which makes backups unreadable"),
        required=False,
    )
    silent_until = forms.DateField(
        label=_("Tell the person only after"), required=False, widget=DateInput(),
        help_text=_("Only where a criminal procedure orders it."),
    )  # fmt: skip

    def arrange(self) -> None:
        earlier = like_cases(self.row).count() if self.row is not None else 0
        offered = [(code, title) for code, title in CHOICES if REFUSALS[code].earlier <= earlier]
        self.fields["ground"].choices = offered  # type: ignore[attr-defined]


class OnwardForm(ActorForm):
    task_id: Any = forms.ModelChoiceField(Onward.objects.none(), label=_("Recipient"), empty_label=None)
    state = forms.ChoiceField(
        label=_("State"),
        choices=[choice for choice in Onward.State.choices if choice[0] != Onward.State.TO_SEND],
    )
    reason = forms.CharField(
        label=_("Reason or answer"), max_length=500, required=False,
        help_text=_("Required where a recipient is not told: the law, or their own consent of the person."),
    )  # fmt: skip

    def arrange(self) -> None:
        if self.row is not None:
            self.fields["task_id"].queryset = self.row.onward.order_by("name")  # type: ignore[attr-defined]

    def clean_task_id(self) -> Any:
        return self.cleaned_data["task_id"].pk


class ReviewForm(ActorForm):
    state = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        choices=[choice for choice in Review.State.choices if choice[0] != Review.State.HUMAN_REVIEW],
    )
    text = forms.CharField(label=_("What you found"), max_length=1000, widget=_area())


class CalendarDayForm(ActorForm):
    on = forms.DateField(label=_("Day"), widget=DateInput())
    kind = forms.ChoiceField(label=_("Kind of day"), choices=CalendarDay.Kind.choices)
    note = forms.CharField(label=_("Note"), max_length=100, required=False)
