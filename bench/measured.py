"""Everything that is measured, in the order in which it is told."""

from bench import approving, operations

ALL = [*operations.ALL, *approving.ALL]
