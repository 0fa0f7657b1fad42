"""Where others tell the policy what it cannot know: `recipients(provider)` is for whoever keeps the partners."""

from qince.core.privacy.recipients import Recipient, recipients

__all__ = ["Recipient", "recipients"]
