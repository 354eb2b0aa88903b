"""The walks of the book itself: the audit chain, the rows behind it, the lines of corrections."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from lianfang.book import audit
from lianfang.book.models import AuditEntry
from lianfang.book.records import Record
from lianfang.book.rows import columns_of, is_covered_by_its_upload, line_of
from lianfang.book.soundness import Finding, walk

_REASONS = {
    "missing": "此处缺少条目",
    "not_linked": "与上一条不相连",
    "edited": "内容被改动",
    "end_missing": "末尾缺少条目",
}


@walk("audit_chain")
def audit_chain() -> Iterator[Finding]:
    """Every audit entry is there, unedited and linked to the one before."""
    for found in audit.breaks():
        yield Finding("audit_chain", f"audit:{found.sequence}", _(_REASONS[found.reason]))


@walk("record_rows")
def record_rows() -> Iterator[Finding]:
    """Every record stands in the chain, exactly as it was written."""
    for model in record_models():
        written = {
            entry["subject_id"]: entry["values"].get("row")
            for entry in AuditEntry.objects.filter(subject_kind=model._meta.label_lower)
            .order_by("sequence")
            .values("subject_id", "values")
            .iterator(chunk_size=2000)
            if entry["values"].get("row")
        }
        alone = model._base_manager.order_by("pk")
        if is_covered_by_its_upload(model):
            alone = alone.filter(upload__isnull=True)  # type: ignore[misc]
        for row in alone.iterator(chunk_size=2000):
            digest = written.pop(str(row.pk), None)
            subject = f"{model._meta.label_lower}:{row.pk}"
            if digest is None:
                yield Finding("record_rows", subject, _("这条记录不是经由操作写入的"))
            elif digest != audit.digest_of_row(row):
                yield Finding("record_rows", subject, _("这条记录在写入之后被改动"))
        for missing in written:
            yield Finding("record_rows", f"{model._meta.label_lower}:{missing}", _("这条记录不见了"))


@walk("batches")
def batches() -> Iterator[Finding]:
    """The rows that each batch brought are there, exactly as they came, and no others."""
    told: dict[tuple[str, str], dict[str, Any]] = {
        (entry["subject_id"], label): facts
        for entry in AuditEntry.objects.filter(values__has_key="rows")
        .order_by("sequence")
        .values("subject_id", "values")
        .iterator(chunk_size=2000)
        for label, facts in entry["values"]["rows"].items()
    }
    for model in filter(is_covered_by_its_upload, record_models()):
        label = model._meta.label_lower
        names = columns_of(model)
        at = names.index("upload_id" if "upload_id" in names else "upload")
        counts: Counter[str] = Counter()
        digests: defaultdict[str, Any] = defaultdict(hashlib.sha256)
        covered = model._base_manager.filter(upload__isnull=False)  # type: ignore[misc]
        for row in covered.order_by("pk").values_list(*names).iterator(chunk_size=2000):
            counts[str(row[at])] += 1
            digests[str(row[at])].update(line_of(row) + b"\n")
        for upload, count in counts.items():
            facts = told.pop((upload, label), None)
            if facts is None:
                yield Finding("batches", f"{label}:{upload}", _("这些记录不是随这一批到达的"))
            elif facts["count"] != count:
                yield Finding("batches", f"{label}:{upload}", _("这一批的记录多了或少了"))
            elif facts["digest"] != digests[upload].hexdigest():
                yield Finding("batches", f"{label}:{upload}", _("这一批的记录在写入之后被改动"))
    for upload, label in told:
        yield Finding("batches", f"{label}:{upload}", _("这一批的记录不见了"))


@walk("corrections")
def corrections() -> Iterator[Finding]:
    """A correction stands on the same line as what it corrects, and came later."""
    for model in record_models():
        rows = model._base_manager.filter(corrects__isnull=False).select_related("corrects")
        for row in rows.iterator(chunk_size=2000):
            subject = f"{model._meta.label_lower}:{row.pk}"
            corrected = row.corrects
            if corrected is None or row.root_id != corrected.root_id:
                yield Finding("corrections", subject, _("更正与被更正的记录不属于同一笔"))
            elif row.received_at < corrected.received_at:
                yield Finding("corrections", subject, _("更正早于被更正的记录"))


def record_models() -> list[type[Record]]:
    return [model for model in apps.get_models() if issubclass(model, Record)]
