"""The launcher behind `./qince`: standard library only, so that it runs before anything is installed."""
