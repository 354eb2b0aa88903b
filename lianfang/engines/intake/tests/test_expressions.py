"""What an expression says it needs, every match of it holds."""

import pkgutil
import re._constants as code  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterator
from importlib import import_module

import pytest

import lianfang.engines.intake as intake
from lianfang.engines.intake.expressions import expression


def expressions_with_needs() -> Iterator[tuple[str, str, str]]:
    for module in pkgutil.iter_modules(intake.__path__):
        if module.name in ("tests", "sources"):
            continue
        for name, value in vars(import_module(f"{intake.__name__}.{module.name}")).items():
            needs = getattr(type(value), "needs", None) and value.needs
            if needs:
                yield f"{module.name}.{name}", value.pattern, needs


@pytest.mark.parametrize(("name", "source", "needs"), tuple(expressions_with_needs()))
def test_every_branch_of_an_expression_holds_what_it_needs(name: str, source: str, needs: str) -> None:
    assert _holds(list(parser.parse(source)), set(map(ord, needs))), name


def _holds(items: list[tuple[object, object]], needs: set[int]) -> bool:
    """Whether whatever the items match holds one of the characters."""
    return any(_item_holds(operation, argument, needs) for operation, argument in items)


def _item_holds(operation: object, argument, needs: set[int]) -> bool:  # type: ignore[no-untyped-def]
    if operation is code.LITERAL:
        return argument in needs
    if operation is code.IN:
        return all(kind is code.LITERAL and value in needs for kind, value in argument)
    if operation is code.BRANCH:
        return all(_holds(list(branch), needs) for branch in argument[1])
    if operation is code.SUBPATTERN:
        return _holds(list(argument[3]), needs)
    if operation in (code.MAX_REPEAT, code.MIN_REPEAT):
        return argument[0] > 0 and _holds(list(argument[2]), needs)
    return False


def test_a_stretch_without_what_is_needed_is_no_match() -> None:
    pattern = expression("甲?乙", needs="乙")
    assert pattern.search("甲丙") is None
    assert pattern.search("丙甲乙", 1) is not None
    assert pattern.search("丙甲乙", 0, 2) is None
    assert [match.span() for match in pattern.finditer("乙甲乙")] == [(0, 1), (1, 3)]
    assert list(pattern.finditer("甲丙")) == []
