"""How forms look in the console: Tabler's markup, help and errors tied to their field for screen readers."""

from pathlib import Path
from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.renderers import DjangoTemplates
from django.utils.functional import cached_property

TEMPLATES = Path(__file__).parent / "templates/kit/widgets"
DJANGO_TEMPLATES = Path(forms.__file__).parent / "templates"

CHECKS = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)
NATIVE = (forms.HiddenInput, forms.MultipleHiddenInput)


def css_class(widget: forms.Widget) -> str:
    if isinstance(widget, NATIVE):
        return ""
    if isinstance(widget, CHECKS):
        return "form-check-input"
    return "form-select" if isinstance(widget, forms.Select) else "form-control"


class Field(BoundField):
    """A bound field whose widget carries the console's classes."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        own = [css_class(widget), widget.attrs.get("class", ""), "is-invalid" if self.errors else ""]
        if classes := " ".join(part for part in own if part):
            built["class"] = classes
        return built

    @property
    def is_single_check(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)


class Renderer(DjangoTemplates):
    """Set as FORM_RENDERER: `{{ form }}` and `{{ form.field.as_field_group }}` come out in our markup."""

    form_template_name = "kit/forms/form.html"
    field_template_name = "kit/forms/field.html"
    bound_field_class = Field

    @cached_property
    def engine(self) -> Any:
        return self.backend(
            {
                "APP_DIRS": True,
                "DIRS": [TEMPLATES, DJANGO_TEMPLATES],
                "NAME": "qinceforms",
                "OPTIONS": {"builtins": ["django.templatetags.i18n", "qince.kit.templatetags.kit"]},
            }
        )


class DateInput(forms.DateInput):
    """The browser's own calendar; it speaks ISO dates whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class DateTimeInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")
