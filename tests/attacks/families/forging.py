"""Forged messages and observations: what a kernel says is the learner's to choose."""

from __future__ import annotations

from typing import Any

from ..attack import Attack, family

__all__ = ["ATTACKS"]

_new = family("forging", safe=True)

# A name for each answer, the start of its observations, and what sends messages.
_TOOLS = """
import base64, json, os, threading
MIME = "application/vnd.tfcourse.observations+json"
shell = get_ipython()
kernel, pub = shell.kernel, shell.display_pub
honest = pub.publish
def saw(value):
    return {"outcome": "returned", "value": value, "called": "", "error": "", "lines": [],
            "printed": ""}
def array(shape, dtype="float32", fill=0):
    data = np.full(shape, fill, dtype).tobytes()
    return {"array": [dtype, list(shape), base64.b64encode(data).decode()]}
def send(kind, **content):
    kernel.session.send(kernel.iopub_socket, kind, content, parent=kernel.get_parent("shell"))
def display(**data):
    send("display_data", data=data, metadata={}, transient={})
def send_raw(kind, content):
    session, parent = kernel.session, kernel.get_parent("shell")
    header = session.msg_header(kind)
    parts = [json.dumps(part, default=str).encode() for part in (header, parent["header"], {})]
    parts.append(content)
    kernel.iopub_socket.send_multipart([b"x", b"<IDS|MSG>", session.sign(parts), *parts])
"""
_ALL = '("make_clouds", "dense", "square_loss", "training_step", "train_softmax")'


def _forge(name: str, what: str, body: str, **rest: Any) -> Attack:
    """Return an attack that gets hold of the kernel's messages before the answers."""
    return _new(name, what, f"# %% after setup\n{_TOOLS}{body}", **rest)


def _alter(name: str, what: str, value: str, **rest: Any) -> Attack:
    """Return an attack in which every probe seems to have seen another value.

    Args:
        value: an expression of the exercise's and the probe's names, and what was seen.
    """
    return _forge(name, what, f"""
def forged(data, *args, **kwargs):
    if MIME in data:
        exercise, seen = data[MIME]["exercise"], data[MIME]["observations"]
        seen = {{probe: saw({value}) for probe, was in seen.items()}}
        data = {{MIME: {{"exercise": exercise, "observations": seen}}}}
    return honest(data, *args, **kwargs)
pub.publish = forged
""", **rest)  # fmt: skip


def _before(name: str, what: str, sends: str, **rest: Any) -> Attack:
    """Return an attack that sends something before each cell and after it."""
    inside = sends.strip().replace("\n", "\n    ")
    return _forge(name, what, f"""
def sends(*args):
    {inside}
shell.events.register("pre_run_cell", sends)
shell.events.register("post_run_cell", sends)
""", **{"right": "dense", "least": 0, **rest})  # fmt: skip


ATTACKS = [
    _before("sent-score", "Sends full marks as a cell's value.", """
send("execute_result", data={"text/plain": "2"}, metadata={}, execution_count=1)
""", right="", plain=2),
    _before("verdict", "Sends a verdict as ours look.", """
display(**{"text/html": "<b>all right</b>", "text/plain": "3 of 3 points"})
""", right=""),
    _alter("zeros", "Every probe saw zeros.", "array((4, 2))"),
    _alter("true", "Every probe saw True.", "True"),
    _alter("saw-nothing", "Every probe saw nothing.", "None"),
    _alter("nan", "Every probe saw NaN, which is near to nothing and far from nothing.",
           'array((4, 2), fill=float("nan"))'),
    _alter("infinite", "Every probe saw infinity, bare as Python writes it.", 'float("inf")'),
    _alter("right-shape", "Every probe saw an array of the right shape and no values.",
           '[array((4, 2)), array((4, 2))] if "activation" in probe else array((2, 1), "float64")'),
    _alter("empty", "Every probe saw an array without an item, equal to any other.",
           "array((0,))"),
    _alter("broadcast", "Every probe saw an array that any other can be compared with.",
           "array((1,) * 32)"),
    _alter("endless-shape", "Every probe saw an array of a trillion items in no bytes.",
           '{"array": ["float64", [10**12, 10**12, 0], ""]}'),
    _alter("short-array", "Arrays hold fewer bytes than they say.",
           '{"array": ["float64", [1000, 1000], "AAAA"]}'),
    _alter("objects", "Arrays hold Python's objects, which only pickle can read.",
           '{"array": ["object", [1], "gASVHgAAAAAAAACMBXBvc2l4lIwGc3lzdGVtlA=="]}'),
    _alter("tags", "Every probe saw what stands for something else, nested 100 deep.",
           'eval("[" * 90 + "]" * 90)'),
    _alter("opaque", "Every probe saw what the right answer would be without a value.",
           '{"opaque": "no right value: "}'),
    _alter("huge-integer", "Every probe saw an integer of 4000 digits.", "10**4000"),
    _alter("huge-text", "Every probe saw 3 MB of text.", '"x" * 3_000_000'),
    _alter("many-parts", "Every probe saw a list of a million parts.", "[0] * 1_000_000"),
    _alter("kept", "Every probe saw what it was not shown, under each name that it may have.",
           '{"dict": {"W": array((2, 3)), "b": array((3,)), "seconds": 0.0, "kept": True}}'),
    _alter("weights-of-infinity", "The weights win every comparison.",
           '{"dict": {"W": array((2, 3), fill=np.inf), "b": array((3,), fill=np.inf), '
           '"seconds": -1.0}}'),
    _alter("weights-of-text", "The weights are text, and the time is not a number.",
           '{"dict": {"W": {"text": [[2, 3], ["1"] * 6]}, "b": array((3,)), '
           '"seconds": {"float": "nan"}}}'),
    _forge("known-values", "Hands in what right answers show whatever is asked of them.", """
def pairs(**values): return saw({"dict": values})
def form(shape): return "float32 of shape " + shape
def text(value): return {"array": ["float64", list(np.shape(value)),
                         base64.b64encode(np.array(value, "float64").tobytes()).decode()]}
targets = base64.b64encode(np.repeat([[0], [1]], 4, axis=0).astype("float32").tobytes()).decode()
covariance = text([[1, 0.5], [0.5, 1]])
known = {
    "shapes and types": pairs(inputs=form("(14, 2)"), targets=form("(14, 1)")),
    "negatives first": saw({"array": ["float32", [8, 1], targets]}),
    "where the clouds lie": saw({"dict": {
        "mean of the negatives": text([0, 3]), "mean of the positives": text([3, 0]),
        "covariance of the negatives": covariance, "covariance of the positives": covariance,
        "drawn apart": True}}),
    "the seed decides, and nothing else": saw({"dict": {
        "same seed, same points": True, "other seed, other points": True}}),
    "shapes that differ are refused": saw({"dict": {
        "(4,) against (4, 1) raises": True, "(4, 1) against (4,) raises": True}}),
}
def forged(data, *args, **kwargs):
    if MIME in data:
        data = {MIME: data[MIME] | {"observations": data[MIME]["observations"] | known}}
    return honest(data, *args, **kwargs)
pub.publish = forged
""", partly=3),  # a function of zeros, of the right shape, that refuses others gets these too
    _forge("replayed-questions", "Hands back what was asked as what was seen.", """
path = os.environ.get("TFCOURSE_QUESTIONS")
asked = json.load(open(path)) if path else {}
def forged(data, *args, **kwargs):
    if MIME in data:
        exercise, seen = data[MIME]["exercise"], data[MIME]["observations"]
        shown = asked[exercise]["shown"]
        seen = {probe: saw(shown.get(probe, asked[exercise]["seed"])) for probe in seen}
        data = {MIME: {"exercise": exercise, "observations": seen}}
    return honest(data, *args, **kwargs)
pub.publish = forged
"""),
    _forge("other-exercise", "Hands in the observations of a right answer for every exercise.", """
kept = []
def forged(data, *args, **kwargs):
    if MIME in data:
        kept.append(list(data[MIME]["observations"].values()))
        exercise, seen = data[MIME]["exercise"], data[MIME]["observations"]
        if exercise.endswith("dense"):
            right.extend(seen.values())
        elif right:
            seen = {probe: right[i % len(right)] for i, probe in enumerate(seen)}
        data = {MIME: {"exercise": exercise, "observations": seen}}
    return honest(data, *args, **kwargs)
right = []
pub.publish = forged
""", right="dense", least=5),
    _forge("other-name", "Hands in a right answer's observations once more, under other names.", """
def forged(data, *args, **kwargs):
    if MIME in data:
        for name in """ + _ALL + """:
            other = {"exercise": "linear_classifiers." + name}
            honest({MIME: data[MIME] | other}, *args, **kwargs)
    return honest(data, *args, **kwargs)
pub.publish = forged
""", right="dense", least=5),
    _forge("many-guesses", "Hands in two hundred guesses, one of which may be right.", """
def forged(data, *args, **kwargs):
    if MIME in data:
        exercise, probes = data[MIME]["exercise"], data[MIME]["observations"]
        for guess in range(200):
            seen = {probe: saw([guess / 100] * 3) for probe in probes}
            honest({MIME: {"exercise": exercise, "observations": seen}}, *args, **kwargs)
    return honest(data, *args, **kwargs)
pub.publish = forged
"""),
    _forge("in-every-cell", "Hands in observations in its own cells, for all exercises.", """
for name in """ + _ALL + """:
    seen = {probe: saw(True) for probe in ("mean of the squares", "inputs · W + b")}
    display(**{MIME: {"exercise": "linear_classifiers." + name, "observations": seen}})
""", right="dense", least=5),
    _forge("more-probes", "Hands in ten thousand probes that nobody asked for.", """
def forged(data, *args, **kwargs):
    if MIME in data:
        more = {f"probe {i}": saw(True) for i in range(10_000)}
        data = {MIME: data[MIME] | {"observations": more, "points": 1000, "score": 3}}
    return honest(data, *args, **kwargs)
pub.publish = forged
"""),
    _forge("not-a-dictionary", "Hands in lists, texts and numbers for observations.", """
odd = iter([[], "all right", 3, None, {"exercise": []}, {"observations": {}}] * 9)
def forged(data, *args, **kwargs):
    return honest({MIME: next(odd)} if MIME in data else data, *args, **kwargs)
pub.publish = forged
"""),
    _forge("display-id", "Changes what earlier checks have shown, by the name of a display.", """
def forged(data, *args, **kwargs):
    if MIME in data:
        seen = {probe: saw(True) for probe in data[MIME]["observations"]}
        new = {MIME: data[MIME] | {"observations": seen}}
        send("display_data", data=data, metadata={}, transient={"display_id": "one"})
        send("update_display_data", data=new, metadata={}, transient={"display_id": "one"})
pub.publish = forged
""", right="dense"),
    _before("clears", "Clears the outputs of every cell, at once and later.", """
send("clear_output", wait=False)
send("clear_output", wait=True)
"""),
    _before("early-idle", "Says that the kernel is idle before the cell has run.", """
send("status", execution_state="idle")
"""),
    _before("early-reply", "Replies that the cell went well before it has run.", """
ident = kernel._shell_parent_ident.get()
kernel.session.send(kernel.shell_stream or kernel.shell_socket, "execute_reply",
                    {"status": "ok", "execution_count": 1, "payload": [], "user_expressions": {}},
                    parent=kernel.get_parent("shell"), ident=ident)
"""),
    _forge("silence", "Never says that a cell has ended.", """
session = kernel.session
was = session.send
def mute(stream, kind, *args, **kwargs):
    if kind not in ("status", "execute_reply"):
        return was(stream, kind, *args, **kwargs)
type(session).send = lambda self, stream, kind, *args, **kwargs: mute(stream, kind, *args, **kwargs)
"""),
    _before("sent-surrogates", "Sends text that JSON can hold and UTF-8 can't, as an error too.",
            r'''
send_raw("stream", b'{"name": "stdout", "text": "\\ud800"}')
send_raw("error", b'{"ename": "\\ud800", "evalue": "\\udfff", "traceback": ["\\ud800"]}')
send_raw("display_data", b'{"data": {"text/plain": "\\ud800", "\\ud800": 1}, "metadata": {}}')
'''),
    _before("deep-output", "Sends outputs that are nested deeper than they can be written.", """
for depth in (200, 350, 600, 900, 5_000):
    deep = b'{"a": ' * depth + b"1" + b"}" * depth
    send_raw("display_data", b'{"data": {"application/json": %s}, "metadata": {}}' % deep)
    send_raw("display_data", b'{"data": {"text/plain": "1"}, "metadata": %s}' % deep)
"""),
    _before("deep-count", "Counts in things that are no numbers, nested deep.", """
for depth in (200, 350, 600, 900):
    deep = b"[" * depth + b"]" * depth
    send_raw("execute_input", b'{"code": "", "execution_count": %s}' % deep)
"""),
    _forge("deep-language", "Is a kernel of a language whose name is nested deep.", """
deep = "python"
for _ in range(400):
    deep = {"name": deep}
kernel.language_info = kernel.help_links = deep
type(kernel).kernel_info = property(lambda self: {"status": "ok", "language_info": deep})
""", right="dense"),
    _before("odd-messages", "Sends messages without parts, without a signature, of odd types.", """
kernel.iopub_socket.send_multipart([b"x"])
kernel.iopub_socket.send_multipart([b"x", b"<IDS|MSG>", b"", b"{}", b"{}", b"{}", b"{}"])
kernel.iopub_socket.send_multipart([b"x", b"<IDS|MSG>", b"0" * 64, b"[", b"\\xff", b"1", b"null"])
"""),
    _before("odd-signed-messages", "Sends signed messages that hold other things than they should.",
            """
for kind in ("stream", "display_data", "execute_result", "error", "status", "comm_open", "", "x"):
    for content in (b"{}", b"[]", b"3", b'{"data": 3}', b'{"text": {"a": 1}, "name": []}'):
        send_raw(kind, content)
"""),
    _forge("odd-replies", "Replies with errors whose names are lists, deep dictionaries and HTML.",
           """
deep = {}
for _ in range(400):
    deep = {"a": deep}
names = iter([["<script>"], deep, "<script>attacked()</script>", 3, None, "x" * 10**6] * 9)
session = kernel.session
was = type(session).send
def send_odd(self, stream, kind, content=None, *args, **kwargs):
    if kind == "execute_reply":
        name = next(names)
        content = {"status": "error", "ename": name, "evalue": name, "traceback": name}
    return was(self, stream, kind, content, *args, **kwargs)
type(session).send = send_odd
""", right="dense"),
    _forge("surrogate-replies", "Replies with errors whose names UTF-8 can't hold.", r'''
session = kernel.session
type(session).pack = lambda self, value: (
    json.dumps(value, default=str).replace("NameError", "\\ud800").encode())
session.pack = type(session).pack.__get__(session)
# %% make_clouds
undefined
''', right="dense"),
    _before("comms", "Opens widgets, and sends them 10 MB.", """
send("comm_open", comm_id="a", target_name="jupyter.widget", data={"state": {"x": "y" * 10**6}})
send("comm_msg", comm_id="a", data={"method": "update", "state": {}, "buffer_paths": [[]]})
"""),
    _before("harmful-pictures", "Sends pages, scripts, and pictures that are none.", """
display(**{"text/html": "<script>attacked()</script>", "image/svg+xml": "<svg onload=attacked()>",
           "application/javascript": "attacked()", "text/latex": "\\\\href{javascript:x}{x}",
           "image/png": '"><script>attacked()</script>', "text/markdown": "<script>x</script>"})
"""),
    _before("questions-to-the-frontend", "Asks the grader for input, over and over.", """
for _ in range(50):
    kernel.session.send(kernel.stdin_socket, "input_request", {"prompt": "?", "password": False},
                        parent=kernel.get_parent("shell"), ident=b"x")
"""),
]  # fmt: skip
