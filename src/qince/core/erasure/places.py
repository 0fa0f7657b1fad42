"""Places outside the tables of models where a person may still stand: queued jobs, tables kept between import steps,
pieces of files on their way.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import F, ForeignKey

from qince.core.erasure.models import Farewell
from qince.core.erasure.subjects import Subject
from qince.core.files.actions import delete_part
from qince.core.files.models import Blob, Upload
from qince.core.privacy.registry import declared  # noqa: F401  (registers are read through the walk)
from qince.kit import clock
