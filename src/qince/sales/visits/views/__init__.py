"""Pages of visits that the resource kit does not make."""
