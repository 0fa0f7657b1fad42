"""Serves the phone app: its page, service worker, manifest and words. The app itself is in `pwa/`."""
