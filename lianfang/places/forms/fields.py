"""Fields that pick something within one place."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.desk.fields import PickField
from lianfang.places.models import Building, Household, Resident, Room


class BuildingField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def __init__(self, **options: Any) -> None:
        options.setdefault("empty_label", _("(未选)"))
        super().__init__(Building.objects.none(), **options)


class RoomField(PickField):
    """A room by a fragment of its number. `known` carries the place: a room of another one is not offered."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Room.objects.none(), known="room", **options)


class HouseholdField(PickField):
    def __init__(self, **options: Any) -> None:
        super().__init__(Household.objects.none(), known="household", **options)

    def label_from_instance(self, obj: Household) -> str:
        return f"{obj.label} {obj.head.name if obj.head else ''}".strip()


class ResidentsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        super().__init__(Resident.objects.none(), **options)

    def label_from_instance(self, obj: Resident) -> str:
        return f"{obj.person.name} {obj.relation}".strip()
