"""Pages of erasing, copies and retention."""
