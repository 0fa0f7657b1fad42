import shutil
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from qince.kit import catalogues


class Command(BaseCommand):
    help = "Fail when a text lacks its Chinese translation, or when the catalogues are not up to date."

    def handle(self, *args: Any, **options: Any) -> None:
        if catalogues.gettext_is_missing():
            raise CommandError("The gettext tools are missing: apt-get install gettext")
        with tempfile.TemporaryDirectory() as name:
            fresh = Path(name) / "locale"
            shutil.copytree(settings.LOCALE_PATHS[0], fresh)
            catalogues.extract(fresh)
            problems = [problem for domain in catalogues.DOMAINS for problem in self._problems(fresh, domain)]
        if problems:
            raise CommandError(
                "\n".join([*problems, f"{len(problems)} texts. See CONTRIBUTING, “Languages”."])
            )
        self.stdout.write("every text has its translation")

    def _problems(self, fresh: Path, domain: str) -> list[str]:
        wanted = set(catalogues.ids(catalogues.catalogue(fresh, domain)))
        held = catalogues.entries(catalogues.catalogue(settings.LOCALE_PATHS[0], domain))
        translated = {key.split("\4")[-1].split("\0")[0] for key in held}
        return [f"{domain}: not translated: {text!r}" for text in sorted(wanted - translated)]
