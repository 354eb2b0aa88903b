"""The book: what every app of the house is built on.

A **register** says what is; it is changed by actions and keeps its history.
A **record** says what happened; it is only ever added, and corrected by another record.
An **action** is the only thing that writes: it checks a right, writes in one transaction
and leaves an entry in the audit chain. A **query** reads, limited to what an officer may see.

    records.py    Record, corrections, reading as of a moment
    registers.py  Register and its history
    actions.py    Actor, Act, the `action` decorator
    audit.py      the chained entries, the log of reads
    rights.py     rights, roles, scopes, reach
    sealing.py    fields encrypted at rest, found by a keyed index
    soundness.py  what `lianfang check` walks
"""
