"""Which clauses of the privacy agreement have a passing check: `./qince clauses`."""
