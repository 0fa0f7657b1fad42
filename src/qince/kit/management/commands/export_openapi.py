import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.module_loading import import_string


class Command(BaseCommand):
    help = "Write docs/openapi.json; with --check, fail when it differs from what the code offers."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        api = import_string("config.api.phone")
        with translation.override("en"):
            schema = api.get_openapi_schema(path_prefix="/api/phone/v1/")
        text = json.dumps(schema, indent=1, ensure_ascii=False, sort_keys=True, default=str) + "\n"
        path = settings.ROOT / "docs" / "openapi.json"
        if not options["check"]:
            path.write_text(text)
        elif not path.exists() or path.read_text() != text:
            raise CommandError("docs/openapi.json is out of date: ./qince manage export_openapi")
