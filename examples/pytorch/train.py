# SPDX-License-Identifier: Apache-2.0
"""Trains the network on build/images/train and writes build/weights.safetensors and build/metrics.json."""

import json
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import nn

import network

EPOCHS = 8

torch.set_num_threads(1)  # so small a network is slower on several
torch.manual_seed(0)
torch.use_deterministic_algorithms(True)
build = Path(__file__).parent / "build"
folder = build / "images" / "train"
images = torch.from_numpy(network.tensors(folder)["image"])
digits = torch.tensor([int(file.parent.name) for file in network.files(folder)])
order = torch.randperm(len(digits))
validation, train = order[: len(order) // 5], order[len(order) // 5 :]

model, _ = network.build()
optimizer = torch.optim.Adam(model.parameters(), 3e-3)
loss = nn.CrossEntropyLoss()
metrics = {"val_loss": [], "val_accuracy": []}
for _ in range(EPOCHS):
    model.train()
    for batch in train[torch.randperm(len(train))].split(32):
        optimizer.zero_grad()
        loss(model(images[batch]), digits[batch]).backward()
        optimizer.step()
    model.eval()
    with torch.no_grad():
        answers = model(images[validation])
    metrics["val_loss"].append(loss(answers, digits[validation]).item())
    metrics["val_accuracy"].append((answers.argmax(1) == digits[validation]).float().mean().item())

save_file(model.state_dict(), build / "weights.safetensors")
(build / "metrics.json").write_text(json.dumps(metrics) + "\n")
print(f"trained on {len(train)} images: val_loss {metrics['val_loss'][-1]:.3f}, val_accuracy {metrics['val_accuracy'][-1]:.3f}")
