import hashlib
import json

import rfc8785


def answer(question):
    """The canonical form of each JSON text, with its SHA-256."""
    canonical = [rfc8785.dumps(json.loads(text, parse_int=float)) for text in question]
    return [{"text": each.decode(), "sha256": hashlib.sha256(each).hexdigest()} for each in canonical]
