"""Code that does not end: some of it can be interrupted, some not."""

from __future__ import annotations

from ..attack import Attack, family

__all__ = ["ATTACKS"]

_new = family("endless")
_RAISES = 1  # whatever raises refuses shapes that differ, too


def _answer(name: str, what: str, body: str, safe: bool = False, partly: float = 0) -> Attack:
    """Return an attack whose `square_loss` does not end, between two right answers."""
    inside = body.replace("\n", "\n    ")
    return _new(name, what, f"""
# %% square_loss
def square_loss(targets, predictions):
    {inside}
""", right="make_clouds dense", least=9, partly=partly, safe=safe)  # fmt: skip


ATTACKS = [
    _answer("loop", "The plain endless loop.", "while True:\n    pass", safe=True),
    _answer("sleep", "Sleeps for a day.", "import time\ntime.sleep(86400)", safe=True),
    _answer("deaf-loop", "Catches the interrupt and goes on.",
            "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
            safe=True),
    _answer("deaf-signals", "Ignores every signal that can be ignored, and loops.",
            "import signal\nfor n in range(1, 32):\n    try: signal.signal(n, signal.SIG_IGN)\n"
            "    except OSError: pass\nwhile True: pass"),
    _answer("huge-power", "Multiplies integers in C, where no interrupt is heard.",
            "return 9 ** 9 ** 9 % 10", safe=True),
    _answer("regex", "A regular expression that backtracks for ever.",
            "import re\nre.match(r'(a+)+$', 'a' * 64 + 'b')", safe=True),
    _answer("tf-while-loop", "A loop in TensorFlow's runtime.",
            "return tf.while_loop(lambda i: True, lambda i: (i + 1,), [0])[0]", safe=True),
    _answer("tf-function-loop", "A loop in a graph.",
            "@tf.function\ndef spin(i):\n    while i >= 0:\n        i = (i + 1) % 7\n"
            "    return i\nreturn spin(tf.constant(0))", safe=True),
    _answer("lock", "Waits for a lock that it holds.",
            "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()",
            safe=True),
    _answer("holds-the-gil", "Calls C without letting go of Python's lock.",
            "import ctypes\nctypes.PyDLL(None).sleep(86400)"),
    _answer("asks", "Asks a question that nobody answers.", "return input('loss? ')", safe=True,
            partly=_RAISES),
    _answer("getpass", "Asks for a password.", "import getpass\nreturn getpass.getpass()",
            safe=True, partly=_RAISES),
    _answer("debugger", "Stops in the debugger.", "breakpoint()\nreturn 0", safe=True),
    _new("generator", "Gives back a value without an end.", """
# %% square_loss
import itertools
def square_loss(targets, predictions):
    return itertools.count()
# %% make_clouds
class Endless:
    def __iter__(self): return self
    def __next__(self): return 1
    def __len__(self): return 10**18
    def __array__(self, *args, **kwargs):
        while True: pass
def make_clouds(samples_per_class, seed):
    return Endless(), Endless()
""", right="dense", least=5, safe=True),
    _new("at-import", "Loops at the top level of a cell of its own.", """
# %% after setup
while True:
    pass
""", right="make_clouds dense", least=9, safe=True),
    _new("every-cell", "Loops in every answer.", """
# %% make_clouds
def make_clouds(*args):
    while True: pass
# %% square_loss
def square_loss(*args):
    while True: pass
# %% training_step
def training_step(*args):
    while True: pass
# %% train_softmax
def train_softmax(*args):
    while True: pass
""", right="dense"),
    _new("just-in-time", "Sleeps in each of many cells, each time a little less than it may.",
         "".join(f"\n# %% after {name}\nimport time; time.sleep(2.7)\n" * 3
                 for name in ("make_clouds", "dense", "square_loss", "training_step")),
         right="make_clouds dense square_loss training_step", safe=True),
    _new("late-interrupt", "Changes its answer when it is interrupted.", """
# %% square_loss
def square_loss(targets, predictions):
    try:
        while True: pass
    except KeyboardInterrupt:
        return tf.reduce_mean(tf.square(targets - predictions))
""", right="make_clouds dense", partly=2, safe=True),
]  # fmt: skip
