"""What a feature says about one kind of record; the pages of the kit are made from it.

A declaration is data: which columns, filters, forms, bulk acts, import. Each page reads the part it needs, in
the module of its name (`lists`, `details`, `forms`, `bulk`, `importing`, `exporting`). One page can be
replaced by putting an ordinary path before `*resource.urls()`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Model, QuerySet
from django.urls import URLPattern, reverse
from django.utils.text import capfirst

from qince.kit.actor import Actor
from qince.kit.errors import Text
from qince.kit.resource.columns import Column

if TYPE_CHECKING:
    from qince.kit.resource.filters import Filter
    from qince.kit.resource.forms import ActorForm
    from qince.kit.resource.importing import Import

# A feature gives its own querysets here: the kit only filters, orders and slices them.
Rows = Callable[[Actor], Any]


@dataclass(frozen=True, slots=True)
class Permissions:
    """Permission codes. An empty one means that the resource does not offer the act."""

    view: str
    add: str = ""
    edit: str = ""
    imports: str = ""
    export: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A block of fields on the detail page."""

    title: Text
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Tab:
    """A further page of one record: `context(actor, row)` fills `template`."""

    name: str
    label: Text
    template: str
    context: Callable[[Actor, Any], dict[str, Any]]
    permission: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class FormPage:
    """A form and the action it calls: `act(actor, [row,] now=…, **cleaned)`."""

    form: "type[ActorForm]"
    act: Callable[..., Any]
    initial: Callable[[Any], dict[str, Any]] | None = None
    template: str = "resource/form.html"  # `resource/place_form.html` sets a map beside the fields


@dataclass(frozen=True, slots=True)
class RowAct:
    """Something done to ticked rows, and to one row from its detail page.

    `act(actor, row, now=…, **cleaned)` runs once per row in its own savepoint; a `Refusal` fails that row
    only. `offered(row)` hides the button on a detail page where the act makes no sense, `offered_to(actor, row)`
    where it is not this person's to do, such as changing what somebody else has asked for.
    """

    name: str
    label: Text
    act: Callable[..., Any]
    permission: str
    icon: str = "check"
    form: "type[ActorForm] | None" = None
    question: Text = ""
    is_dangerous: bool = False
    offered: Callable[[Any], bool] | None = None
    offered_to: Callable[[Actor, Any], bool] | None = None
    in_bulk: bool = True

    def is_offered(self, actor: Actor, row: Any) -> bool:
        return (
            actor.may(self.permission)
            and (self.offered is None or self.offered(row))
            and (self.offered_to is None or self.offered_to(actor, row))
        )


@dataclass(frozen=True, slots=True)
class NextStep:
    """What an import leaves to do: said on its result page, with the page where it is done."""

    text: Text
    label: Text
    url: str


@dataclass(frozen=True, slots=True)
class Beside:
    """A page that belongs to the list without being about its rows one by one; `url` is its name."""

    label: Text
    url: str
    permission: str
    icon: str = "arrow-right"


@dataclass(frozen=True)
class Resource:
    """One kind of record on screen. `namespace:name_list`, `…_detail`, `…_new` … are its URL names."""

    namespace: str
    name: str
    model: type[Model]
    title: Text
    singular: Text
    rows: Rows
    permissions: Permissions
    columns: tuple[Column, ...]
    order: str = "-id"
    search: tuple[str, ...] = ()
    filters: "tuple[Filter, ...]" = ()
    group_by: tuple[str, ...] = ()
    prepare: Callable[[Any], Any] | None = None
    icon: str = "list"
    hint: Text = ""  # the empty state: what to do first
    sections: tuple[Section, ...] = ()
    tabs: tuple[Tab, ...] = ()
    create: FormPage | None = None
    edit: FormPage | None = None
    acts: tuple[RowAct, ...] = ()
    imports: "Import | None" = None
    beside: tuple[Beside, ...] = ()
    purposes: tuple[str, ...] = (
        "basic",
    )  # what its rows may be taken away for, as `privacy.py` declares purposes
    key: str = ""  # stable name in saved views and audit; `namespace.name` unless given
    added_tabs: list[Tab] = field(default_factory=list, compare=False)
    added_steps: list[Callable[[Actor], NextStep | None]] = field(default_factory=list, compare=False)

    def __post_init__(self) -> None:
        if not self.key:
            object.__setattr__(self, "key", f"{self.namespace}.{self.name}")

    def add_tab(self, tab: Tab) -> None:
        """Let a feature of a floor above show its part of this record; called from its `screens.py`."""
        self.added_tabs.append(tab)

    def after_import(self, step: Callable[[Actor], NextStep | None]) -> None:
        """Let a feature of a floor above say what is to be done next, if anything, once rows have been imported."""
        self.added_steps.append(step)

    def steps_after_import(self, actor: Actor) -> list[NextStep]:
        return [found for step in self.added_steps if (found := step(actor)) is not None]

    @property
    def all_tabs(self) -> list[Tab]:
        return [*self.tabs, *self.added_tabs]

    def visible_to(self, actor: Actor, columns: Iterable[Column] | None = None) -> "QuerySet[Any]":
        """Rows the actor may see, with what `columns` (all unless given) need."""
        rows = self.rows(actor)
        rows = self.prepare(rows) if self.prepare else rows
        shown = self.columns if columns is None else columns
        computed = {column.name: column.computed for column in shown if column.computed is not None}
        return rows.annotate(**computed) if computed else rows

    def columns_for(self, actor: Actor) -> list[Column]:
        return [column for column in self.columns if not column.permission or actor.may(column.permission)]

    @cached_property
    def recorder(self) -> Callable[..., None]:
        """The act that writes an export into the trail."""
        from qince.kit.resource.exporting import record_export

        return record_export(self)

    @cached_property
    def importer(self) -> Callable[..., Any]:
        """The act that imports an uploaded table."""
        from qince.kit.resource.import_pages import act_of

        return act_of(self)

    @cached_property
    def by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    def fields_of(self, columns: Iterable[Column]) -> list[str]:
        """The stored fields (`app.model.field`) that columns show; a computed column is none."""
        found = [_stored_field(self.model, column.name) for column in columns]
        return [field for field in found if field]

    def label(self, column: Column) -> str:
        return capfirst(str(column.label or _field_label(self.model, column.name)))

    def may(self, actor: Actor, what: str) -> bool:
        """Whether the resource offers `what` (view, add, edit, imports, export) and the actor may do it."""
        code = getattr(self.permissions, what)
        return bool(code) and actor.may(code)

    def url(self, page: str, *args: Any) -> str:
        name = f"{self.namespace}:{self.name}_{page}"
        return reverse(name, args=args) if args else _address(name)

    @cached_property
    def names(self) -> dict[str, str]:
        """Full URL names by page, for templates: `{% url resource.names.act row.pk act.name %}`."""
        pages = (
            "list",
            "detail",
            "edit",
            "filter",
            "bulk",
            "act",
            "view_deletion",
            "print_one",
            "import_faults",
        )
        return {page: f"{self.namespace}:{self.name}_{page}" for page in pages}

    def urls(self) -> list[URLPattern]:
        from qince.kit.resource.urls import paths

        return paths(self)


@cache
def _address(name: str) -> str:
    """Looked up once: a list asks for twenty of them."""
    return reverse(name)


def _field_label(model: type[Model], path: str) -> Any:
    """The verbose name at the end of `leader__name`: of the relation, since that is what a column shows."""
    return model._meta.get_field(path.split("__")[0]).verbose_name  # type: ignore[union-attr]


def named(items: Iterable[Any], name: str) -> Any:
    """The item called `name`, or None."""
    return next((item for item in items if item.name == name), None)


def _stored_field(model: type[Model], path: str) -> str:
    """`app.model.field` at the end of an ORM path; empty for what is not stored."""
    owner: Any = model
    names = path.split("__")
    for name in names[:-1]:
        field = next((each for each in owner._meta.get_fields() if each.name == name), None)
        if field is None or field.related_model is None:
            return ""
        owner = field.related_model
    known = {field.name for field in owner._meta.concrete_fields}
    return f"{owner._meta.label_lower}.{names[-1]}" if names[-1] in known else ""
