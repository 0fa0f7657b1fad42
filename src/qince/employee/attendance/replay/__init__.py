"""From punches and rules to results: pure functions, no database, no clock. The same input gives the same bytes."""
