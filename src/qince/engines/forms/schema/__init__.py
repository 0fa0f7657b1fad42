"""Forms as such: what they are, how their expressions read, and whether answers fit. No tables, no Django."""

from qince.engines.forms.schema.checking import faults, unclassified
from qince.engines.forms.schema.differences import differences
from qince.engines.forms.schema.layout import Layout, lay_out
from qince.engines.forms.schema.problems import Problem
from qince.engines.forms.schema.types import Choice, Definition, Field, Kind, Privacy, read, write
from qince.engines.forms.schema.validating import Cleaned, validate

__all__ = [
    "Choice", "Cleaned", "Definition", "Field", "Kind", "Layout", "Privacy", "Problem", "differences", "faults",
    "lay_out", "read", "unclassified", "validate", "write",
]  # fmt: skip
