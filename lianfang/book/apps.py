from django.apps import AppConfig


class BookConfig(AppConfig):
    name = "lianfang.book"
    label = "book"
    verbose_name = "台账"

    def ready(self) -> None:
        from lianfang.book import checks  # noqa: F401  registers the walks of `lianfang check`
