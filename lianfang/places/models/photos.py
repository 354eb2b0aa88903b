"""Photographs that prove something: kept once by what they show, without what a camera wrote into them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.records import Record
from lianfang.book.rights import Scope
from lianfang.places.models.places import Place


class Photo(Record):
    """A photograph of a place. The picture is kept as a file named by the digest of its content.

    It is stored smaller and without the data of the camera (position, serial number). Faces are not
    wanted: a photograph shows a thing or a state.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="photos", verbose_name=_("场所"))
    digest = models.CharField(_("图片摘要"), max_length=64, db_index=True, editable=False)
    width = models.PositiveIntegerField(_("宽(像素)"))
    height = models.PositiveIntegerField(_("高(像素)"))
    caption = models.CharField(_("说明"), max_length=120, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("照片")
        ordering = ["-received_at"]

    def __str__(self) -> str:
        return self.caption or str(self.place)

    def scope(self) -> Scope:
        return self.place.scope()
