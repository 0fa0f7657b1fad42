"""Pages of sharing, and the addresses that partners and apps call."""
