"""What a flow is and how it runs, without database and without clock: preview, simulation and the real run share it."""
