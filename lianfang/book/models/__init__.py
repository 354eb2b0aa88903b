from lianfang.book.models.audit import AuditEntry, AuditHead, ExportEntry, ReadEntry
from lianfang.book.models.response import Response, RuleProfile

__all__ = ["AuditEntry", "AuditHead", "ExportEntry", "ReadEntry", "Response", "RuleProfile"]
