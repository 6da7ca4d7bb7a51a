# SPDX-License-Identifier: Apache-2.0
"""Makes PyPI's PyTorch importable where there is no GPU, without the 2.5 GB of CUDA libraries that it is linked against.

In the place of each library that is missing stands one whose functions all return 100, CUDA's "no device", but for those that
name an error, and the one that says that nothing is being recorded. They lie where PyTorch looks for the wheels of these
libraries. Needs gcc and binutils; does nothing where no library is missing.
"""

import collections
import pathlib
import re
import subprocess
import tempfile

import site


SPECIAL = {
    "cudaStreamIsCapturing": "int cudaStreamIsCapturing(void *stream, int *status) { *status = 0; return 0; }",
}


def function(name):
    if re.search(r"GetError(String|Name)$", name):
        return f'const char *{name}(void) {{ return "there is no GPU"; }}'
    return SPECIAL.get(name, f"int {name}(void) {{ return 100; }}")


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def main():
    packages = pathlib.Path(site.getsitepackages()[0])
    libraries = [file for file in (packages / "torch" / "lib").glob("*.so*") if file.is_file()]
    needed, versions, wanted, defined = set(), collections.defaultdict(set), collections.defaultdict(set), set()
    for library in libraries:
        for line in run("readelf", "-d", library):
            if found := re.search(r"NEEDED.*\[(.*)\]", line):
                needed.add(found[1])
        of = None
        for line in run("readelf", "-VW", library):
            if found := re.search(r"File: (\S+)", line):
                of = found[1]
            elif of and (found := re.search(r"Name: (\S+) .*Version:", line)):
                versions[of].add(found[1])
        for line in run("nm", "-D", library):
            kind, symbol = line.split()[-2:]
            name, _, version = symbol.partition("@")
            if kind == "U":
                wanted[version.lstrip("@")].add(name)
            else:
                defined.add(name)
    target = packages / "nvidia" / "cu13" / "lib"
    target.mkdir(parents=True, exist_ok=True)
    own = {library.name for library in libraries}
    free = {name for name in wanted[""] - defined if re.match(r"_?_?(cu|nccl|nvrtc|nvshmem)", name, re.IGNORECASE)}
    for missing in sorted(name for name in needed - own if re.match(r"lib(cu|nccl|nvrtc|nvshmem)", name)):
        nodes = {version: wanted[version] for version in versions[missing]}
        make(target / missing, nodes, free if missing.startswith("libnccl") else set())


def make(path, nodes, free):
    """A library with these functions: those of each version of symbols, and those of none."""
    with tempfile.TemporaryDirectory() as folder:
        source, script = pathlib.Path(folder, "none.c"), pathlib.Path(folder, "none.map")
        names = sorted(set(free).union(*nodes.values()))
        source.write_text("\n".join(map(function, names)) or "int none;")
        script.write_text("\n".join(f"{node} {{ global: {' '.join(name + ';' for name in sorted(nodes[node]))} }};" for node in sorted(nodes)))
        versioned = [f"-Wl,--version-script={script}"] if nodes else []
        run("gcc", "-w", "-shared", "-fPIC", "-O1", source, f"-Wl,-soname,{path.name}", "-o", path, *versioned)


main()
