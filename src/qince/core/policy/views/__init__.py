"""Pages of the policy: for everybody, for whoever has to decide, and for the privacy officer."""
