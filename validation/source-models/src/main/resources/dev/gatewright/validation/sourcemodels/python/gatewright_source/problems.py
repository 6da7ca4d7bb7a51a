# SPDX-License-Identifier: Apache-2.0
"""What ends a request without a result. Each becomes a document that the parent turns into its sentence."""


class MissingPackages(Exception):
    """Packages that are not installed, under the names that pip knows."""

    def __init__(self, packages):
        super().__init__(", ".join(packages))
        self.packages = list(packages)


class SourceError(Exception):
    """Something is wrong with the model or the request: what, and what to do next."""

    def __init__(self, what, next_step):
        super().__init__(what)
        self.what = what
        self.next_step = next_step


def need(**modules):
    """Imports modules, given as MODULE="package of pip"; names all packages that are missing at once.

    A dotted module is written with two underscores: need(safetensors__torch="safetensors").
    """
    import importlib

    found, missing = [], []
    for spelled, package in modules.items():
        name = spelled.replace("__", ".")
        try:
            found.append(importlib.import_module(name))
        except ModuleNotFoundError as error:
            # What a package that is there cannot find is a package of its own.
            root = (error.name or name).split(".")[0]
            missing.append(package if root == name.split(".")[0] else root)
    if missing:
        raise MissingPackages(sorted(set(missing)))
    return found[0] if len(found) == 1 else found
