"""How a step is called."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from qince.engines.approvals.models import Step


def step_name(step: Step) -> Any:
    """The simple flow's only step has no name of its own: it is read in every language."""
    return read_step(step.name)


def read_step(name: str) -> Any:
    return name or _("Direct leader")
