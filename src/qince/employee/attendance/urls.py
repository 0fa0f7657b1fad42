"""Addresses of attendance."""

from django.urls import path

from qince.employee.attendance import views

app_name = "attendance"
urlpatterns = [
    path("attendance/", views.day_sheet, name="day_sheet"),
    path("attendance/print/", views.print_sheet, name="print"),
    path("attendance/export.xlsx", views.export, name="export"),
    path("attendance/<uuid:key>/", views.month, name="month"),
]
