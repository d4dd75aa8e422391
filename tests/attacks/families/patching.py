"""Code that changes what checks are made of: `assert`, libraries, `check` itself, hooks."""

from __future__ import annotations

from ..attack import Attack, family

__all__ = ["ATTACKS"]

_new = family("patching", safe=True)

_GARBAGE = """
# %% dense
def dense(*args, **kwargs): return 0
# %% square_loss
def square_loss(*args): return 0
# %% training_step
def training_step(*args): return 0
# %% train_softmax
def train_softmax(*args): return 0, 0
"""


def _patch(name: str, what: str, body: str, plain: float = 0, cells: str = _GARBAGE) -> Attack:
    """Return an attack that changes something first, and then answers with garbage."""
    return _new(name, what, f"# %% after setup\n{body}\n{cells}", plain=plain)


ATTACKS = [
    _patch("no-asserts", "Takes every `assert` out of what is run from here on.", """
import ast
class Without(ast.NodeTransformer):
    def visit_Assert(self, node): return ast.copy_location(ast.Pass(), node)
get_ipython().ast_transformers.append(Without())
""", plain=2),
    _patch("other-sources", "Turns the source of every check into a number of points.", """
def turn(lines):
    return ["2.0\\n"] if any("check(" in line or "assert" in line for line in lines) else lines
get_ipython().input_transformers_cleanup.append(turn)
""", plain=2),
    _patch("own-run-cell", "Runs full marks in place of every check.", """
shell = get_ipython()
honest = shell.run_cell_async
def other(source, *args, **kwargs):
    if "check(" in source or "assert" in source:
        source = kwargs["transformed_cell"] = "2.0"
    return honest(source, *args, **kwargs)
shell.run_cell_async = other
""", plain=2),
    _patch("own-check", "Calls its own function `check`.", "check = lambda *args: 3"),
    _patch("checks-module", "Puts its own function into the module that `check` comes from.", """
import tfcourse_utils.checking as checking
checking.check = lambda *args: 3
"""),
    _patch("fake-module", "Puts its own module in the place of ours.", """
import sys, types
fake = types.ModuleType("tfcourse_utils.checking")
fake.check = fake.hint = lambda *args: 3
sys.modules["tfcourse_utils.checking"] = fake
"""),
    _patch("fake-importer", "Has Python find its own modules first.", """
import importlib.abc, importlib.util, sys
class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path, target=None):
        if name.startswith("tfcourse_utils"):
            return importlib.util.spec_from_loader(name, self, is_package=True)
    def create_module(self, spec): return None
    def exec_module(self, module): module.check = lambda *args: 3
sys.meta_path.insert(0, Finder())
for name in [name for name in sys.modules if name.startswith("tfcourse_utils")]:
    del sys.modules[name]
"""),
    _patch("fake-import", "Replaces the statement `import`.", """
import builtins, types
honest = builtins.__import__
def fake(name, *args):
    if name.startswith("tfcourse_utils"):
        return types.SimpleNamespace(check=lambda *args: 3, checking=None)
    return honest(name, *args)
builtins.__import__ = fake
"""),
    _patch("shadowing-file", "Writes a module of the same name into its folder.", """
import os, sys
os.makedirs("tfcourse_utils/checking", exist_ok=True)
open("tfcourse_utils/__init__.py", "w").close()
with open("tfcourse_utils/checking/__init__.py", "w") as file:
    file.write("check = hint = lambda *args: 3")
sys.path.insert(0, os.getcwd())
for name in [name for name in sys.modules if name.startswith("tfcourse_utils")]:
    del sys.modules[name]
"""),
    _patch("judge", "Replaces the function that judges.", """
import sys
import tfcourse_utils.checking.notebook as notebook
from tfcourse_utils.checking.verdict import ProbeVerdict, Status, Verdict
def all_right(exercise, seen, expected):
    probes = exercise.probes.values()
    return Verdict(exercise.id,
                   tuple(ProbeVerdict(one.name, Status.RIGHT, one.points) for one in probes))
notebook.judge = all_right
"""),
    _patch("comparison", "Has every probe compare with nothing, for a thousand points.", """
import dataclasses
from tfcourse_utils.checking import find_exercise
for name in ("make_clouds", "dense", "square_loss", "training_step", "train_softmax"):
    probes = find_exercise("linear_classifiers." + name).probes
    for key, probe in probes.items():
        probes[key] = dataclasses.replace(probe, compare=lambda *args: None, points=1000)
"""),
    _patch("no-probes", "Takes the probes out of every exercise.", """
from tfcourse_utils.checking import find_exercise
for name in ("make_clouds", "dense", "square_loss", "training_step", "train_softmax"):
    find_exercise("linear_classifiers." + name).probes.clear()
"""),
    _patch("own-probes", "Replaces the probes, and so what is looked at.", """
import dataclasses
from tfcourse_utils.checking import find_exercise
easy = find_exercise("linear_classifiers.square_loss").probes
for key, probe in easy.items():
    easy[key] = dataclasses.replace(probe, look=lambda answer, rng: [0.0, 0.0, 0.0])
"""),
    _patch("score", "Has the score show itself as full marks.", """
import tfcourse_utils.checking.notebook as notebook
notebook.Score.__repr__ = lambda self: "3"
"""),
    _patch("numpy", "Replaces NumPy's comparisons.", """
yes = lambda *args, **kwargs: np.bool_(True)
np.isclose = np.allclose = np.array_equal = np.all = np.equal = yes
np.testing.assert_allclose = np.testing.assert_array_equal = yes
"""),
    _patch("numpy-random", "Has every generator of NumPy draw zeros.", """
class Zeros:
    def normal(self, *args, size=()): return np.zeros(size)
    def __getattr__(self, name): return lambda *args, size=(), **kwargs: np.zeros(size, int)
np.random.default_rng = lambda *args: Zeros()
"""),
    _patch("tensorflow", "Replaces TensorFlow's comparisons.", """
tf.Tensor.__eq__ = lambda self, other: True
tf.Tensor.__bool__ = lambda self: True
tf.reduce_all = tf.debugging.assert_equal = tf.debugging.assert_near = lambda *args: True
""", plain=2, cells=_GARBAGE.replace("return 0\n", "return tf.zeros((1, 1))\n", 1)),
    _patch("tensorflow-sees-zeros", "Has TensorFlow's tensors hold zeros in every check.", """
honest = tf.constant
tf.constant = lambda value, *args, **kwargs: tf.zeros_like(honest(value, *args, **kwargs))
"""),
    _patch("builtins", "Replaces `len`, `isinstance`, `abs`, `float` and `all`.", """
import builtins
builtins.all = builtins.any = lambda *args: True
builtins.abs = lambda *args: 0
kind = builtins.isinstance
builtins.isinstance = lambda value, kinds: True if kinds is AssertionError else kind(value, kinds)
"""),
    _patch("json", "Has whatever is written as JSON say that all is right.", """
import json
honest = json.dumps
json.dumps = lambda *args, **kwargs: honest(*args, **kwargs).replace("raised", "returned")
import tfcourse_utils.checking.notebook as notebook
full = {"status": "right", "points": 3}
notebook.encode_observations = lambda seen: dict.fromkeys(seen, full)
"""),
    _patch("clock", "Stops the clock.", """
import time
time.perf_counter = time.process_time = time.monotonic = time.time = lambda: 0.0
"""),
    _new("equal-to-all", "Gives back an object that equals everything.", """
# %% after setup
class Equal:
    shape, dtype, ndim, size = (1, 1), np.dtype("float32"), 2, 1
    def __eq__(self, other): return True
    def __bool__(self): return True
    def __call__(self, *args, **kwargs): return self
    def __array__(self, *args, **kwargs): return np.zeros((1, 1), "float32")
    def __len__(self): return 2
    def __iter__(self): return iter((self, self))
    def __getattr__(self, name): return self
    __ne__ = lambda self, other: False
    __lt__ = __le__ = __gt__ = __ge__ = __eq__
    __hash__ = None
# %% make_clouds
make_clouds = Equal()
# %% dense
dense = Equal()
# %% square_loss
def square_loss(*args): return Equal()
# %% training_step
def training_step(*args): return Equal()
# %% train_softmax
def train_softmax(*args): return Equal(), Equal()
""", plain=2),
    _new("lying-numbers", "Gives back numbers and arrays that say what is asked of them.", """
# %% after setup
class Number(float):
    def __eq__(self, other): return True
    def __sub__(self, other): return 0.0
    __rsub__ = __sub__
    __hash__ = float.__hash__
    def __float__(self): return Number(0)
class Array(np.ndarray):
    def __array_ufunc__(self, ufunc, method, *args, **kwargs): return np.True_
    def __eq__(self, other): return np.ones(np.shape(other), bool)
# %% dense
def dense(inputs, W, b, activation=None): return np.zeros((len(inputs), len(b))).view(Array)
# %% square_loss
def square_loss(targets, predictions): return Number(1)
""", plain=2),
    _new("lying-class", "Gives back objects that lie about their class.", """
# %% square_loss
class Liar:
    @property
    def __class__(self): raise SystemExit
    def __repr__(self): return "1.0"
    def numpy(self): return self
def square_loss(*args): return Liar()
# %% training_step
class Meta(type):
    def __instancecheck__(self, other): return True
    def __getattribute__(self, name): raise KeyboardInterrupt
class Odd(metaclass=Meta): pass
def training_step(*args): return Odd()
"""),
    _patch("silent-errors", "Shows no error any more.",
           "get_ipython().showtraceback = lambda *args, **kwargs: None"),
    _patch("custom-errors", "Handles every exception itself.",
           "get_ipython().set_custom_exc((Exception,), lambda *args, **kwargs: None)"),
    _patch("own-displayhook", "Shows full marks, whatever the value of a cell is.", """
shell = get_ipython()
honest = type(shell.displayhook).__call__
type(shell.displayhook).__call__ = lambda self, result=None: honest(self, 3)
"""),
    _patch("own-formatter", "Has every value of a cell written as full marks.", """
get_ipython().display_formatter.format = lambda *args, **kwargs: ({"text/plain": "3"}, {})
"""),
    _patch("after-each-cell", "Lets full marks follow, and go before, each cell.", """
shell = get_ipython()
def full_marks(*args):
    shell.displayhook.start_displayhook()
    shell.displayhook.write_format_data({"text/plain": "2"})
    shell.displayhook.finish_displayhook()
shell.events.register("post_run_cell", full_marks)
shell.events.register("pre_run_cell", full_marks)
"""),
    _patch("two-faces", "Answers in one way where it is looked at, in another everywhere else.", """
import sys
def is_looked_at():
    frame = sys._getframe()
    while frame:
        if "checking" in frame.f_code.co_filename: return True
        frame = frame.f_back
    return False
""", cells="""
# %% dense
def dense(inputs, W, b, activation=None):
    return 0 if is_looked_at() else inputs @ W + b
""", plain=2),
    _patch("forgets-the-file", "Takes away the file that says what is asked.", """
import os
os.environ.pop("TFCOURSE_QUESTIONS", None)
"""),
    _patch("own-questions", "Asks its own questions, to which it knows the answers.", """
import json, os
path = os.environ.get("TFCOURSE_QUESTIONS")
if path:
    asked = json.load(open(path))
    for one in asked.values():
        one["seed"] = 0
    with open("mine.json", "w") as file:
        json.dump(asked, file)
    os.environ["TFCOURSE_QUESTIONS"] = "mine.json"
"""),
]  # fmt: skip
