"""Addresses of daily reports."""

from django.urls import include, path

from qince.employee.daily_reports.screens import OBLIGATIONS, REPORTS, TEMPLATES
from qince.employee.daily_reports.views import counting, designing, reading, templates
from qince.kit.resource.guard import guarded

app_name = "daily_reports"
urlpatterns = [
    path("daily-reports/inbox/", reading.inbox, name="inbox"),
    path("daily-reports/mine/", reading.mine, name="mine"),
    path("daily-reports/figures/", counting.statistics, name="statistics"),
    path("daily-reports/figures.xlsx", counting.export, name="export"),
    path("daily-reports/<uuid:key>/read/", reading.mark_read, name="read"),
    path("daily-reports/<uuid:key>/comment/", reading.comment, name="comment"),
    path("daily-reports/<uuid:key>/withdrawal/", reading.withdraw, name="withdraw"),
    path("daily-reports/comments/<uuid:key>/take-back/", reading.take_back, name="take_back"),
    path("daily-reports/templates/<uuid:key>/design/", designing.designer, name="designer"),
    path("daily-reports/templates/<uuid:key>/draft/", designing.draft, name="draft"),
    path("daily-reports/templates/<uuid:key>/publication/", designing.publication, name="publication"),
    path(
        "daily-reports/templates/<uuid:key>/",
        guarded(TEMPLATES, "view", templates.template_page),
        name="template_detail",
    ),
    path("daily-reports/templates/", include(TEMPLATES.urls())),
    path(
        "daily-reports/owed/<uuid:key>/",
        guarded(OBLIGATIONS, "view", counting.obligation),
        name="obligation_detail",
    ),
    path("daily-reports/owed/", include(OBLIGATIONS.urls())),
    path("daily-reports/<uuid:key>/", guarded(REPORTS, "view", reading.report_page), name="report_detail"),
    path("daily-reports/", include(REPORTS.urls())),
]
