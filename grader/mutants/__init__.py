"""Proof of the checks: small faults put into the right answers, one at a time, must be caught."""

from .mutate import Mutant, mutants
from .prove import prove_checks
from .run import Outcome, run_mutants, stale_reasons

__all__ = ["Mutant", "Outcome", "mutants", "prove_checks", "run_mutants", "stale_reasons"]
