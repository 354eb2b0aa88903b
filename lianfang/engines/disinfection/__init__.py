"""Disinfection by numbers: how much stock to how much water, and what is advised against.

    mix = dilute(total_ml=16_000, target_mg_l=500, stock_mg_l=50_000)   # 160 mL of "84" into 16 L
    advice = advice_on(Disinfecting(agent=Agent.CHLORINE, method=Method.SPRAY, target=Target.PEOPLE))

Nothing is refused: what was done is written down as it was done, and the advice stands beside it with its
source (消毒剂使用指南, 国卫办监督函〔2020〕147号, 2020-02-18). Strengths are in mg/L of available chlorine,
for ethanol in per cent by volume.
"""

from lianfang.engines.disinfection.advice import (
    GUIDE,
    Advice,
    Agent,
    Disinfecting,
    Method,
    Target,
    advice_on,
)
from lianfang.engines.disinfection.dilution import DilutionError, Mix, dilute, strength_of_percent

__all__ = [
    "GUIDE",
    "Advice",
    "Agent",
    "DilutionError",
    "Disinfecting",
    "Method",
    "Mix",
    "Target",
    "advice_on",
    "dilute",
    "strength_of_percent",
]
