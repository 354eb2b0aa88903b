"""What must hold in the registers: walked by `lianfang check`."""

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from django.apps import apps
from django.db.models import F, Q
from django.utils.translation import gettext as _

from lianfang.book.sealing import SealBroken
from lianfang.book.soundness import Finding, walk
from lianfang.people.models import (
    AliasState,
    Area,
    AreaLevel,
    Body,
    BodyAlias,
    Grant,
    Person,
)
from lianfang.people.models.periods import Period
from lianfang.people.queries.bodies import canonical_ids


@walk("merged_bodies")
def merged_bodies() -> Iterator[Finding]:
    """A chain of merges ends at a body that stands under its own name."""
    into = dict(Body.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into_id"))
    for start in into:
        seen, step = {start}, start
        while (target := into.get(step)) is not None:
            if target in seen:
                yield Finding("merged_bodies", f"people.body:{start}", _("单位的合并绕成了圈"))
                break
            seen.add(target)
            step = target


@walk("body_names")
def body_names() -> Iterator[Finding]:
    """A confirmed name leads to one body; bodies that are merged are one."""
    into = canonical_ids()
    bearers: dict[str, set[UUID]] = defaultdict(set)
    aliases = BodyAlias.objects.filter(state=AliasState.CONFIRMED)
    for name, body in aliases.values_list("name", "body_id"):
        bearers[name].add(into.get(body, body))
    for name, body in Body.objects.filter(name__in=aliases.values("name")).values_list("name", "pk"):
        bearers[name].add(into.get(body, body))
    for name, bodies in bearers.items():
        if len(bodies) > 1:
            yield Finding(
                "body_names",
                f"people.body:{min(bodies)}",
                _("名称「%(name)s」同时指向 %(count)d 个单位") % {"name": name, "count": len(bodies)},
            )


@walk("periods")
def periods() -> Iterator[Finding]:
    """No line ends before it begins."""
    for model in apps.get_models():
        if issubclass(model, Period):
            reversed_lines = model._base_manager.filter(valid_to__lt=F("valid_from"))
            for pk in reversed_lines.values_list("pk", flat=True):
                yield Finding("periods", f"{model._meta.label_lower}:{pk}", _("截止日期早于起始日期"))


@walk("grants")
def grants() -> Iterator[Finding]:
    """A role is held on exactly one area, body or place."""
    odd = (
        Q(area__isnull=True, body__isnull=True, place_id__isnull=True)
        | Q(area__isnull=False, body__isnull=False)
        | Q(area__isnull=False, place_id__isnull=False)
        | Q(body__isnull=False, place_id__isnull=False)
    )
    for pk in Grant.objects.filter(odd).values_list("pk", flat=True):
        yield Finding("grants", f"people.grant:{pk}", _("授权没有写明(恰好一个)所及的属地、单位或场所"))


@walk("sealed_values")
def sealed_values() -> Iterator[Finding]:
    """Every sealed number and phone opens with the keys of this installation."""
    sealed = Person.objects.exclude(document_number="", phone="")
    for person in sealed.iterator(chunk_size=2000):
        for column, opens in (
            ("document_number", person.open_document_number),
            ("phone", person.open_phone),
        ):
            try:
                opens()
            except SealBroken:
                yield Finding(
                    "sealed_values",
                    f"people.person:{person.pk}",
                    _("加密的 %(column)s 打不开") % {"column": column},
                )


@walk("area_tree")
def area_tree() -> Iterator[Finding]:
    """Every area stands below one of a higher level; only counties stand at the top."""
    order = {level.value: place for place, level in enumerate(AreaLevel)}
    for area in Area.objects.select_related("parent"):
        if area.parent is None:
            wrong = area.level != AreaLevel.COUNTY
        else:
            wrong = order[area.level] <= order[area.parent.level]
        if wrong:
            yield Finding("area_tree", f"people.area:{area.pk}", _("属地的级别与上级不相称"))
