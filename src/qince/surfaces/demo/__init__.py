"""The demo organization: the example files, imported by the ordinary code, and four weeks of simulated phones."""
