"""The addresses of the giving app, one module a concept; those for everybody stand below /public/."""

from importlib import import_module
from pkgutil import iter_modules

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

app_name = "giving"
_inside: list[URLPattern] = []
_public: list[URLPattern] = []
for _module in iter_modules(__path__):
    _patterns = import_module(f"{__name__}.{_module.name}").urlpatterns
    (_public if _module.name == "public" else _inside).extend(_patterns)
urlpatterns: list[URLPattern | URLResolver] = [
    path("giving/", RedirectView.as_view(pattern_name="giving:ledger")),
    path("giving/", include(_inside)),
    path("public/", include(_public)),
]
