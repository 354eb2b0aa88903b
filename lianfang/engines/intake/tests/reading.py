"""What the tests of the reader share: read a notice, and show its claims in one line each."""

from lianfang.engines.intake import Claim, read_notice


def read(text: str, title: str | None = None) -> list[Claim]:
    """The claims of a notice."""
    return list(read_notice(text, title=title).claims)


def only(text: str) -> Claim:
    """The single claim of a notice that has one."""
    claims = read(text)
    assert len(claims) == 1, [shown(claim) for claim in claims]
    return claims[0]


def shown(claim: Claim) -> str:
    """The claim as "giver | kind scope | yuan bound | item quantity unit | to receiver | via channel"."""
    money = "-" if claim.yuan is None else f"{claim.yuan.normalize():f} {claim.bound}"
    goods = "-"
    if claim.item is not None:
        quantity = "" if claim.quantity is None else f" {claim.quantity.normalize():f}"
        goods = f"{claim.item}{quantity}{'' if claim.unit is None else ' ' + claim.unit}"
    return (
        f"{claim.donor} | {claim.kind} {claim.scope} | {money} | {goods}"
        f" | to {claim.recipient} | via {claim.via}"
    )


def table(text: str) -> list[str]:
    """All claims of a notice, shown."""
    return [shown(claim) for claim in read(text)]
