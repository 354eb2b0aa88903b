from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "lianfang.people"
    label = "people"

    def ready(self) -> None:
        from lianfang.people import checks, onetime  # noqa: F401  walks of `lianfang check`; password signals
