"""What may go wrong with keys. None of these is a person's fault, so none is a `Refusal`."""


class VaultError(RuntimeError):
    """Something is wrong with keys or with what they sealed."""


class SubjectErased(VaultError):
    """Something was to be written for a subject whose key has been destroyed: a programming error."""


class Damaged(VaultError):
    """Sealed bytes were altered, or belong to another column, subject or organization."""


class OperatorKeyProblem(VaultError):
    """The operator's key is missing, malformed, or not the one that wrapped the key store."""
