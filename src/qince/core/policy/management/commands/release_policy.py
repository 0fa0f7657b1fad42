"""Release the policy: `./qince manage release_policy`; `--declare` renews the committed snapshot instead."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from qince.core.policy import announcing, declarations, releasing, significance
from qince.kit import clock
from qince.kit.errors import Refusal


class Command(BaseCommand):
    help = "Make a release of the privacy policy and announce it."
    requires_system_checks: list[str] = []  # it is what mends the check about an unreleased policy

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--notes", default="", help="what has changed, in a sentence for everybody")
        parser.add_argument(
            "--comment-days",
            type=int,
            default=releasing.COMMENT_DAYS,
            help="how long a considerable change waits",
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what the release would be")
        parser.add_argument(
            "--declare",
            action="store_true",
            help="renew the snapshot in the source, for a new version of the program",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["declare"]:
            self.stdout.write(f"version {declarations.write()}: {declarations.FILE.name}")
        elif options["dry_run"]:
            self._tell()
        else:
            self._release(options)

    def _tell(self) -> None:
        found = releasing.compared()
        state = "changed" if found.has_changed else "unchanged"
        self.stdout.write(f"{state}; {'significant' if found.reasons else 'not significant'}")
        for reason in found.reasons:
            self.stdout.write(f"  {reason.clause}  {significance.words(reason.as_dict())}")
        for subject in found.unsigned:
            self.stdout.write(f"  C8-09  unsigned: {subject}")

    def _release(self, options: dict[str, Any]) -> None:
        try:
            made = releasing.release(
                now=clock.now(), notes=options["notes"], comment_days=max(0, options["comment_days"])
            )
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from refusal
        told = announcing.announce(made, now=clock.now()) if made.is_significant else 0
        self.stdout.write(
            f"release {made.number}, in force from {made.effective_at:%Y-%m-%d %H:%M}; {told} told"
        )
        for reason in made.reasons:
            self.stdout.write(f"  {reason['clause']}  {significance.words(reason)}")
