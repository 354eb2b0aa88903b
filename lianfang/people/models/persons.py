"""Persons and the posts they hold. Numbers and phones are sealed; a rank is not a post."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book import sealing
from lianfang.book.registers import Register
from lianfang.book.rights import Scope
from lianfang.people.models.areas import Area
from lianfang.people.models.bodies import Body
from lianfang.people.models.periods import Period
from lianfang.people.placing import placing


class DocumentNumberKind(models.TextChoices):
    ID_CARD = "id_card", _("居民身份证")
    PASSPORT = "passport", _("护照")
    TRAVEL_PERMIT = "travel_permit", _("通行证")
    OTHER = "other", _("其他证件")


class SealedField(models.TextChoices):
    DOCUMENT_NUMBER = "document_number", _("证件号码")
    PHONE = "phone", _("电话")


class Person(Register):
    """A human being; may have no document and no phone.

    `document_number` and `phone` are stored sealed. Set them with `seal_document_number` and
    `seal_phone`; open them with `open_document_number` and `open_phone`, and log the read.
    """

    personal: ClassVar[frozenset[str]] = frozenset(
        {"document_number", "document_index", "document_tail", "phone", "phone_index", "phone_tail"}
    )

    name = models.CharField(_("姓名"), max_length=80)
    rank = models.CharField(_("职级"), max_length=60, blank=True)
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="persons", verbose_name=_("属地")
    )
    document_kind = models.CharField(
        _("证件类别"), max_length=14, choices=DocumentNumberKind.choices, blank=True
    )
    document_number = models.TextField(_("证件号码"), blank=True, editable=False)
    document_index = models.CharField(max_length=65, blank=True, db_index=True, editable=False)
    document_tail = models.CharField(max_length=65, blank=True, db_index=True, editable=False)
    phone = models.TextField(_("电话"), blank=True, editable=False)
    phone_index = models.CharField(max_length=65, blank=True, db_index=True, editable=False)
    phone_tail = models.CharField(max_length=65, blank=True, db_index=True, editable=False)
    remark = models.CharField(_("备注"), max_length=300, blank=True)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_persons",
        verbose_name=_("已并入"),
    )

    class Meta:
        verbose_name = _("人员")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def scope(self) -> Scope:
        """A person stands in the own area, at the bodies of posts held, and where one lives or works."""
        if self._state.adding:
            return Scope.of(areas=[self.area_id])
        posts = list(self.posts.values_list("body_id", "body__area_id"))
        home = placing().scope_of_person(self)
        return Scope.of(
            areas=[self.area_id, *(area for _body, area in posts), *home.areas],
            bodies=[*(body for body, _area in posts), *home.bodies],
            places=home.places,
        )

    def seal_document_number(self, number: str) -> None:
        """Keep `number` sealed, found by the whole number; within a place by its last four signs.

        Raises ValidationError for an ID number whose check digit is wrong.
        """
        number = number.strip().upper().replace(" ", "")
        if number and self.document_kind == DocumentNumberKind.ID_CARD and not id_number_holds(number):
            raise ValidationError(
                {"document_number": ValidationError(_("身份证号应为 18 位,且校验位相符。"), code="id_number")}
            )
        self.document_number = sealing.seal(number, self._place("document_number"))
        self.document_index = sealing.blind_index(number, "document")
        self.document_tail = sealing.blind_index(number[-4:], "document_tail") if len(number) >= 8 else ""

    def open_document_number(self) -> str:
        return sealing.unseal(self.document_number, self._place("document_number"))

    def seal_phone(self, phone: str) -> None:
        """Keep `phone` sealed, found by the whole number and by its last four digits."""
        phone = "".join(character for character in phone if character.isdigit() or character == "+")
        if phone and not 5 <= len(phone.lstrip("+")) <= 15:
            raise ValidationError(
                {"phone": ValidationError(_("电话号码应为 5 至 15 位数字。"), code="phone")}
            )
        self.phone = sealing.seal(phone, self._place("phone"))
        self.phone_index = sealing.blind_index(phone, "phone")
        self.phone_tail = sealing.blind_index(phone[-4:], "phone_tail") if phone else ""

    def open_phone(self) -> str:
        return sealing.unseal(self.phone, self._place("phone"))

    def _place(self, column: str) -> sealing.Place:
        return sealing.Place("people_person", str(self.pk), column)


def id_number_holds(number: str) -> bool:
    """Whether an 18-character ID number has a right check digit (GB 11643-1999, ISO 7064 MOD 11-2)."""
    if len(number) != 18 or not number[:17].isdigit() or number[17] not in "0123456789X":
        return False
    weighted = sum(int(digit) * (2 ** (17 - place) % 11) for place, digit in enumerate(number[:17]))
    return "10X98765432"[weighted % 11] == number[17]


class PostHeld(Register, Period):
    """A post (任职) that a person holds at a body, from–to."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts", verbose_name=_("人员"))
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="posts", verbose_name=_("单位"))
    title = models.CharField(_("职务"), max_length=60)

    class Meta:
        verbose_name = _("任职")
        ordering = ["body", "title"]

    def __str__(self) -> str:
        return f"{self.person.name} · {self.body.name}{self.title}"

    def scope(self) -> Scope:
        return self.body.scope()
