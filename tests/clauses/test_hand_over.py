"""A whole organization's data goes to itself alone: nothing hands it over to anybody else (agreement 4.2)."""

from importlib import import_module

import pytest

from config.api import phone
from qince.core.people.tests import factories as people
from qince.core.processing import archives
from qince.core.processing.models import Archive
from qince.core.processing.rules import EXPORT
from qince.core.rights import queries as rights
from qince.kit import clock
from qince.kit.action import registry
from qince.kit.actor import system_actor
from qince.kit.errors import Forbidden

REASON = "换到另一套系统，需要全部数据"


@pytest.mark.clause("C4.2-01")
def test_neither_the_operator_nor_a_job_nor_another_role_takes_or_asks_for_it(inside, data_folder):
    acts = {name for name, act in registry.items() if act.permission == EXPORT}
    assert acts == {"processing.request_export", "processing.export", "processing.remove_export"}
    boss, now = people.actor(people.employee("李雷", roles=["administrator"])), clock.now()
    found = archives.request_export(boss, reason=REASON, now=now)
    Archive.objects.update(state="ready")
    others = [people.actor(people.employee(role, roles=[role])) for role in ("rep", "manager", "auditor")]
    others.append(people.actor(people.employee("隐私官", roles=["privacy_officer"])))
    others.append(people.actor(people.employee("分部", roles=["administrator"], reach="subordinates")))
    others.append(system_actor(inside.pk, "operator"))
    for actor in others:
        with pytest.raises(Forbidden):
            archives.request_export(actor, reason=REASON, now=now)
        with pytest.raises(Forbidden):
            archives.take_export(actor, found, now=now)


@pytest.mark.clause("C4.2-01")
def test_no_operation_of_the_api_reaches_it():
    assert reaching(archives) == []
    assert reaching(rights) == ["qince.core.rights.api"]  # the twin: what an operation does reach is found


def reaching(module):
    """Modules of API operations that know the given one."""
    views = [view for _prefix, router in phone._routers for view in router.path_operations.values()]
    names = {operation.view_func.__module__ for view in views for operation in view.operations}
    return sorted(name for name in names if module in vars(import_module(name)).values())
