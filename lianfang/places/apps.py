from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "lianfang.places"
    label = "places"
    verbose_name = _("场所")

    def ready(self) -> None:
        from lianfang.people.placing import known_as
        from lianfang.places import checks, indexing  # noqa: F401  walks; hears when a person is renamed
        from lianfang.places.placing import Placing

        known_as(Placing())
