"""What a place is searched by, and what tells that its look-up data has changed. Both are made again
by the actions from the registers; they are nobody's truth of their own."""

from django.db import models

from lianfang.book.registers import new_id
from lianfang.places.models.places import Place

KEY_LENGTH = 24


class AddressKeyKind(models.TextChoices):
    ROOM = "room"
    NAME = "name"
    PLATE = "plate"


class AddressKey(models.Model):
    """`key` leads to a household (by its room, its people's names, its plates) or to an employee.

    One row for each way in which somebody may begin to type, so that finding is a look-up of a prefix
    in an index. `shown` is what matched, as it is written.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=5, choices=AddressKeyKind.choices)
    key = models.CharField(max_length=KEY_LENGTH, db_index=True)
    household_id = models.UUIDField(null=True, db_index=True)
    person_id = models.UUIDField(null=True, db_index=True)
    shown = models.CharField(max_length=80)

    class Meta:
        indexes = [
            models.Index(
                fields=["place", "key"],
                name="address_key_in_a_place",
                opclasses=["uuid_ops", "varchar_pattern_ops"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} → {self.shown}"


class LookupMark(models.Model):
    """The version of one bucket of a place's look-up data: another one whenever something in it changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+", db_index=False)
    bucket = models.CharField(max_length=40)
    version = models.UUIDField(default=new_id)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "bucket"], name="lookup_mark_once_a_bucket")]

    def __str__(self) -> str:
        return f"{self.bucket}: {self.version}"
