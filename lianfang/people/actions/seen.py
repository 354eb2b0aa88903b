"""A line as somebody saw it: taken for changing, and noticed when another has changed it meanwhile."""

from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lianfang.book.errors import Conflict
from lianfang.people.queries.versions import version_of

M = TypeVar("M", bound=models.Model)


def known(model: type[M], id: UUID | None) -> M | None:
    """The line with this id, if somebody has written it before: a scenario may be loaded twice."""
    return model._default_manager.filter(pk=id).first() if id else None


def taken(line: M, seen: str = "") -> M:
    """The line as it stands now, locked until the act ends.

    `seen` is its version when the officer saw it (see `queries.version_of`). Raises Conflict when
    somebody has changed or struck it since.
    """
    # Not type(line): the signed-in officer of a request comes wrapped.
    rows: QuerySet[Any] = line._meta.model._base_manager.select_for_update(of=("self",))
    now: M | None = rows.filter(pk=line.pk).first()
    if now is None or (seen and version_of(now) != seen):
        raise Conflict
    return now


def tidy(name: str, field: str = "name") -> str:
    """A name without stray blanks. Raises ValidationError at `field` if it is empty or unprintable."""
    name = " ".join(name.split())
    if not name:
        raise ValidationError({field: ValidationError(_("请填写名称。"), code="required")})
    if not name.isprintable():
        raise ValidationError(
            {field: ValidationError(_("名称中有不可显示的字符,请删去。"), code="unprintable")}
        )
    return name
