"""Pages of daily reports that are no resource of their own kind."""
