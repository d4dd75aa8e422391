"""Looking for right values: in the course, in memory, in what others handed in, at home."""

from __future__ import annotations

from ..attack import Attack, family

__all__ = ["ATTACKS"]

_new = family("snooping", safe=True)

_NAMES = '("make_clouds", "dense", "square_loss", "training_step", "train_softmax")'

#: Makes an answer of whatever `found(name)` returns, and garbage where it raises.
_TAKE = f"""
def take(name):
    try:
        return found(name)
    except Exception:
        return lambda *args, **kwargs: 0
make_clouds, dense, square_loss, training_step, train_softmax = map(take, {_NAMES})
"""


def _take(name: str, what: str, found: str, partly: float = 0) -> Attack:
    """Return an attack that takes every answer from where `found(name)` finds it."""
    cells = "".join(
        f"\n# %% {answer}\n{answer} = take({answer!r})\n"
        for answer in ("make_clouds", "dense", "square_loss", "training_step", "train_softmax")
    )
    return _new(name, what, f"# %% after setup\n{found}{_TAKE}{cells}", partly=partly)


def _look(name: str, what: str, body: str, safe: bool = True) -> Attack:
    """Return an attack that says so if it could look at what nobody may."""
    return _new(name, what, f"# %% after setup\n{body}", right="dense", least=5, safe=safe)


ATTACKS = [
    _take("imports-the-reference", "Imports the right answers.", """
import importlib
def found(name):
    return getattr(importlib.import_module("tfcourse_utils.reference.linear_classifiers"), name)
"""),
    _take("reads-the-reference", "Reads the right answers where the course lies.", """
import keras
def found(name):
    with open(here.course + "/tfcourse_utils/reference/linear_classifiers.py") as file:
        exec(file.read(), scope := {})
    breach("the right answers can be read")
    return scope[name]
"""),
    *(_take(name, what, f"""
import json
def found(name):
    for cell in json.load(open(here.{whose}))["cells"]:
        if cell["id"] == name:
            breach("the notebook {whose} can be read")
            exec("".join(cell["source"]), globals())
            return globals()[name]
""") for name, what, whose in (
        ("reads-the-solution", "Reads the instructor's notebook.", "solution"),
        ("reads-another-submission", "Takes the answers of another learner.", "other"),
    )),
    _take("searches-memory", "Searches all of Python's objects for functions of these names.", """
import gc, types
def found(name):
    for one in gc.get_objects():
        if isinstance(one, types.FunctionType) and one.__name__ == name:
            if "reference" in (one.__module__ or ""):
                breach("a right answer lies in memory")
                return one
    raise LookupError
"""),
    _take("walks-frames", "Walks the frames to whoever called, for what is expected.", """
import sys
def found(name):
    def answer(*args, **kwargs):
        frame = sys._getframe()
        while frame:
            exercise = frame.f_locals.get("exercise")
            for value in list(frame.f_locals.values()):
                if type(value).__name__ == "Expectation":
                    breach("what is expected lies in a frame")
            if exercise is not None:
                from tfcourse_utils.checking import expected
                return expected.reference(exercise)(*args, **kwargs)
            frame = frame.f_back
        return 0
    answer.__name__ = name
    return answer
""", partly=1),  # whatever raises refuses shapes that differ, too
    _take("asks-the-judge", "Has the judge work out what is right, and hands it in.", """
import tfcourse_utils.checking.expected as expected
from tfcourse_utils.checking import find_exercise
def found(name):
    right = expected.reference(find_exercise("linear_classifiers." + name))
    breach("the judge knows what is right, and says it")
    return right
"""),
    _take("traceback", "Raises, and looks into the frames of the traceback.", """
import sys, tfcourse_utils.checking as checking
def found(name):
    try:
        raise LookupError
    except LookupError:
        trace = sys.exc_info()[2]
    frame = trace.tb_frame
    while frame.f_back:
        frame = frame.f_back
        if "reference" in frame.f_globals:
            exercise = checking.find_exercise("linear_classifiers." + name)
            return frame.f_globals["reference"](exercise)
    raise LookupError
"""),
    _take("kept-data", "Draws what only the judge may know, from the seeds that are there.", """
import json, os
from tfcourse_utils.checking import find_exercise
def found(name):
    if name != "train_softmax":
        raise LookupError
    def answer(x, y, num_classes, learning_rate, epochs):
        asked = json.load(open(os.environ["TFCOURSE_QUESTIONS"]))
        probe = next(iter(find_exercise("linear_classifiers.train_softmax").probes.values()))
        one = asked["linear_classifiers.train_softmax"]
        shown, kept = probe.data(np.random.default_rng(one["seed"]))
        if np.array_equal(shown["x"], x):
            breach("the judge's data can be drawn")
        return np.zeros((2, num_classes)), np.zeros(num_classes)
    return answer
"""),
    _look("wrong-answers", "Imports the wrong answers, each of which passes some probes.", """
import importlib, os, tfcourse_utils.exercises.linear_classifiers as topic
try:
    importlib.import_module("tfcourse_utils.exercises.linear_classifiers.wrong")
    breach("the wrong answers can be imported")
except ImportError:
    pass
if "wrong" in os.listdir(os.path.dirname(topic.__file__)):
    breach("the wrong answers can be seen")
"""),
    _look("reads-the-course", "Reads solutions, tests, the grader and git's history.", """
import os
for name in ("solutions", "grader", "tests", ".git", "nbgrader_config.py", "classroom", "course"):
    path = here.course + "/" + name
    try:
        os.listdir(path) if os.path.isdir(path) else open(path, "rb").read(1)
        breach(path)
    except OSError:
        pass
"""),
    _look("imports-the-grader", "Imports the parts of the grader that know something.", """
import importlib
for name in ("grader.grade.judge", "grader.grade.gradebook", "grader.sample", "grader.build"):
    try:
        importlib.import_module(name)
        breach(name)
    except ImportError:
        pass
"""),
    _look("all-loaded-modules", "Looks for secrets in what the warm process has imported.", """
import gc, sys
for one in gc.get_objects():
    if type(one).__name__ in ("Engine", "Expectation", "Gradebook", "Records", "Classroom"):
        breach(type(one).__name__)
    if isinstance(one, str) and (here.classroom in one or here.secret in one) and "here" not in one:
        if one not in vars(here).values() and "SimpleNamespace" not in one:
            breach("a path or a secret of the grader")
""", safe=False),
    _look("environment", "Reads the environment, its own and others'.", """
import glob, os
if here.secret in os.environ:
    breach("the grader's environment")
for path in (f"/proc/{here.grader}/environ", *glob.glob("/proc/[0-9]*/environ")):
    try:
        if here.secret.encode() in open(path, "rb").read():
            breach(path)
    except OSError:
        pass
"""),
    _look("reads-home", "Reads what lies at home.", """
import os
for path in (here.home_file, "~/.ssh", "~/.bash_history", "~/.netrc", "~/.config", "~/.jupyter"):
    for home in (here.home, os.path.expanduser("~")):
        path = path.replace("~", home)
        try:
            os.listdir(path) if os.path.isdir(path) else open(path, "rb").read(1)
            breach(path)
        except OSError:
            pass
"""),
    _look("reads-tmp", "Reads other people's temporary files.", """
import glob
try:
    open(here.tmp_file).read()
    breach(here.tmp_file)
except OSError:
    pass
found = set(glob.glob("/tmp/*")) | set(glob.glob("/var/tmp/*")) | set(glob.glob("/run/*"))
if any("tfgrade" in path or "pytest" in path for path in found):
    breach(sorted(found))
"""),
    _look("reads-the-gradebook", "Reads the gradebook, as a database and as a file.", """
import sqlite3
try:
    base = sqlite3.connect(f"file:{here.gradebook}?mode=ro", uri=True)
    base.execute("select * from grade").fetchall()
    breach("the gradebook can be read")
except sqlite3.Error:
    pass
"""),
    _look("reads-the-seeds", "Reads what the grader keeps of each run.", """
import os
for name in ("", "/submitted", "/.tfgrade", "/autograded", "/feedback"):
    try:
        os.listdir(here.classroom + name)
        breach(here.classroom + name)
    except OSError:
        pass
"""),
    *(
        _look(f"mark-{number}", "Leaves a mark wherever it may, and looks for another's.", """
import os
folders = ("/tmp", "/var/tmp", "/dev/shm", "/sandbox", ".", os.path.expanduser("~"))
paths = [folder + "/mark-of-an-attack" for folder in folders]
for path in paths:
    if os.path.exists(path):
        breach(path)
for path in paths:
    try:
        open(path, "w").close()
    except OSError:
        pass
""", safe=False)
        for number in (1, 2)
    ),
    _look("machine", "Reads the machine's memory, log, keys and the other processes' lines.", """
import glob, os
for path in ("/dev/mem", "/proc/kcore", "/dev/kmsg", "/proc/kmsg", "/etc/shadow", "/dev/sda",
             "/dev/vda", "/sys/kernel/debug", "/proc/kallsyms", "/var/log"):
    try:
        os.listdir(path) if os.path.isdir(path) else open(path, "rb").read(1)
        if path != "/proc/kallsyms" or any(int(x.split()[0], 16) for x in open(path)):
            breach(path)
    except OSError:
        pass
lines = [open(path, "rb").read() for path in glob.glob("/proc/[0-9]*/cmdline")]
if len(lines) > 2 or any(b"pytest" in line for line in lines):
    breach("other processes can be seen")
""", safe=False),
    _look("own-memory", "Searches its own memory, which was the warm process's, for secrets.", """
import re
backwards = b"snoitciderp tub }epahs.stegrat{ stegrat"  # the cell itself lies in memory, too
found = False
for line in open("/proc/self/maps"):
    first, last, rights = re.match(r"(\\w+)-(\\w+) (\\S+)", line).groups()
    if "[heap]" in line and "r" in rights:
        with open("/proc/self/mem", "rb") as memory:
            memory.seek(int(first, 16))
            block = memory.read(int(last, 16) - int(first, 16))
        found = found or backwards in block[::-1]
if found:
    breach("a right answer's text lies in memory")
""", safe=False),
]  # fmt: skip
