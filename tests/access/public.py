"""Addresses open to strangers, each with the reason. Everything else asks who is there."""

PUBLIC = {
    "healthz": "says that the service is up, and nothing else",
    "set_language": "a preference of the browser",
    "signin:start": "the way in",
    "signin:password": "the way in",
    "signin:code": "the way in",
    "signin:another_code": "the way in",
    "signin:authenticator": "the way in",
    "signin:new_authenticator": "the way in",
    "signin:organization": "the way in: offers the organizations of the person who has just proved who they are",
    "signin:sign_out": "leaving needs no proof",
    "signin:register": "a new organization has no members yet",
    "signin:register_code": "a new organization has no members yet",
    "signin:terms": "terms are read before they are accepted",
    "signin:outbox": "messages of the local SMS adapter: this machine only, and never in production",
    "privacy:notice": "the notice is read before anything is taken",
    "privacy:terms": "the user agreement is read before it is accepted",
    "privacy:versions": "every version ever served is public",
    "privacy:version": "every version ever served is public",
    "letters:unsubscribe": "the address in a mail is the proof",
    "letters:link": "the address in a mail leads on to its link",
    "letters:picture": "one see-through dot, whatever is asked",
    "letters:read": "a letter to somebody without an account; its address is the proof",
    "phone:shell": "the app's page knows nobody",
    "phone:service_worker": "a script",
    "phone:manifest": "name and icons",
    "phone:words": "the app's words",
    "openapi:docs": "the protocol is public",
}

# Operations of the phone's API that need no token.
PUBLIC_OPERATIONS = {
    "qince_core_signin_api_send_code": "the way in",
    "qince_core_signin_api_verify_code": "the way in",
    "qince_core_signin_api_complete_activation": "the way in: needs the ticket",
    "qince_core_privacy_api_get_notice": "the notice is read before anything is taken",
    "qince_core_privacy_api_list_versions": "every version ever served is public",
    "qince_core_privacy_api_get_version": "every version ever served is public",
}

# Acts that need no permission: each is upon oneself, and nobody else's row can be named.
WITHOUT_PERMISSION = {
    "accounts.sign_in": "before permissions are known",
    "accounts.sign_out": "one's own device",
    "accounts.sign_out_device": "one's own device",
    "accounts.confirm_own_device": "one's own device",
    "accounts.set_password": "one's own account",
    "accounts.enroll_authenticator": "one's own account",
    "accounts.remove_authenticator": "one's own account",
    "accounts.activate_phone": "one's own phone, with the ticket that proves the number",
    "access.save_view": "one's own view of a list; what it shows is decided when it is opened",
    "access.delete_view": "one's own view of a list",
    "organizations.register": "a new organization has no members yet",
    "privacy.record_consent": "one's own decision: nobody decides for another",
    "privacy.record_served": "what was shown to oneself",
    "people.activate": "one's own first sign-in",
    "tracking.ingest": "one's own positions; the person's consent and the organization's switch decide",
    "letters.send": "part of another act, which has its own permission",
    "letters.hand_over": "part of another act, which has its own permission",
    "letters.mark_read": "one's own letters",
    "letters.choose_channels": "one's own addresses",
    "files.receive": "a file of one's own; who may see it is decided by the record that names it",
}

# Acts of jobs alone: their permission is declared nowhere, so no role can hold it.
SYSTEM_ACTS = {"visits.close_forgotten": "hourly", "tracking.purge": "nightly"}
