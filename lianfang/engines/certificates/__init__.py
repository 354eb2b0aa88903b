"""Signed certificates of service that anybody checks without the book: CWT (RFC 8392) in COSE_Sign1, Ed25519.

    text = issue_certificate(certificate, key)      # base64url, some 240 characters
    found = check_certificate(text, keys)           # CertificateCheck with a code and what it says

The same envelope and keys as the passes of the gates; the form is in `docs/reference/certificates.md`, and
any library that reads CWT checks it with the published key alone.
"""

from lianfang.engines.certificates.signed import (
    Certificate,
    CertificateCheck,
    CertificateCode,
    CertificateError,
    certificate_id,
    check_certificate,
    issue_certificate,
)

__all__ = [
    "Certificate",
    "CertificateCheck",
    "CertificateCode",
    "CertificateError",
    "certificate_id",
    "check_certificate",
    "issue_certificate",
]
