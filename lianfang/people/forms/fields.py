"""Fields that pick a line of these registers, and a form that knows for whom it is drawn."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lianfang.book.rights import Right
from lianfang.desk.fields import PickField
from lianfang.people import queries
from lianfang.people.models import Area, Body, Officer, Person
from lianfang.people.placing import placing


class BodyField(PickField):
    """Any body by any of its names, or (`kept`) one whose register the officer keeps."""

    def __init__(self, *, known: str = "body", **options: Any) -> None:
        super().__init__(Body.objects.none(), known=known, **options)


class AreaField(PickField):
    def __init__(self, **options: Any) -> None:
        super().__init__(Area.objects.none(), known="area", **options)


class PersonField(PickField):
    def __init__(self, **options: Any) -> None:
        super().__init__(Person.objects.none(), known="person", **options)


class PlaceField(PickField):
    """A place of those that are registered in the room of places."""

    def __init__(self, **options: Any) -> None:
        super().__init__(None, known="place", **options)


class OfficersForm(forms.Form):
    """A form in the hands of an officer: its fields offer what that officer may see or keep.

    `seen` carries the version of the line that is changed, so that two people editing are noticed.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    right = Right.READ_BOOK
    """The right that the officer must hold on the areas offered."""

    def __init__(self, officer: Officer, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, BodyField):
                field.queryset = self.bodies(officer, field.widget.known)
            elif isinstance(field, AreaField):
                field.queryset = queries.visible_areas(officer, self.right)
            elif isinstance(field, PersonField):
                field.queryset = queries.visible_persons(officer)
            elif isinstance(field, PlaceField):
                field.queryset = placing().visible(officer, self.right)

    def bodies(self, officer: Officer, known: str) -> QuerySet[Body]:
        if known == "kept_body":
            return queries.visible_bodies(officer, self.right).filter(merged_into__isnull=True)
        return queries.bodies_for_choice()


def text_field(label: Any, length: int, **options: Any) -> forms.CharField:
    """A line of text that says how long it may be when it is too long."""
    options.setdefault("error_messages", {}).setdefault(
        "max_length", _("请写在 %(limit_value)d 字以内(现有 %(show_value)d 字)。")
    )
    return forms.CharField(label=label, max_length=length, **options)
