"""The walks of the rounds."""

from collections.abc import Iterator

from django.db.models import F
from django.utils.translation import gettext as _

from lianfang.book.soundness import Finding, walk
from lianfang.rounds.models import PublicityItem, RoundSpot


@walk("rounds")
def rounds() -> Iterator[Finding]:
    """A round goes to spots of its own place; what hangs for a bulletin is of a published one."""
    astray = RoundSpot.objects.exclude(spot__place=F("round__place"))
    for stop in astray:
        yield Finding("rounds", f"rounds.roundspot:{stop.pk}", _("点位不在例行工作的场所里"))
    unpublished = PublicityItem.objects.filter(bulletin__isnull=False, bulletin__published_at__isnull=True)
    for item in unpublished:
        yield Finding("rounds", f"rounds.publicityitem:{item.pk}", _("张贴的通报还没有发布"))
