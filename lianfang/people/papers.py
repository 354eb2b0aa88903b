"""A document of a body on paper, as offices write it."""

from lianfang.engines.papers import Notice, Paragraph
from lianfang.people.models import Document


def paper_of(document: Document) -> Notice:
    return Notice(
        title=document.title,
        blocks=[Paragraph(line.strip()) for line in document.text.splitlines() if line.strip()],
        organisation=document.body.name,
        number=document.number,
        signed_by=document.body.name,
        signed_on=document.dated_on,
    )
