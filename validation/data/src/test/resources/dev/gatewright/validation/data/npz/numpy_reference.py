import base64
import pathlib

import numpy as np

FLOATS = ["float16", "float32", "float64"]
INTEGERS = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]
LETTERS = list("abcxyz é中😀\"',\n0")


def answer(question):
    """Writes two arrays, as an archive or as files of a folder, and answers with what numpy makes of it, for every type it may be converted to."""
    rng = np.random.default_rng(question["seed"])
    dtype = np.dtype(question["dtype"])
    shape = tuple([int(rng.integers(1, 400)), *rng.integers(1, 5, int(rng.integers(0, 4))).tolist()])
    array = values(rng, dtype, shape).astype(dtype.newbyteorder(">" if question["big"] else "<"))
    if question["fortran"]:
        array = np.asfortranarray(array)
    other = np.arange(shape[0], dtype=np.int16)
    if question["path"].endswith(".npz"):
        save = np.savez_compressed if question["compressed"] else np.savez
        save(question["path"], other=other, x=array)
        back = np.load(question["path"], allow_pickle=False)["x"]
    else:
        folder = pathlib.Path(question["path"])
        folder.mkdir(exist_ok=True)
        np.save(folder / "other.npy", other)
        np.save(folder / "x.npy", array)
        back = np.load(folder / "x.npy", allow_pickle=False)

    result = {"shape": back.shape[1:], "rows": back.shape[0], "refused": []}
    if dtype.kind in "US":
        texts = back.reshape(-1).tolist()
        result["texts"] = [text if isinstance(text, str) else text.decode("utf-8") for text in texts]
        return result
    result["matrices"] = {
        target: base64.b64encode(np.ascontiguousarray(back).astype(target).tobytes()).decode()
        for target in FLOATS + INTEGERS + ["bool"]
        if convertible(back, dtype, target)
    }
    return result


def convertible(array, dtype, target):
    """Whether every value has its place in the target type, by which alone one is refused."""
    kind = np.dtype(target).kind
    with np.errstate(over="ignore"):
        if kind == "f":
            return bool(np.isfinite(array.astype(target)).all())
    if dtype.kind == "f":
        return False
    low, high = (0, 1) if kind == "b" else (np.iinfo(target).min, np.iinfo(target).max)
    return all(low <= int(value) <= high for value in (array.min(), array.max()))


def values(rng, dtype, shape):
    if dtype.kind == "f":
        bits = rng.integers(0, 2 ** (8 * dtype.itemsize), shape, dtype=np.uint64, endpoint=False)
        anything = bits.astype(f"u{dtype.itemsize}").view(dtype)
        moderate = rng.standard_normal(shape) * 10.0 ** rng.integers(-9, 4, shape)
        numbers = np.where(rng.random(shape) < (0.5 if rng.random() < 0.5 else 0), anything, moderate.astype(dtype))
        return np.where(np.isfinite(numbers), numbers, -0.0)
    if dtype.kind in "iu":
        info = np.iinfo(dtype)
        low, high = (info.min, info.max) if rng.random() < 0.5 else (max(info.min, -1) if rng.random() < 0.5 else 0, 1)
        return rng.integers(low, high, shape, dtype=dtype, endpoint=True)
    if dtype.kind == "b":
        return rng.random(shape) < 0.5
    letters = LETTERS if dtype.kind == "U" else [letter for letter in LETTERS if letter.isascii()]
    longest = dtype.itemsize // (4 if dtype.kind == "U" else 1)
    flat = ["".join(rng.choice(letters, int(rng.integers(1, longest + 1)))) for _ in range(int(np.prod(shape)))]
    return np.array(flat, dtype=dtype).reshape(shape)
