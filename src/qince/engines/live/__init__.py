"""Live pages: a browser is told that a topic changed, and asks again for what it may see. No content is sent."""
