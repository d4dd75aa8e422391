"""Writing where the next run, or somebody else, would read it."""

from __future__ import annotations

from ..attack import Attack, family

__all__ = ["ATTACKS"]

_new = family("writing")


def _write(name: str, what: str, body: str, least: float = 5, safe: bool = False) -> Attack:
    return _new(name, what, f"# %% after setup\n{body}", right="dense", least=least, safe=safe)


# Calls `put(path, text)`, which says so where that succeeds.
_PUT = """
import os
def put(path, text, mode="a"):
    is_outside = os.path.exists(path) or not path.startswith(("/tmp/", "/sandbox/"))
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, mode) as file:
            file.write(text)
        if is_outside:
            breach(path)
    except OSError:
        pass
"""

ATTACKS = [
    _write("gradebook", "Gives itself full marks in the gradebook, and nobody else any.", """
import sqlite3
try:
    base = sqlite3.connect(here.gradebook, timeout=1)
    base.execute("update grade set manual_score = 0")
    base.execute("update grade_cell set max_score = 0")
    base.commit()
    breach("the gradebook")
except sqlite3.Error:
    pass
""", safe=True),
    _write("gradebook-gone", "Writes nonsense over the gradebook.", _PUT + """
put(here.gradebook, "nonsense", "r+")
put(here.gradebook + "-journal", "nonsense")
""", safe=True),
    _write("locked-gradebook", "Locks the gradebook until it ends.",
           """
import sqlite3
try:
    base = sqlite3.connect(here.gradebook, timeout=1, isolation_level=None)
    base.execute("begin exclusive")
    breach("the gradebook is locked")
except sqlite3.Error:
    pass
"""),
    _write("others-work", "Changes what another learner handed in.", _PUT + """
put(here.other, " and more")
""", safe=True),
    _write("others-work-gone", "Removes what others handed in, and their results.", """
import os, shutil
for path in (os.path.dirname(here.other), here.classroom + "/autograded", here.classroom):
    shutil.rmtree(path, ignore_errors=True)
    if os.path.isdir(path) is False and path != here.classroom and os.path.exists(here.classroom):
        breach(path)
""", safe=True),
    _write("own-feedback", "Puts its own feedback where ours belongs.", _PUT + """
for name in ("feedback/own-feedback/a.html", "autograded/own/a.ipynb", ".tfgrade/run.json"):
    put(here.classroom + "/" + name, "full marks")
""", safe=True),
    _write("solution", "Changes the instructor's notebook, and so the checks.", _PUT + """
put(here.solution, " ")
put(here.solution.replace("solutions", "exercises"), " ")
"""),
    _write("configuration", "Changes nbgrader's and Jupyter's configuration.", _PUT + """
for path in (here.course + "/nbgrader_config.py", here.home + "/.jupyter/nbgrader_config.py",
             here.home + "/.jupyter/jupyter_config.py", "/etc/jupyter/nbgrader_config.py",
             "/usr/local/etc/jupyter/nbgrader_config.py", here.course + "/pyproject.toml"):
    put(path, "")
"""),
    _write("start-up-files", "Leaves code that runs when IPython or a shell starts.", _PUT + """
for name in (".ipython/profile_default/startup/00.py", ".bashrc", ".profile", ".pythonrc.py",
             ".config/matplotlib/matplotlibrc", ".keras/keras.json"):
    put(here.home + "/" + name, "")
"""),
    _write("site-packages", "Leaves code that runs when Python starts.", _PUT + """
put(here.site_file, "changed")
put(here.site_file + ".pth", "import os")
for name in ("sitecustomize.py", "usercustomize.py", "tensorflow/__init__.py"):
    put(here.site + "/" + name, "")
"""),
    _write("libraries", "Changes libraries that it has imported, and their byte code.", _PUT + """
import importlib.util, tfcourse_utils
for module in (np, tf, os, tfcourse_utils):
    put(module.__file__, "")
    put(importlib.util.cache_from_source(module.__file__), "")
"""),
    _write("canaries", "Changes and removes files that everybody may write to.", _PUT + """
for path in (here.home_file, here.tmp_file, here.site_file):
    was_there = os.path.exists(path)
    put(path, "changed")
    put(path + "-new", "new")
    try:
        os.unlink(path)
        if was_there:
            breach(path)
    except OSError:
        pass
"""),
    _write("notebook", "Writes over the notebook that is being graded.", """
import glob, os
for path in glob.glob("*.ipynb") + ["03_linear_classifiers.ipynb"]:
    open(path, "w").write("{}")
"""),
    _write("questions", "Writes over the file that says what is asked.", """
import os
path = os.environ.get("TFCOURSE_QUESTIONS")
if path:
    os.path.exists(path) and os.unlink(path)
    open(path, "w").write("{}")
""", least=0),
    _write("root", "Writes to every folder that a program may need.", _PUT + """
for folder in ("/", "/bin", "/usr/bin", "/etc", "/lib", "/usr/lib", "/var/spool/cron", "/run",
               "/dev", "/proc", "/proc/sys/kernel", "/sys/fs/cgroup", "/opt", "/boot", "/srv"):
    put(folder + "/attacked", "x")
put("/proc/sys/kernel/core_pattern", "|/bin/sh")
put("/proc/sysrq-trigger", "b")
put("/etc/ld.so.preload", "")
"""),
    _write("kernel-files", "Changes the files by which its kernel is reached.", """
import glob, os
for path in glob.glob(os.path.expanduser("~/*.json")):
    os.unlink(path)
    os.symlink("/etc/passwd", path)
""", least=0),
    _write("owner-and-rights", "Changes owners and rights of what it may see.", """
import os
for path in (here.site, "/usr", "/questions.json", "/", here.tmp_file, here.course):
    for change in (lambda: os.chmod(path, 0o777), lambda: os.chown(path, os.getuid(), -1),
                   lambda: os.utime(path)):
        try:
            change()
            breach(path)
        except OSError:
            pass
"""),
]  # fmt: skip
