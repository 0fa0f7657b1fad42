"""The example files, and importing them now."""

from pathlib import Path

from qince.kit import clock
from qince.kit.resource import bringing

EXAMPLES = Path(__file__).resolve().parents[5] / "examples"


def dry_run(actor, resource, path):
    return bringing.dry_run(actor, resource, path, now=clock.now())


def bring(actor, resource, path, *, attested=True):
    return bringing.import_table(actor, resource, path, now=clock.now(), attested=attested)
