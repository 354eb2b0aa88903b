"""Passwords are hashed with argon2id in bounded memory, so that many sign-ins at once fit a small machine."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class BoundedArgon2Hasher(Argon2PasswordHasher):
    """19 MiB and two passes, the smaller of OWASP's recommended settings (Password Storage Cheat Sheet)."""

    memory_cost = 19 * 1024
    time_cost = 2
    parallelism = 1
