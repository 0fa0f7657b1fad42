"""Writes of forms."""

from qince.engines.forms.actions.assigning import assign, change_assignment, end_assignment
from qince.engines.forms.actions.designing import (
    close_form,
    create_form,
    publish_form,
    reopen_form,
    save_draft,
    set_form,
)
from qince.engines.forms.actions.keys import make_token, revoke_token
from qince.engines.forms.actions.reviewing import delete_submission, edit_submission, review_submission
from qince.engines.forms.actions.submitting import submit

__all__ = [
    "assign", "change_assignment", "close_form", "create_form", "delete_submission", "edit_submission",
    "end_assignment", "make_token", "publish_form", "reopen_form", "review_submission", "revoke_token", "save_draft",
    "set_form", "submit",
]  # fmt: skip
