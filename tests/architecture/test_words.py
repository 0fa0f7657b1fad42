"""Whatever the trail, a timeline or a copy of somebody's data tells, it tells in words that can be translated."""

import ast
from pathlib import Path

from django.apps import apps
from django.urls import get_resolver

import qince
from qince.kit.action import registry
from qince.kit.resource import timeline

ROOT = Path(qince.__file__).parent
# Told with the kind of thing they are upon: `audit.words`.
VERBS = ("export", "import")


def models():
    return [model for model in apps.get_models() if model.__module__.startswith("qince.")]


def unnamed_acts(acts):
    return sorted(act for act in acts if act not in timeline._words and act.rpartition(".")[2] not in VERBS)


def facts():
    """The names under which acts note something."""
    for path in ROOT.rglob("*.py"):
        if "tests" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("note", "note_set"):
                    yield from (keyword.arg for keyword in node.keywords if keyword.arg)


def unnamed_facts(names):
    """Without words of their own, or of the field they are called after: in every model that has one."""
    fields = [field for model in models() for field in model._meta.get_fields() if field.concrete]
    nameless = {field.name for field in fields if isinstance(field.verbose_name, str)}
    named = {field.name for field in fields} - nameless
    return sorted(set(names) - set(timeline._facts) - named)


def test_every_act_kind_and_fact_has_words():
    assert get_resolver().url_patterns  # every page is imported
    own = [name for name, act in registry.items() if ".tests." not in f"{act.__module__}."]
    assert len(own) > 200
    assert unnamed_acts(own) == []
    kinds = [model._meta.label_lower for model in models()]
    assert [kind for kind in kinds if kind not in timeline._kinds] == []
    assert unnamed_facts(facts()) == []


def test_an_unnamed_one_would_be_found():
    assert unnamed_acts(["planted.do", "planted.export"]) == ["planted.do"]
    assert unnamed_facts(["planted_fact", "stops"]) == ["planted_fact"]
