"""Chapter 7: end to end."""

from .capstone import capstone
from .images import image_project
from .mended import mend_project
from .prediction import projects_quiz
from .regression import regression_project
from .species import species_project
from .tickets import ticket_project

EXERCISES = (
    mend_project,
    regression_project,
    species_project,
    image_project,
    ticket_project,
    projects_quiz,
    capstone,
)
