from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from qince.kit.catalogues import extract


class Command(BaseCommand):
    help = "Bring the message catalogues up to date with the sources."

    def handle(self, *args: Any, **options: Any) -> None:
        extract(settings.LOCALE_PATHS[0])
