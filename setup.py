"""The packages of the wheel: the code, and the templates and static files beside it."""

from setuptools import find_packages, setup

ASSETS = {"distui.templates": "templates", "distui.static": "static"}

setup(
    packages=[*find_packages(include=["distui", "distui.*"]), *ASSETS],
    package_dir=ASSETS,
    package_data={"": ["*.json"], **{package: ["**/*"] for package in ASSETS}},
)
