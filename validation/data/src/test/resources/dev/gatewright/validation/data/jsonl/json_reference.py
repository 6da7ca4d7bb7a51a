import base64
import io
import json
import random

import numpy as np
import pandas as pd
import pyarrow as pa

WORDS = ["a", "é", "x,y", 'say "hi"', "two\nlines", " padded ", "中文", "😀", "1", "true", "null", "\\", "\t", "\x7f", "/"]


def answer(question):
    """Writes random rows as JSON Lines, by pandas or by json itself, and answers with what numpy makes of them."""
    rng = np.random.default_rng(question["seed"])
    choose = random.Random(question["seed"])
    rows = int(rng.integers(1, 300))
    frame = pd.DataFrame({f"x_{i}": rng.standard_normal(rows) * 10.0 ** rng.integers(-9, 9, rows) for i in range(3)})
    frame["wide"] = rng.standard_normal(rows) * 10.0 ** rng.integers(-300, 300, rows)
    frame["missing"] = np.where(rng.random(rows) < 0.3, np.nan, rng.standard_normal(rows).round(6))
    frame["long"] = rng.integers(-(2**63), 2**63, rows, dtype=np.int64, endpoint=False)
    frame["bool"] = rng.random(rows) < 0.5
    frame["text"] = [choose.choice(WORDS) + choose.choice(WORDS) for _ in range(rows)]
    shape = tuple(int(n) for n in rng.integers(1, 5, int(rng.integers(1, 4))))
    image = rng.standard_normal((rows, *shape)).round(8)
    frame["image"] = list(image)
    frame["unread"] = [[0] * choose.randrange(3) for _ in range(rows)]
    frame = frame[list(rng.permutation(frame.columns))]

    if choose.random() < 0.5:
        frame = frame.round({name: 10 for name in frame.columns if name.startswith("x_")} | {"wide": 10})
        frame["wide"] = frame["wide"].clip(-1e6, 1e6)
        out = io.StringIO()
        frame.to_json(out, orient="records", lines=True, double_precision=15, force_ascii=choose.random() < 0.5)
        text = out.getvalue()
        # What pandas has rounded is read back by Python's own reader.
        records = [json.loads(line) for line in text.splitlines()]
    else:
        records = frame.assign(image=image.tolist()).to_dict(orient="records")
        shuffled = records[:1] + [dict(choose.sample(list(record.items()), len(record))) for record in records[1:]]
        separators = choose.choice([(",", ":"), (", ", ": "), (" ,\t", " : ")])
        ending = choose.choice(["\n", "\r\n"])
        text = ending.join(json.dumps(record, ensure_ascii=choose.random() < 0.5, separators=separators) for record in shuffled)
        text += choose.choice(["", ending, ending * 3])
    write(question["path"], (choose.choice(["", "\ufeff"]) + text).encode())

    def matrix(name, dtype):
        values = np.array([record[name] for record in records], dtype=np.float64 if dtype != np.int64 else np.int64)
        return base64.b64encode(np.ascontiguousarray(values).astype(dtype).tobytes()).decode()

    x = np.array([[r[n] for n in frame.columns if n.startswith("x_")] for r in records], dtype=np.float64)
    return {
        "rows": len(records),
        "x": base64.b64encode(x.astype(np.float32).tobytes()).decode(),
        "wide": matrix("wide", np.float64),
        "missing": matrix("missing", np.float32),
        "long": matrix("long", np.int64),
        "bool": matrix("bool", bool),
        "image": matrix("image", np.float32),
        "text": [record["text"] for record in records],
    }


def write(path, contents):
    codec = "gzip" if path.endswith(".gz") else "zstd" if path.endswith(".zst") else None
    with pa.CompressedOutputStream(path, codec) if codec else open(path, "wb") as out:
        out.write(contents)
