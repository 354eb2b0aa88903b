"""The WSGI application that `lianfang serve` runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianfang.settings")
application = get_wsgi_application()

# What is loaded by now stays as long as the process: to look through it for garbage again and again, as a
# batch makes thousands of values, would cost as much as putting its rows in.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)
