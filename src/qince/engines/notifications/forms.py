"""The console's forms for how one wants to be told."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from qince.engines.notifications import queries
from qince.engines.notifications.choices import STANDARD
from qince.engines.notifications.models import Preference
from qince.kit.actor import Actor
from qince.kit.forms import TimeInput

DAYS = (
    (1, _("Monday")),
    (2, _("Tuesday")),
    (3, _("Wednesday")),
    (4, _("Thursday")),
    (5, _("Friday")),
    (6, _("Saturday")),
    (7, _("Sunday")),
)


class ChannelsForm(forms.Form):
    """A choice for each group of messages and channel."""

    def __init__(self, actor: Actor, data: Any = None) -> None:
        super().__init__(data)
        self.groups = queries.used_groups()
        chosen = queries.choices_of(actor)
        labels = dict(Preference.Channel.choices)
        for code, title in self.groups:
            for channel in STANDARD:
                self.fields[f"{code}:{channel}"] = forms.ChoiceField(
                    label=f"{title}: {labels[channel]}",
                    choices=Preference.When.choices,
                    initial=chosen[code][channel],
                    required=False,  # what is left out stays as it is
                )

    def rows(self) -> list[tuple[str, list[tuple[str, forms.BoundField]]]]:
        """Each group's title, with the name and the field of each channel."""
        labels = dict(Preference.Channel.choices)
        return [
            (title, [(str(labels[channel]), self[f"{code}:{channel}"]) for channel in STANDARD])
            for code, title in self.groups
        ]

    @property
    def changes(self) -> dict[tuple[str, str], str]:
        """What differs from what holds now: (group, channel) → when."""
        return {
            tuple(name.split(":")): self.cleaned_data[name]  # type: ignore[misc]
            for name in self.changed_data
            if self.cleaned_data[name]
        }


class QuietForm(forms.Form):
    is_on = forms.BooleanField(label=_("Keep quiet"), required=False)
    starts = forms.TimeField(label=_("From"), widget=TimeInput)
    ends = forms.TimeField(label=_("Until"), widget=TimeInput)
    zone = forms.ChoiceField(label=_("Time zone"))
    days = forms.TypedMultipleChoiceField(
        label=_("Days on which messages may come"),
        help_text=_("The other days are quiet altogether."),
        coerce=int,
        choices=DAYS,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        zone: Any = self.fields["zone"]
        zone.choices = [(name, name) for name in sorted(available_timezones())]
