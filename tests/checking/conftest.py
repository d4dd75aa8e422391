"""Hypothesis settings: few examples of much, and no deadline on shared machines."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile(
    "checking",
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("checking")
