"""Where the export and the instructions are found, beside the organization's own pages."""

from django.utils.translation import gettext_lazy as _

from qince.core.processing import headings as headings
from qince.core.processing.rules import EXPORT, VIEW
from qince.kit import navigation

navigation.command("processing.export", _("Export all of the organization's data"), icon="download",
                   url="processing:export", permission=EXPORT, words="archive backup 导出 全部 数据")  # fmt: skip
navigation.command("processing.instructions", _("Instructions to the operator"), icon="checklist",
                   url="processing:instructions_list", permission=VIEW, words="instruction 指示 委托")  # fmt: skip
