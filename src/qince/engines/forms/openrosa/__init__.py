"""OpenRosa: what ODK Collect and its kin speak to list forms, fetch them and send what was filled in.

`formList`, form download, `manifest` and `submission` as docs.getodk.org/openrosa describes them. A key in the address,
or as the password of Basic authentication, says for whom.
"""
