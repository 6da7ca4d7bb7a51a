import base64

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

FLOATS = ["float16", "float32", "float64"]
INTEGERS = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]
TEXTS = ["cat", "dog", "é中😀", "a", "abc", "abcd", "abcdefgh" * 9]


def answer(question):
    """Writes a table by the writer asked for, and answers with what pyarrow reads from the file."""
    rng = np.random.default_rng(question["seed"])
    rows = int(rng.integers(1, 5000))
    table = data(rng, rows, question.get("lists", False), question.get("nulls", False))
    WRITERS[question["writer"]](table, question["path"], rng, question)
    back = pq.read_table(question["path"], partitioning=None)
    answer = {"rows": back.num_rows, "columns": {}}
    for name in back.column_names:
        column = back.column(name).combine_chunks()
        kind = column.type
        if pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind):
            column = column.flatten()
        if pa.types.is_dictionary(column.type):
            column = column.dictionary_decode()
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type) or "string_view" in str(column.type):
            answer["columns"][name] = {"type": "str", "texts": column.to_pylist()}
        else:
            values = column.to_numpy(zero_copy_only=False)
            if column.null_count:
                values = values.astype("float64")
            answer["columns"][name] = {
                "type": str(values.dtype),
                "bytes": base64.b64encode(np.ascontiguousarray(values).tobytes()).decode(),
            }
    return answer


def data(rng, rows, lists, nulls):
    few = rng.random() < 0.5
    columns = {}
    for dtype in FLOATS:
        values = rng.standard_normal(rows)
        columns[dtype] = (np.round(values) if few else values).astype(dtype)
    for dtype in INTEGERS:
        info = np.iinfo(dtype)
        low, high = (0, 3) if few else (info.min, info.max)
        columns[dtype] = rng.integers(low, high, rows, dtype=dtype, endpoint=True)
    columns["bool"] = rng.random(rows) < rng.random()
    columns["str"] = pa.array([TEXTS[i] if few else f"{TEXTS[i]}{n}" for n, i in enumerate(rng.integers(0, 7, rows))])
    if nulls:
        gone = rng.random(rows) < rng.random()
        columns["float_null"] = pa.array(rng.standard_normal(rows), mask=gone)
        columns["int_null"] = pa.array(rng.integers(0, 9, rows), mask=np.sort(gone))
    if lists:
        width = int(rng.integers(1, 7))
        flat = rng.standard_normal(rows * width).astype("float32")
        columns["list"] = pa.FixedSizeListArray.from_arrays(pa.array(flat), width)
        columns["int_list"] = pa.array(rng.integers(0, 9, (rows, width)).tolist(), pa.list_(pa.int16()))
    return pa.table(columns)


def by_pyarrow(table, path, rng, question):
    plain = [name for name in table.column_names if name in FLOATS[1:] + ["int32", "int64"]]
    encodings = {
        "split": {name: "BYTE_STREAM_SPLIT" for name in plain + ["float16"]},
        "delta": {name: "DELTA_BINARY_PACKED" for name in ("int32", "int64", "uint8", "uint32", "uint64")}
        | {"str": "DELTA_BYTE_ARRAY"},
        "lengths": {"str": "DELTA_LENGTH_BYTE_ARRAY"},
        "runs": {"bool": "RLE"},
    }.get(question.get("encoding", ""))
    pq.write_table(
        table,
        path,
        compression=question["compression"],
        use_dictionary=encodings is None and bool(rng.random() < 0.7),
        column_encoding=encodings,
        data_page_version=question.get("version", "1.0"),
        data_page_size=int(rng.integers(64, 20000)),
        row_group_size=int(rng.integers(1, table.num_rows + 1)),
        write_page_checksum=bool(rng.random() < 0.5),
        write_page_index=bool(rng.random() < 0.5),
    )


def by_duckdb(table, path, rng, question):
    import duckdb

    duckdb.from_arrow(table.drop_columns(["float16"])).write_parquet(
        path, compression=question["compression"].replace("none", "uncompressed"), row_group_size=2048
    )


def by_polars(table, path, rng, question):
    import polars

    compression = question["compression"].replace("none", "uncompressed")
    polars.from_arrow(table).write_parquet(
        path, compression=compression, row_group_size=int(rng.integers(1, table.num_rows + 1)), data_page_size=3000
    )


def by_pandas(table, path, rng, question):
    table.to_pandas().to_parquet(path, compression=question["compression"].replace("none", "") or None)


def by_fastparquet(table, path, rng, question):
    import fastparquet

    frame = table.drop_columns(["float16"]).to_pandas()
    compression = {"none": None, "lz4": "LZ4_RAW"}.get(question["compression"], question["compression"].upper())
    fastparquet.write(path, frame, compression=compression, row_group_offsets=1000)


WRITERS = {
    "pyarrow": by_pyarrow,
    "pandas": by_pandas,
    "duckdb": by_duckdb,
    "polars": by_polars,
    "fastparquet": by_fastparquet,
}
