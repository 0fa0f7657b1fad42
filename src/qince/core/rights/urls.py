"""Addresses of privacy requests: the officer's queue, the administrator's leave, and a person's own."""

from django.urls import include, path

from qince.core.rights.screens import CASES, WORKING_CALENDAR
from qince.core.rights.views import case, comparing, mine, waiting
from qince.kit.resource.guard import guarded

app_name = "rights"
urlpatterns = [
    path("privacy-requests/waiting/", waiting.waiting, name="waiting"),
    path("privacy-requests/waiting/<uuid:key>/", waiting.decide, name="decide"),
    path("privacy-requests/<uuid:key>/", guarded(CASES, "view", case.detail), name="cases_detail"),
    path("privacy-requests/<uuid:key>/print/", guarded(CASES, "view", case.paper), name="cases_print_one"),
    path("privacy-requests/<uuid:key>/export/", case.export, name="export"),
    path("privacy-requests/<uuid:key>/copy/", case.copy, name="copy"),
    path("privacy-requests/<uuid:key>/files/<uuid:case_file_id>/", case.file, name="file"),
    path("privacy-requests/", include(CASES.urls())),
    path("working-calendar/compare/", comparing.compare, name="calendar_compare"),
    path("working-calendar/", include(WORKING_CALENDAR.urls())),
    path("me/requests/", mine.mine, name="mine"),
    path("me/requests/new/", mine.new, name="new"),
    path("me/requests/legacy/", mine.legacy, name="legacy"),
    path("me/requests/pushed/", mine.pushed, name="pushed"),
    path("me/requests/decisions/", mine.decisions, name="decisions"),
    path("me/requests/decisions/<str:code>/<uuid:key>/", mine.decision, name="decision"),
    path("me/requests/<uuid:key>/", mine.case, name="mine_case"),
    path("me/requests/<uuid:key>/<slug:act>/", mine.act, name="mine_act"),
]
