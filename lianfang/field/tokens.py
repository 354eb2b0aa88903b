"""Tokens and enrolment codes, of which only the digest is kept."""

import hashlib


def digest_of_secret(secret: str) -> str:
    """Codes and tokens are long and random: a plain digest does not help to guess them."""
    return hashlib.sha256(secret.encode()).hexdigest()
