"""The offline bundle (离线包): what a phone needs to work a shift without network, for its place only.

`manifest` says what there is and is signed; the look-up data lie in chunks that are named by the SHA-256
of their content, so that a phone fetches only what has changed. `crossings` are what other phones of the
place saw, for the households' quotas. docs/reference/field-bundle.md describes all of it.
"""

from lianfang.field.bundle.signing import public_key

__all__ = ["public_key"]
