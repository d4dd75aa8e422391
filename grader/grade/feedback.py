"""A learner's feedback as a page, by nbgrader's own template."""

from __future__ import annotations

from nbconvert.exporters import HTMLExporter
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory

__all__ = ["feedback_page"]


def feedback_page(notebook: NotebookNode, resources: ResourcesDict) -> str:
    """Return the HTML page for a graded notebook.

    Args:
        notebook: as it was judged.
        resources: nbgrader's: learner, assignment and gradebook, for scores and comments.
    """
    converter = GenerateFeedback(coursedir=CourseDirectory())  # knows the template
    exporter = HTMLExporter(config=converter.config)
    for preprocessor in converter.preprocessors:
        exporter.register_preprocessor(preprocessor, enabled=True)
    page, _ = exporter.from_notebook_node(notebook, resources)
    return str(page)
