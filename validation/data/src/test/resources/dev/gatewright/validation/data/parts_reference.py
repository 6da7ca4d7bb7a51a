import base64
import hashlib
import pathlib
import subprocess

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.dataset
import pyarrow.parquet


def answer(question):
    """Writes rows as the files of a folder, and answers with what pyarrow (numpy, of archives) reads as one data set."""
    rng = np.random.default_rng(question["seed"])
    folder = pathlib.Path(question["path"])
    folder.mkdir()
    for part in range(int(rng.integers(1, 12))):
        write(rng, folder / f"part-{part}.{question['format']}", int(rng.integers(1, 150)))
    (folder / "_SUCCESS").touch()

    files = sorted(folder.glob("part-*"), key=lambda file: file.name.encode())
    if question["format"] == "npz":
        loaded = [np.load(file) for file in files]
        columns = {name: np.concatenate([each[name] for each in loaded]) for name in loaded[0].files}
    else:
        table = pa.dataset.dataset([str(file) for file in files], format=question["format"]).to_table()
        columns = {name: np.array(table[name].to_pylist()) for name in table.column_names}
    x = np.stack([columns["x_0"], columns["x_1"]], axis=1).astype(np.float32)
    lines = subprocess.run(["sha256sum", *[file.name for file in files]], cwd=folder, capture_output=True, check=True)
    digest = hashlib.sha256(lines.stdout).hexdigest() if len(files) > 1 else lines.stdout.split()[0].decode()
    return {
        "x": base64.b64encode(x.tobytes()).decode(),
        "group": columns["group"].tolist(),
        "number": columns["number"].astype(np.float64).tolist(),
        "digest": digest,
    }


def write(rng, path, rows):
    columns = {
        "x_0": rng.standard_normal(rows),
        "number": rng.integers(-5, 5, rows),
        "group": np.array([f"g{i}" for i in rng.integers(0, 20, rows)]),
        "x_1": rng.standard_normal(rows),
    }
    if path.suffix == ".npz":
        np.savez(path, **columns)
    elif path.suffix == ".csv":
        pa.csv.write_csv(pa.table(columns), path)
    else:
        pa.parquet.write_table(pa.table(columns), path, row_group_size=int(rng.integers(1, 100)))
