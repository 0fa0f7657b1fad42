"""What this app keeps is about organizations, not persons."""

from qince.core.privacy.registry import NotPersonal, declare

declare(
    "organizations.Organization",
    "id name kind state location industry headcount opened_by opener_proof terms_accepted_at terms_version credit_code "
    "time_zone settings created_at",
    NotPersonal("about the organization"),
)
