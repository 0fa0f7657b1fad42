"""The resource kit: one declaration in a feature's `screens.py` becomes list, detail, create, edit, bulk
acts, import, export and print. Features import from here; `docs/add-a-feature.md` walks through it."""

from qince.kit.resource.columns import Column
from qince.kit.resource.declaration import Beside, FormPage, Permissions, Resource, RowAct, Section, Tab
from qince.kit.resource.forms import ActorForm
from qince.kit.resource.importing import Field, Import
from qince.kit.resource.planning import Plan, Planner, Problem, Row

__all__ = [
    "ActorForm",
    "Beside",
    "Column",
    "Field",
    "FormPage",
    "Import",
    "Permissions",
    "Plan",
    "Planner",
    "Problem",
    "Resource",
    "Row",
    "RowAct",
    "Section",
    "Tab",
]
