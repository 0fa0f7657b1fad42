import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from qince.core.watch.buffer import buffer  # noqa: E402  (settings first)

buffer.start()

# What was loaded stays for good: the collector need not look at it again, nor after every few hundred new objects,
# of which a page makes thousands and leaves no circles.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
