# SPDX-License-Identifier: Apache-2.0
"""Lets TensorBoard's own writer write events, and says which scalars its own reader finds in them."""
import os

import numpy as np
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.plugins.histogram.summary_v2 import histogram_pb
from tensorboard.plugins.scalar.summary_v2 import scalar_pb
from tensorboard.plugins.text.summary_v2 import text_pb
from tensorboard.summary.writer.event_file_writer import EventFileWriter
from tensorboard.util import tensor_util


def simple(tag, value):
    return Summary(value=[Summary.Value(tag=tag, simple_value=value)])


def answer(question):
    draw = np.random.default_rng(question["seed"])
    found = {}
    for run in question["runs"]:
        folder = os.path.join(question["folder"], run)
        writer = EventFileWriter(folder)
        for step in range(int(draw.integers(1, 40))):
            value = float(draw.choice([draw.normal(), np.nan, np.inf, -np.inf], p=[0.94, 0.02, 0.02, 0.02]))
            for summary in (
                simple("simple/loss", value),
                scalar_pb("tensor_loss", value),
                histogram_pb("weights", draw.normal(size=20)),
                text_pb("note", "a text"),
            ):
                writer.add_event(Event(wall_time=step, step=step, summary=summary))
        writer.close()
        reader = EventAccumulator(folder, size_guidance={"tensors": 0, "scalars": 0})
        reader.Reload()
        for tag in reader.Tags()["scalars"]:
            found[os.path.join(run, tag)] = [event.value for event in reader.Scalars(tag)]
        for tag in reader.PluginTagToContent("scalars"):
            found[os.path.join(run, tag)] = [
                float(tensor_util.make_ndarray(event.tensor_proto)) for event in reader.Tensors(tag)
            ]
    return found
