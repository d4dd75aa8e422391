"""nbgrader's own commands, and the Formgrader, on this tree.

`solutions/` is nbgrader's source, `exercises/` its release. What a class hands in, its grades
and its feedback live in `classroom/`, which git ignores.
"""

from pathlib import Path

from grader import build, grade

c = get_config()  # type: ignore[name-defined]  # noqa: F821

root = Path(__file__).parent
classroom = root / "classroom"
classroom.mkdir(exist_ok=True)  # SQLite makes the gradebook, but not its folder

c.CourseDirectory.course_id = "tfcourse"
c.CourseDirectory.root = str(root)
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"
c.CourseDirectory.submitted_directory = "classroom/submitted"
c.CourseDirectory.autograded_directory = "classroom/autograded"
c.CourseDirectory.feedback_directory = "classroom/feedback"
c.CourseDirectory.db_url = f"sqlite:///{classroom / 'gradebook.db'}"

# Several exercises train a network, and the kernel's first cell imports TensorFlow.
c.Execute.timeout = 120

build.configure_nbgrader(c)
grade.configure_nbgrader(c, root)
