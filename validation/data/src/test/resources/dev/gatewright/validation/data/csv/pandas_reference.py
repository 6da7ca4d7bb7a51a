import base64
import csv
import io
import random

import numpy as np
import pandas as pd
import pyarrow as pa

WORDS = ["a", "é", "x,y", 'say "hi"', "two\nlines", "cr\r\nlf", " padded ", "中文", "😀", "1", "1.0", "true", "0x10", "#1", "\t", '"']


def answer(question):
    """Writes a random frame as CSV or TSV, compressed as its name says, and answers with what pandas reads from it."""
    rng = np.random.default_rng(question["seed"])
    choose = random.Random(question["seed"])
    rows = int(rng.integers(1, 300))
    frame = pd.DataFrame({f"x_{i}": moderate(rng, rows) for i in range(int(rng.integers(1, 6)))})
    for i in range(3):
        frame[f"wide_{i}"] = rng.integers(0, 2**63, rows, dtype=np.int64).view(np.float64)
        frame.loc[~np.isfinite(frame[f"wide_{i}"]), f"wide_{i}"] = 5e-324
        frame[f"missing_{i}"] = np.where(rng.random(rows) < 0.3, np.nan, rng.standard_normal(rows))
        frame[f"long_{i}"] = rng.integers(-(2**63), 2**63, rows, dtype=np.int64, endpoint=False)
        frame[f"byte_{i}"] = rng.integers(0, 256, rows, dtype=np.uint8)
        frame[f"bool_{i}"] = rng.random(rows) < 0.5
    frame["huge"] = rng.integers(0, 2**64, rows, dtype=np.uint64, endpoint=False)
    frame["label"] = [choose.choice(WORDS) for _ in range(rows)]
    frame["name, of \"all\""] = [choose.choice(WORDS) + choose.choice(WORDS) for _ in range(rows)]
    frame = frame[list(rng.permutation(frame.columns))]

    style = {
        "sep": "," if ".csv" in question["path"] else "\t",
        "index": choose.random() < 0.5,
        "lineterminator": choose.choice(["\n", "\r\n"]),
        "quoting": choose.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
        "encoding": choose.choice(["utf-8", "utf-8-sig"]),
        "float_format": choose.choice([None, None, "%.18e", "%.17g", "%.6f"]),
        "na_rep": choose.choice(["", "nan", "NaN"]),
    }
    if question["path"].endswith(".zst"):
        # pandas wants another package for it.
        with pa.CompressedOutputStream(question["path"], "zstd") as out:
            frame.to_csv(out, mode="wb", **style)
        with pa.CompressedInputStream(pa.OSFile(question["path"]), "zstd") as back:
            source = io.BytesIO(back.read())
    else:
        frame.to_csv(question["path"], **style)
        source = question["path"]

    text = ["label", "name, of \"all\""]
    numbers = {name: np.float64 for name in frame.columns if name.startswith(("x_", "wide_", "missing_"))}
    back = pd.read_csv(
        source,
        sep=style["sep"],
        dtype={**numbers, **{name: str for name in text}},
        keep_default_na=False,
        na_values={name: ["", "nan", "NaN"] for name in numbers},
    )

    def matrix(prefix, dtype):
        block = back[[name for name in back.columns if name.startswith(prefix)]].to_numpy()
        return base64.b64encode(np.ascontiguousarray(block).astype(dtype).tobytes()).decode()

    return {
        "rows": len(back),
        "x32": matrix("x_", np.float32),
        "x16": matrix("x_", np.float16),
        "wide": matrix("wide_", np.float64),
        "missing": matrix("missing_", np.float32),
        "long": matrix("long_", np.int64),
        "longAsFloat": matrix("long_", np.float64),
        "huge": matrix("huge", np.uint64),
        "byte": matrix("byte_", np.uint8),
        "byteAsFloat": matrix("byte_", np.float32),
        "bool": matrix("bool_", bool),
        "boolAsFloat": matrix("bool_", np.float32),
        "label": back["label"].tolist(),
        "names": back["name, of \"all\""].tolist(),
        "scalar": base64.b64encode(back["x_0"].to_numpy(np.float64).tobytes()).decode(),
    }


def moderate(rng, rows):
    """Numbers that every float type can hold: of many magnitudes, subnormal in the small types, zeros of both signs."""
    numbers = rng.standard_normal(rows) * 10.0 ** rng.integers(-12, 4, rows)
    numbers[rng.random(rows) < 0.1] = 0.0
    numbers[rng.random(rows) < 0.1] = -0.0
    whole = rng.random(rows) < 0.2
    numbers[whole] = np.round(numbers[whole])
    single = rng.random(rows) < 0.3
    numbers[single] = numbers[single].astype(np.float32)
    return numbers
