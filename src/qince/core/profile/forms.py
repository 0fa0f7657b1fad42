"""The page of one's own information: each field beside who sees it."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from qince.core.profile.models import Profile
from qince.core.profile.queries import FIELDS
from qince.kit.forms import DateInput

SEEN_BY = "seen_by_"


class ProfileForm(forms.Form):
    """Built from the fields the organization offers; none is required."""

    def __init__(self, *args: Any, offered: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FIELDS:
            if name in offered:
                self.fields[name] = _field(name)
                self.fields[SEEN_BY + name] = _seen_by()
        if "picture" in offered:
            self.fields["picture"] = forms.FileField(label=_("Picture"), required=False)
            self.fields["clear_picture"] = forms.BooleanField(label=_("Remove the picture"), required=False)
            self.fields[SEEN_BY + "picture"] = _seen_by()

    @property
    def pairs(self) -> list[tuple[Any, Any]]:
        return [(self[name], self[SEEN_BY + name]) for name in FIELDS if name in self.fields]

    def values(self) -> tuple[dict[str, Any], dict[str, str]]:
        data = self.cleaned_data
        values = {name: data[name] for name in FIELDS if name in data}
        seen = {
            name.removeprefix(SEEN_BY): who for name, who in data.items() if name.startswith(SEEN_BY) and who
        }
        return values, seen


def _field(name: str) -> forms.Field:
    model: Any = Profile._meta.get_field(name)
    label = capfirst(str(model.verbose_name))
    if model.choices:
        return forms.ChoiceField(label=label, required=False, choices=[("", "—"), *model.choices])
    if name == "birthday":
        return forms.DateField(label=label, required=False, widget=DateInput())
    return forms.CharField(label=label, required=False, max_length=model.max_length)


def _seen_by() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Seen by"), required=False, choices=Profile.Visibility.choices)


def initial(found: Profile) -> dict[str, Any]:
    values = {name: getattr(found, name) for name in FIELDS}
    who = Profile.Visibility.NOBODY
    return values | {SEEN_BY + name: found.visibility.get(name, who) for name in (*FIELDS, "picture")}
