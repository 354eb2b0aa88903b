"""Forms with the error summary on top and the error at the field."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Forms are drawn by our templates."""
