"""The fields of a form that choose from a collection, and how they look."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qince.kit.actor import Actor
from qince.kit.choosing.collections import LONGEST, Collection

SHORT = 20
MOST = 1000
_BETWEEN = re.compile(r"[,，、;；\n]+")


@dataclass(frozen=True, slots=True)
class Given:
    """What a page sent: ids that were chosen, and what was typed beside them."""

    ids: tuple[str, ...] = ()
    typed: str = ""


class Picker(forms.Widget):
    """What is chosen, each removable, and a box to type in; a short collection to choose one of is a plain list."""

    template_name = "kit/picker.html"
    choices: Any = ()  # Django hands every choice to a widget; this one never asks for them

    def __init__(self, field: "_Choosing") -> None:
        super().__init__()
        self.field = field

    def use_required_attribute(self, initial: Any) -> bool:
        return False  # the box is empty when all is chosen; the server says what is missing

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Given:
        held = data.getlist(name) if hasattr(data, "getlist") else data.get(name)
        return Given(_ids(held), str(data.get(f"{name}-typed") or "").strip()[: LONGEST * 10])

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and f"{name}-typed" not in data

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        given = value if isinstance(value, Given) else Given(_ids(value))
        options = self._options(given)
        for option in options or ():
            option["is_chosen"] = "yes" if option["id"] in given.ids else ""
        context["widget"] |= {
            "described": context["widget"]["attrs"].get("aria-describedby", ""),
            "is_invalid": "is-invalid" in context["widget"]["attrs"].get("class", ""),
            "is_many": self.field.is_many,
            "chosen": self.field.chosen(given.ids) if options is None else [],
            "typed": given.typed,
            "url": reverse("choose", args=[self.field.collection.name]),
            "without": " ".join(map(str, self.field.left_out)),
            "options": options,
            "empty": self.field.empty_label,
            "is_required": self.is_required,
        }
        return context

    def _options(self, given: Given) -> list[dict[str, str]] | None:
        """The whole collection where it is short enough to be a plain list."""
        if self.field.is_many or given.typed:
            return None
        return self.field.everything_if_short()


class _Choosing:
    """What both fields share. `bind` tells whose form it is; until then nothing can be chosen. `is_typed`: found by
    typing even where the collection is short, as in a filter.
    """

    is_many = False
    is_typed = False
    collection: Collection
    queryset: Any
    empty_label: Any = None

    def begin(self, collection: Collection) -> None:
        self.collection = collection
        self.actor: Actor | None = None
        self.left_out: tuple[UUID, ...] = ()

    def bind(self, actor: Actor) -> None:
        self.actor = actor
        self.queryset = self.collection.rows(actor)

    def leave_out(self, *keys: UUID) -> None:
        """Rows that make no sense in this form, such as somebody as their own leader."""
        self.left_out += keys
        self.queryset = self.queryset.exclude(pk__in=keys)

    def told(self, rows: Sequence[Any]) -> list[dict[str, str]]:
        assert self.actor is not None, "a field that chooses belongs into an ActorForm"
        return self.collection.told(self.actor, rows)

    def chosen(self, ids: Sequence[str]) -> list[dict[str, str]]:
        if not (keys := _keys(ids)):
            return []
        return self.told(list(self.queryset.filter(pk__in=keys).order_by(*self.collection.order)))

    def everything_if_short(self) -> list[dict[str, str]] | None:
        if self.is_typed:
            return None
        rows = self.collection.arranged(self.queryset, SHORT + 1)
        return self.told(rows) if len(rows) <= SHORT else None

    @property
    def offers_any(self) -> bool:
        return bool(self.queryset.exists())

    def named(self, text: str) -> Any:
        """The one row that is called or numbered so."""
        assert self.actor is not None
        found = list(self.queryset.filter(self.collection.named(self.actor, text.replace("\0", "")))[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError(
                _("“%(text)s” can be more than one. Choose from the list, or type the number."),
                "ambiguous", {"text": text},
            )  # fmt: skip
        raise ValidationError(
            _("“%(text)s” is not among what can be chosen here. Choose from the list."),
            "unknown", {"text": text},
        )  # fmt: skip


UNKNOWN = _("This is not among what can be chosen here.")


class OneOf(_Choosing, forms.ModelChoiceField):
    default_error_messages = {"invalid_choice": UNKNOWN}

    def __init__(
        self, collection: Collection, *, empty_label: Any = "—", is_typed: bool = False, **options: Any
    ) -> None:
        self.begin(collection)
        self.is_typed = is_typed
        super().__init__(None, widget=Picker(self), empty_label=empty_label, **options)

    def __deepcopy__(self, memo: Any) -> Any:
        return _with_own_widget(super().__deepcopy__(memo))

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, Given) else super().prepare_value(value)

    def clean(self, value: Any) -> Any:
        if isinstance(value, Given):
            if value.typed:
                return self.named(value.typed)
            value = value.ids[-1] if value.ids else None
        return super().clean(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _changed([initial] if initial else [], data)


class SomeOf(_Choosing, forms.ModelMultipleChoiceField):
    is_many = True
    default_error_messages = {"invalid_choice": UNKNOWN, "invalid_pk_value": UNKNOWN}

    def __init__(self, collection: Collection, **options: Any) -> None:
        self.begin(collection)
        super().__init__(None, widget=Picker(self), **options)

    def __deepcopy__(self, memo: Any) -> Any:
        return _with_own_widget(super().__deepcopy__(memo))

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, Given) else super().prepare_value(value)

    def clean(self, value: Any) -> Any:
        if not isinstance(value, Given):
            return super().clean(value)
        if len(value.ids) > MOST:
            raise ValidationError(_("At most %(most)d can be chosen."), "too_many", {"most": MOST})
        typed = [part.strip() for part in _BETWEEN.split(value.typed) if part.strip()]
        return super().clean([*value.ids, *(str(self.named(text).pk) for text in typed[:LONGEST])])

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _changed(initial or [], data)


def _with_own_widget(field: Any) -> Any:
    """Every form has copies of its fields; the copy's widget must speak of the copy."""
    field.widget.field = field
    return field


def _changed(initial: Iterable[Any], data: Any) -> bool:
    given = data if isinstance(data, Given) else Given(_ids(data))
    return bool(given.typed) or set(_ids(list(initial))) != set(given.ids)


def _ids(value: Any) -> tuple[str, ...]:
    """Ids as text, of one or several rows, ids, or nothing."""
    if value is None or value == "":
        return ()
    several = value if isinstance(value, (list, tuple, set)) or hasattr(value, "__next__") else None
    if several is None and hasattr(value, "all"):
        several = value.all()
    return tuple(str(getattr(each, "pk", each)) for each in ([value] if several is None else several) if each)


def _keys(ids: Sequence[str]) -> list[UUID]:
    found = []
    for value in ids[:MOST]:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return found
