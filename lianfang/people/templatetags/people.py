"""Template tags of this app: {% load people %}"""

from django import template
from django.utils.translation import gettext as _

from lianfang.book.actions import SENTENCES
from lianfang.book.models import AuditEntry

register = template.Library()


@register.filter
def said(entry: AuditEntry) -> str:
    """An audit entry as the sentence that its action registered."""
    sentence = SENTENCES.get(entry.action)
    if sentence is None:
        return entry.action
    return _(str(sentence)).format(officer=entry.officer_name, subject=entry.subject_name)
