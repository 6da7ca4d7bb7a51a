# Writes images of every kind that Pillow can write, and says what Pillow reads of them.
import base64
import os
import struct
import zlib

import numpy
import sklearn.datasets
from PIL import Image

PHOTOS = [Image.fromarray(photo) for photo in sklearn.datasets.load_sample_images().images]


def answer(question):
    if "file" in question:
        return {"pixels": prepared(question)}
    random = numpy.random.default_rng(question["seed"])
    path = question["path"]
    {"jpeg": write_jpeg, "png": write_png, "interlaced": write_interlaced}[question["kind"]](random, path)
    with Image.open(path) as image:
        mode = image.mode
        rgb = image.convert("RGB")
        gray = image.convert("L") if mode != "P" else rgb.convert("L")
    return {"mode": mode, "size": rgb.size, "rgb": text(rgb.tobytes()), "gray": text(gray.tobytes())}


def text(data):
    return base64.b64encode(data).decode()


def picture(random):
    photo = PHOTOS[random.integers(len(PHOTOS))]
    width, height = (int(side) for side in random.integers(1, 90, 2))
    left, top = int(random.integers(photo.width - width)), int(random.integers(photo.height - height))
    part = numpy.asarray(photo.crop((left, top, left + width, top + height))).astype("int16")
    noise = random.integers(0, 2) * random.integers(-90, 90, part.shape)
    return Image.fromarray(numpy.clip(part + noise, 0, 255).astype("uint8"))


def write_jpeg(random, path):
    image = picture(random)
    options = {"subsampling": int(random.integers(3))}
    if random.integers(4) == 0:
        image = image.convert("L")
    elif random.integers(8) == 0:
        options.update(keep_rgb=True, subsampling=0)
    if random.integers(3) == 0:
        options["restart_marker_blocks"] = int(random.integers(1, 20))
    image.save(
        path,
        "JPEG",
        quality=int(random.integers(1, 101)),
        progressive=bool(random.integers(2)),
        optimize=bool(random.integers(2)),
        **options,
    )


def write_png(random, path):
    image = picture(random)
    mode = ["1", "L", "LA", "P", "RGB", "RGBA"][random.integers(6)]
    options = {}
    if mode in ("LA", "RGBA"):
        image.putalpha(Image.fromarray(random.integers(0, 256, image.size[::-1]).astype("uint8")))
        image = image.convert(mode)
    elif mode == "P":
        image = image.quantize(int(2 ** random.integers(1, 9)))
        options["bits"] = [b for b in (1, 2, 4, 8) if 2**b > max(image.getdata())][0]
        if random.integers(2) == 0:
            options["transparency"] = 0
    else:
        image = image.convert(mode)
    image.save(path, "PNG", optimize=bool(random.integers(2)), **options)


def write_interlaced(random, path):
    """What Pillow reads and does not write: Adam7, all filters, 16 bits, gray of 2 and 4 bits, several IDAT."""
    color, depth = [(0, 1), (0, 2), (0, 4), (0, 8), (2, 8), (2, 16), (4, 8), (4, 16), (6, 8), (6, 16)][random.integers(10)]
    samples = {0: 1, 2: 3, 4: 2, 6: 4}[color]
    width, height = (int(side) for side in random.integers(1, 40, 2))
    interlaced = int(random.integers(2))
    passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    raw = b""
    for x, y, dx, dy in passes if interlaced else [(0, 0, 1, 1)]:
        columns, rows = max(0, -((x - width) // dx)), max(0, -((y - height) // dy))
        if columns:
            for _ in range(rows):
                row = random.integers(0, 256, (columns * samples * depth + 7) // 8).astype("uint8").tobytes()
                raw += bytes([random.integers(5)]) + row
    data = zlib.compress(raw)
    cut = int(random.integers(len(data)))
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n")
        chunk(file, b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, interlaced))
        chunk(file, b"tEXt", b"Comment\0none")
        chunk(file, b"IDAT", data[:cut])
        chunk(file, b"IDAT", data[cut:])
        chunk(file, b"IEND", b"")


def chunk(file, kind, data):
    file.write(struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)))


def prepared(question):
    """torchvision's Resize, CenterCrop, ToTensor and Normalize, in its own steps but without torch."""
    image = Image.open(question["file"]).convert("L" if question["channels"] == "GRAY" else "RGB")
    width, height = image.size
    size = question["resize"]
    method = getattr(Image.Resampling, question["interpolation"])
    if len(size) == 1:
        short, long = min(width, height), max(width, height)
        other = int(size[0] * long / short)
        image = image.resize((size[0], other) if width <= height else (other, size[0]), method)
    elif len(size) == 2:
        image = image.resize((size[1], size[0]), method)
    if question["crop"]:
        rows, columns = question["crop"]
        top, left = int(round((image.height - rows) / 2.0)), int(round((image.width - columns) / 2.0))
        image = image.crop((left, top, left + columns, top + rows))
    values = numpy.asarray(image).reshape(image.height, image.width, -1)
    if question["channels"] == "BGR":
        values = values[:, :, ::-1]
    values = values.astype("float32") / numpy.float32(question["divide_by"])
    if question["mean"]:
        values = values - numpy.asarray(question["mean"], "float32")
    if question["std"]:
        values = values / numpy.asarray(question["std"], "float32")
    if question["layout"] == "NCHW":
        values = values.transpose(2, 0, 1)
    return text(numpy.ascontiguousarray(values).tobytes())
