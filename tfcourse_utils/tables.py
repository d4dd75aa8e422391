"""Data sets with a story, drawn from a seed: support tickets, and the houses of a made-up coast.

As in `data`, from which they are imported too: the same arguments give the same arrays, and the
global seeds are neither read nor changed.
"""

from __future__ import annotations

from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

__all__ = ["DEPARTMENTS", "HOUSE_COLUMNS", "TAGS", "WORDS", "houses", "tickets"]

#: What people write about to each department of the help desk.
_TOPICS = MappingProxyType(
    {
        "billing": ["invoice", "price", "refund", "card", "paid", "charged", "receipt", "account"],
        "delivery": ["parcel", "late", "courier", "address", "tracking", "box", "door", "waiting"],
        "technical": ["error", "screen", "crash", "update", "login", "password", "slow", "install"],
        "repairs": ["broken", "warranty", "spare", "hinge", "battery", "scratch", "noise", "screw"],
    }
)
_ANYTHING = ["hello", "the", "my", "since", "week", "order", "again", "bought", "after", "two"]
_URGENT = ["urgent", "immediately", "unacceptable", "today", "angry", "finally"]
_CALM = ["please", "whenever", "thanks", "wondering", "kindly", "perhaps"]
#: How much each tag adds to the urgency of a ticket.
_TAG_WEIGHTS = MappingProxyType(
    {
        "complaint": 1.6,
        "cannot work": 2.4,
        "second message": 1.0,
        "by phone": 0.3,
        "question": -1.2,
        "suggestion": -2.0,
    }
)

DEPARTMENTS = tuple(_TOPICS)
TAGS = tuple(_TAG_WEIGHTS)
WORDS = (*(word for words in _TOPICS.values() for word in words), *_ANYTHING, *_URGENT, *_CALM)

HOUSE_COLUMNS = (
    "MedInc",
    "HouseAge",
    "AveRooms",
    "AveBedrms",
    "Population",
    "AveOccup",
    "Latitude",
    "Longitude",
)


def tickets(samples: int, seed: int) -> dict[str, Floats]:
    """Draw support tickets, as the ticket model of chapter 4 takes and answers them.

    The words tell the department; the tags and the tone of the text tell the priority. Both do so
    with noise: no model can be always right.

    Args:
        samples: n ≥ 1.
        seed: fixes the draw.

    Returns:
        float32 arrays of 0 and 1 with n rows: `title` and `text_body` (a column for each of
        `WORDS`), `tags` (of `TAGS`), `priority` (one column) and `department` (of `DEPARTMENTS`,
        one-hot).

    Raises:
        ValueError: `samples` is below 1.
    """
    _check(samples)
    generator = np.random.default_rng(seed)
    department = generator.choice(len(DEPARTMENTS), samples, p=[0.35, 0.3, 0.2, 0.15])
    tone = generator.choice([-1, 0, 1], samples, p=[0.3, 0.4, 0.3])
    tags = generator.random((samples, len(TAGS))) < 0.25
    urgency = tags @ list(_TAG_WEIGHTS.values()) + 1.8 * tone + generator.normal(0, 0.6, samples)
    drawn = {
        "title": _words(department, tone, generator, own=0.3, others=0.02),
        "text_body": _words(department, tone, generator, own=0.3, others=0.05),
        "tags": tags,
        "priority": urgency[:, np.newaxis] > 0.6,
        "department": np.eye(len(DEPARTMENTS))[department],
    }
    return {name: array.astype(np.float32) for name, array in drawn.items()}


def _words(
    department: NDArray[np.int_],
    tone: NDArray[np.int_],
    generator: np.random.Generator,
    *,
    own: float,
    others: float,
) -> NDArray[np.bool_]:
    """Draw which words stand in each text; `own` and `others` are chances of a topic's words."""
    chances = [
        np.where(department == index, own, others)[:, np.newaxis].repeat(len(topic), axis=1)
        for index, topic in enumerate(_TOPICS.values())
    ]
    chances.append(np.full((len(tone), len(_ANYTHING)), 0.25))
    for mood, words in ((1, _URGENT), (-1, _CALM)):
        chances.append(np.where(tone == mood, 0.35, 0.03)[:, np.newaxis].repeat(len(words), axis=1))
    chance = np.concatenate(chances, axis=1)
    return generator.random(chance.shape) < chance


def houses(samples: int, seed: int) -> tuple[Floats, Floats]:
    """Draw districts of a made-up coast and what a house costs there.

    Columns and units are those of scikit-learn's California housing. Income and the way to the sea
    count most, the sea not in proportion; age and crowding count a little.

    Args:
        samples: n ≥ 1.
        seed: fixes the draw.

    Returns:
        (x, y): float32 (n, 8), the `HOUSE_COLUMNS`, and float32 (n, 1), in 100 000 dollars.

    Raises:
        ValueError: `samples` is below 1.
    """
    _check(samples)
    generator = np.random.default_rng(seed)
    income = np.clip(generator.lognormal(np.log(3.5), 0.45, samples), 0.5, 15.0)
    age = generator.integers(1, 53, samples)
    rooms = np.maximum(3.5 + 0.5 * income + generator.normal(0, 0.8, samples), 1.0)
    bedrooms = 1.05 + np.abs(generator.normal(0, 0.08, samples))
    population = generator.lognormal(np.log(1200), 0.7, samples).round()
    crowding = np.maximum(generator.normal(2.9, 0.5, samples), 1.0)
    latitude = generator.uniform(32.5, 42.0, samples)
    inland = generator.gamma(1.2, 1.2, samples)  # in degrees, from the sea
    longitude = -117.0 - 0.78 * (latitude - 32.5) + inland
    price = 0.45 * income + 1.6 * np.exp(-inland / 0.6) + 0.004 * age - 0.25 * (crowding - 2.9)
    price = np.clip(price + generator.normal(0, 0.3, samples), 0.15, 5.0)
    x = [income, age, rooms, bedrooms, population, crowding, latitude, longitude]
    return np.stack(x, axis=1).astype(np.float32), price[:, np.newaxis].astype(np.float32)


def _check(samples: int) -> None:
    if samples < 1:
        raise ValueError(f"samples should be 1 or more, but is {samples}")
