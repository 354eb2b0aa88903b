from django.apps import AppConfig


class GivingConfig(AppConfig):
    name = "lianfang.giving"
    label = "giving"
