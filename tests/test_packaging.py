"""One environment, said three times: pyproject.toml, the lock, environment.yml."""

from __future__ import annotations

import re
import sys
from itertools import chain
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
LOCK = [Requirement(line) for line in (ROOT / "requirements.lock").read_text().splitlines()]
PYTHONS = ("3.10", "3.11", "3.12", "3.13")
PLATFORMS = {"linux": "Linux", "darwin": "Darwin", "win32": "Windows"}


def asked_for() -> list[Requirement]:
    extras = chain.from_iterable(PROJECT["optional-dependencies"].values())
    return [Requirement(text) for text in chain(PROJECT["dependencies"], extras)]


def pins(name: str, python: str, platform: str) -> list[str]:
    """Return the versions that the lock gives a package there."""
    environment = {
        "python_version": python,
        "python_full_version": f"{python}.9",
        "sys_platform": platform,
        "platform_system": PLATFORMS[platform],
        "platform_machine": "arm64" if platform == "darwin" else "x86_64",
    }
    return [
        str(entry.specifier).removeprefix("==")
        for entry in LOCK
        if entry.name == name and (entry.marker is None or entry.marker.evaluate(environment))
    ]


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("python", PYTHONS)
def test_the_lock_has_one_version_of_everything_asked_for(python: str, platform: str) -> None:
    for requirement in asked_for():
        versions = pins(requirement.name, python, platform)
        assert len(versions) == 1, (requirement, versions)
        assert versions[0] in requirement.specifier, requirement


def test_every_line_of_the_lock_is_a_pinned_version_and_nothing_else() -> None:
    for line in (ROOT / "requirements.lock").read_text().splitlines():
        assert re.fullmatch(r"[A-Za-z0-9._\[\]-]+==[A-Za-z0-9.+!]+( ; .+)?", line), line


def test_the_packages_that_the_course_promises_are_asked_for() -> None:
    promised = {"tensorflow", "jupyterlab", "nbgrader", "matplotlib", "scikit-learn", "ipywidgets"}
    assert promised <= {Requirement(text).name for text in PROJECT["dependencies"]}


def test_conda_and_binder_install_the_lock_and_this_package() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    *conda, pip = environment["dependencies"]
    assert pip == {"pip": ["-r requirements.lock", "-e ."]}
    [python] = [entry.removeprefix("python=") for entry in conda if entry.startswith("python=")]
    assert python in SpecifierSet(PROJECT["requires-python"])
    assert python in PYTHONS


def test_the_lock_is_that_of_the_environment_the_tests_run_in() -> None:
    from importlib.metadata import version

    here = f"{sys.version_info[0]}.{sys.version_info[1]}"
    for requirement in asked_for():
        assert [version(requirement.name)] == pins(requirement.name, here, sys.platform)
