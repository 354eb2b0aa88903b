"""The field (现场): phones that work without network, what they carry, and how their records arrive."""
