import json

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError, best_match


def answer(question):
    """What is wrong with the schema, and with each document by it; empty where nothing is."""
    schema = json.loads(question["schema"])
    wrong = ""
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        wrong = error.message
    validator = Draft202012Validator(schema)
    refusals = []
    for document in question["documents"]:
        error = best_match(validator.iter_errors(json.loads(document)))
        refusals.append("" if error is None else f"{error.json_path}: {error.message}")
    return {"schema": wrong, "refusals": refusals}
