"""Code that ends its kernel, or tries to: in an answer, and outside of one."""

from __future__ import annotations

from ..attack import Attack, family

__all__ = ["ATTACKS"]

_new = family("endings")


def _both(name: str, what: str, ending: str, safe: bool = False) -> list[Attack]:
    """Return two attacks: the ending in an answer, and at the top level of the same cell."""
    inside = ending.replace("\n", "\n    ")
    return [
        _new(f"{name}-in-answer", what, f"""
# %% square_loss
def square_loss(targets, predictions):
    {inside}
""", right="make_clouds dense", least=9, safe=safe),
        _new(f"{name}-at-top", what, f"""
# %% square_loss
{ending}
def square_loss(targets, predictions):
    return 0
""", right="make_clouds dense", least=9, safe=safe),
    ]  # fmt: skip


ATTACKS = [
    *_both("sys-exit", "Ends Python.", "import sys\nsys.exit(0)", safe=True),
    *_both("os-exit", "Ends the process without a word.", "import os\nos._exit(0)", safe=True),
    *_both("exit", "The notebook's own `exit()`.", "exit()", safe=True),
    *_both("quit", "The notebook's own `quit`, with a value.", "quit(3)", safe=True),
    *_both("interrupt", "Pretends that somebody pressed Ctrl-C.", "raise KeyboardInterrupt",
           safe=True),
    *_both("base-exception", "Raises what `except Exception` does not catch.",
           "raise BaseException('<script>attacked()</script>')", safe=True),
    *_both("abort", "Aborts, as a failed assertion in C does.", "import os\nos.abort()"),
    *_both("segfault", "Reads from address 0.", "import ctypes\nctypes.string_at(0)"),
    *_both("kill-itself", "Kills its own process.", "import os, signal\nos.kill(os.getpid(), 9)"),
    *_both("stop-itself", "Stops its own process, which then answers nobody.",
           "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)"),
    _new("exec", "Becomes another program.", """
# %% square_loss
import os
os.execv("/bin/sh", ["sh", "-c", "while true; do echo 3; done"])
""", right="make_clouds dense", least=9),
    _new("stack-overflow", "Recurses without bounds, in Python and in C.", """
# %% square_loss
import sys
sys.setrecursionlimit(10**9)
def square_loss(targets, predictions):
    return square_loss(predictions, targets)
""", right="make_clouds dense", least=9),
    _new("dies-everywhere", "Ends the kernel in every answer.", """
# %% make_clouds
def make_clouds(samples_per_class, seed): import os; os._exit(1)
# %% square_loss
def square_loss(targets, predictions): import os; os._exit(1)
# %% training_step
def training_step(*args): import os; os._exit(1)
# %% train_softmax
def train_softmax(*args): import os; os._exit(1)
""", right="dense", least=3),
    _new("ends-before-the-check", "Ends every kernel before the plain check, which has no outputs.",
         """
# %% make_clouds
def make_clouds(samples_per_class, seed): import os; os._exit(1)
# %% dense
def dense(*args, **kwargs): import os; os._exit(1)
# %% square_loss
def square_loss(targets, predictions): import os; os._exit(1)
# %% training_step
def training_step(*args): import os; os._exit(1)
"""),
    _new("dies-once", "Ends the kernel only in the first of two runs, and is right in the second.",
         """
# %% square_loss
import os
def square_loss(targets, predictions):
    if not os.path.exists("/tmp/was-here"):
        open("/tmp/was-here", "w").close()
        os._exit(1)
    return 0
""", right="make_clouds dense", least=9, partly=1),
    _new("closes-its-sockets", "Closes every file descriptor.", """
# %% square_loss
import os
os.closerange(3, 512)
""", right="make_clouds dense", least=9),
    _new("at-exit", "Leaves functions that run when Python ends, and handlers of signals.", """
# %% square_loss
import atexit, os, signal, time
def stay(*args):
    while True:
        time.sleep(1)
atexit.register(stay)
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGALRM, signal.SIGCHLD):
    signal.signal(number, stay)
os.kill(os.getpid(), signal.SIGALRM)
""", right="make_clouds dense", least=9),
]  # fmt: skip
