"""Addresses of leave."""

from typing import Any

app_name = "leave"
urlpatterns: list[Any] = []
