"""The phone's API: every router under one address, each with the guard it needs."""


from importlib.util import find_spec

from qince.core.files.api import router as files
from qince.core.signin.api import router as signin
from qince.engines.sync.api import router as sync
from qince.engines.sync.auth import PhoneAuth, PhonePerson
from qince.kit.api import Api

phone = Api(
    title="Qince phone API",
    version="1.0.0",
    description="The protocol is told as a story in docs/sync.md.",
    urls_namespace="phone_api",
    docs_url=None,
    openapi_url="/openapi.json",
)
phone.add_router("", signin)
if find_spec("qince.core.privacy.api"):
    phone.add_router("", "qince.core.privacy.api.router", auth=PhonePerson())
phone.add_router("", sync, auth=PhoneAuth())
phone.add_router("", files, auth=PhoneAuth())
