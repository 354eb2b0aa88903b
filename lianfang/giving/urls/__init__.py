"""The addresses of the giving app, one module a concept."""

from importlib import import_module
from pkgutil import iter_modules

from django.urls import URLPattern

app_name = "giving"
urlpatterns: list[URLPattern] = []
for _module in iter_modules(__path__):
    if _module.name != "public":
        urlpatterns += import_module(f"{__name__}.{_module.name}").urlpatterns
