from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "qince.employee.attendance"
