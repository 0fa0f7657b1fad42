"""Where approvals are found."""

from django.utils.translation import gettext_lazy as _

from qince.engines.approvals.queries import open_count
from qince.engines.approvals.rules import DESIGN, USE
from qince.kit import assets, navigation

navigation.group("approvals", _("Approvals"), order=15)
navigation.entry(
    "approvals.tasks", _("To decide"), icon="checkbox", url="approvals:tasks_list", permission=USE,
    group="approvals", order=10, badge=open_count, query="?state=pending", key="d",
)  # fmt: skip
navigation.entry(
    "approvals.requests", _("Requests"), icon="file-check", url="approvals:requests_list", permission=USE,
    group="approvals", order=20,
)  # fmt: skip
navigation.entry(
    "approvals.deputies", _("Deputies"), icon="users", url="approvals:deputies_list", permission=USE,
    group="approvals", order=30,
)  # fmt: skip
navigation.entry(
    "approvals.flows", _("Approval flows"), icon="route", url="approvals:flows_list", permission=DESIGN,
    group="approvals", order=40,
)  # fmt: skip

for _name in ("tree", "drawing", "fields", "panel"):
    assets.module(f"qince/approvals/{_name}", f"approvals/{_name}.js")
assets.module("qince/approvals/words", "approvals/designer_words.js")
assets.module("preact", "vendor/preact/dist/preact.mjs")
assets.module("preact/hooks", "vendor/preact/hooks/dist/hooks.mjs")
assets.module("htm", "vendor/htm/dist/htm.mjs")
