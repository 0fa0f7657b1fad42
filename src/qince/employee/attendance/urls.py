"""Addresses of attendance: the day sheet, one person's month, work places."""

from django.urls import include, path

from qince.employee.attendance import (
    board,
    code_views,
    correct_views,
    press_screens,
    roster,
    swap_asking,
    views,
)
from qince.employee.attendance.faces import views as faces
from qince.employee.attendance.place_screens import WORK_PLACES, detail
from qince.employee.attendance.press_screens import PRESSES
from qince.employee.attendance.request_screens import CORRECTIONS, MONTHS, TIME_REQUESTS
from qince.employee.attendance.rule_screens import GROUPS, MEMBERS, SHIFTS, SPECIAL_DAYS
from qince.employee.attendance.swap_screens import SWAPS
from qince.kit.resource.guard import guarded

app_name = "attendance"
urlpatterns = [
    path("attendance/", views.day_sheet, name="day_sheet"),
    path("attendance/print/", views.print_sheet, name="print"),
    path("attendance/export.xlsx", views.export, name="export"),
    path("attendance/today/", board.board, name="board"),
    path("attendance/roster/", roster.roster, name="roster"),
    path("attendance/months/close/", board.close_month, name="close_month"),
    path("attendance/<uuid:key>/", views.month, name="month"),
    path("attendance/<uuid:key>/explain/", board.explain_day, name="explain"),
    path("attendance/<uuid:key>/correct/", correct_views.correct_day, name="correct"),
    path("attendance/shifts/", include(SHIFTS.urls())),
    path("attendance/groups/", include(GROUPS.urls())),
    path("attendance/members/", include(MEMBERS.urls())),
    path("attendance/special-days/", include(SPECIAL_DAYS.urls())),
    path(
        "attendance/check-ins/<uuid:key>/",
        guarded(PRESSES, "view", press_screens.detail),
        name="press_detail",
    ),
    path(
        "attendance/check-ins/<uuid:key>/photos/<uuid:photo>/watermarked/",
        press_screens.watermarked,
        name="photo_watermarked",
    ),
    path("attendance/check-ins/<uuid:key>/face/", faces.base_picture, name="face_base"),
    path("attendance/check-ins/", include(PRESSES.urls())),
    path("attendance/face/", faces.face_settings, name="face"),
    path("attendance/corrections/", include(CORRECTIONS.urls())),
    path("attendance/requests/", include(TIME_REQUESTS.urls())),
    path("attendance/exchanges/ahead/", swap_asking.ahead, name="swap_ahead"),
    path("attendance/exchanges/", include(SWAPS.urls())),
    path("attendance/months/", include(MONTHS.urls())),
    path("work-places/<uuid:key>/code/", code_views.place_code, name="place_code"),
    path("work-places/<uuid:key>/", guarded(WORK_PLACES, "view", detail), name="place_detail"),
    path("work-places/", include(WORK_PLACES.urls())),
]
