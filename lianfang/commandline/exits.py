"""How a command ends: its exit code, and the failure that carries a sentence and a code."""

from enum import IntEnum


class ExitCode(IntEnum):
    """What a calling program may rely on; described in `docs/reference/command-line.md`."""

    OK = 0
    FOUND = 1
    """`check` found something, or the house refused the act."""
    USAGE = 2
    UNREADABLE = 3
    """A file cannot be read, or is not what the command expects."""
    NOT_ALLOWED = 4
    NOT_READY = 5
    """The installation cannot work: wrong settings, not prepared, no database, no free port."""
    INTERRUPTED = 130


class CommandFailed(Exception):
    """The command cannot go on. The sentence goes to standard error."""

    def __init__(self, message: str, code: ExitCode) -> None:
        super().__init__(message)
        self.code = code
