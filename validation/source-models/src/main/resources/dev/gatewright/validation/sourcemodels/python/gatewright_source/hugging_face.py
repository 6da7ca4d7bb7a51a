# SPDX-License-Identifier: Apache-2.0
"""Folders of transformers: config.json and weights. No code of the folder is run, and nothing is fetched."""

import os

from . import pytorch
from .problems import SourceError, need


def open_source(request, inputs):
    torch, transformers = need(torch="torch", transformers="transformers")
    folder = request["path"]
    try:
        config = transformers.AutoConfig.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
    except (OSError, ValueError) as error:
        raise SourceError(f"'{folder}' is no folder of transformers: {str(error).splitlines()[0]}", "name the folder that save_pretrained wrote") from None
    architecture = (config.architectures or [None])[0]
    kind = getattr(transformers, architecture or "", None)
    if kind is None:
        raise SourceError(f"config.json names the architecture {architecture}, which transformers does not have", "use the version that saved it")
    model = kind.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
    pickles = [file for file in sorted(os.listdir(folder)) if file.endswith(".bin")]
    safe = any(file.endswith(".safetensors") for file in os.listdir(folder))
    # Rows of texts of one length: only the rows are open. What has no example is fed as it is.
    example = {name: torch.from_numpy(tensor[:1].copy()) for name, tensor in inputs.items()}
    source = pytorch.Module(torch, request, model, example, [] if safe else [os.path.join(folder, file) for file in pickles])
    source.packages = source.packages + ["transformers"]
    return source
