"""What is asked about roles, grants and traces."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.apps import apps
from django.utils.translation import gettext_lazy as _

from qince.core.access.models import Grant, Role
from qince.core.access.queries import roles_visible_to
from qince.core.access.registry import maskable_fields, permissions
from qince.core.people.choices import DEPARTMENTS, PEOPLE
from qince.kit.choosing import OneOf, SomeOf
from qince.kit.errors import Text
from qince.kit.resource import ActorForm


def by_feature(codes: Iterable[str]) -> list[tuple[Text, list[tuple[str, Text]]]]:
    """Permissions under the name of the feature that declares them."""
    groups: dict[str, list[tuple[str, Text]]] = {}
    for code in sorted(codes):
        groups.setdefault(code.split(".")[0], []).append((code, permissions[code].label))
    return [(_feature(name), choices) for name, choices in groups.items()]


def _feature(label: str) -> Text:
    try:
        return str(apps.get_app_config(label).verbose_name)
    except LookupError:
        return label


class RoleForm(ActorForm):
    name = forms.CharField(label=_("Name"), max_length=60)
    codes = forms.MultipleChoiceField(
        label=_("Permissions"), widget=forms.CheckboxSelectMultiple, required=False
    )
    masked_fields = forms.MultipleChoiceField(
        label=_("Shown as ****"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Personal fields that people with this role see masked, in lists, records and exports."),
    )

    def arrange(self) -> None:
        codes: Any = self.fields["codes"]
        codes.choices = by_feature(code for code in permissions if self.actor.scope(code).everyone)
        masks: Any = self.fields["masked_fields"]
        masks.choices = list(maskable_fields.items())


def role_initial(role: Role) -> dict[str, Any]:
    return {"name": role.name, "codes": role.permissions, "masked_fields": role.masked_fields}


class GrantForm(ActorForm):
    role = forms.ModelChoiceField(Role.objects.none(), label=_("Role"), empty_label="—")
    reach = forms.ChoiceField(label=_("Reach"), choices=Grant.Reach.choices, widget=forms.RadioSelect)
    departments: Any = SomeOf(
        DEPARTMENTS,
        label=_("Departments"),
        required=False,
        help_text=_("Only for the reach “Listed departments and below”."),
    )

    def arrange(self) -> None:
        self.fields["role"].queryset = roles_visible_to(self.actor).order_by("name")  # type: ignore[attr-defined]


class TraceForm(ActorForm):
    viewer: Any = OneOf(PEOPLE, label=_("Who"))
    permission = forms.ChoiceField(label=_("May they"))
    subject: Any = OneOf(PEOPLE, label=_("Of whom"))

    def arrange(self) -> None:
        self.fields["permission"].choices = by_feature(permissions)  # type: ignore[attr-defined]
