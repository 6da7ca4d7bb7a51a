# SPDX-License-Identifier: Apache-2.0
"""What scikit-learn says of rows with any number of classes."""
import warnings

import numpy as np
from sklearn import metrics

AVERAGES = ("micro", "macro", "weighted", "samples")


def answer(question):
    y = np.array(question["labels"])
    if "replicates" in question:
        return spreads(question, y)
    p = np.array(question["predictions"])
    result = {
        "subset_accuracy": metrics.accuracy_score(y, p),
        "hamming_loss": metrics.hamming_loss(y, p),
        "labelled": y.sum(axis=0).tolist(),
        "predicted": p.sum(axis=0).tolist(),
        "correct": (y & p).sum(axis=0).tolist(),
    }
    for zero in (0, 1, np.nan):
        name = "skip" if np.isnan(zero) else str(zero)
        for average in (None, *AVERAGES):
            values = metrics.precision_recall_fscore_support(y, p, average=average, zero_division=zero)
            result[f"{average}/{name}"] = [np.asarray(v).tolist() for v in values[:3]]
    result["f_beta"] = {
        average: metrics.fbeta_score(y, p, beta=question["beta"], average=average, zero_division=0)
        for average in AVERAGES
    }
    scores = np.array(question["scores"])
    result["areas"] = {
        average: areas(y, scores, average) for average in ("macro", "weighted")
    }
    return result


def areas(y, scores, average):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return [
            float(metrics.roc_auc_score(y, scores, average=average)),
            float(metrics.average_precision_score(y, scores, average=average)),
        ]


def spreads(question, y):
    """How far metrics of rows drawn again, with repetition, spread."""
    p = np.array(question["predictions"])
    q = np.array(question["others"])
    scores = np.array(question["scores"])
    random = np.random.default_rng(1)
    found = []
    for _ in range(question["replicates"]):
        rows = random.integers(0, len(y), len(y))
        found.append([
            micro(y[rows], p[rows]),
            metrics.f1_score(y[rows], p[rows], average="macro"),
            samples(y[rows], p[rows]),
            metrics.hamming_loss(y[rows], p[rows]),
            micro(y[rows], q[rows]) - micro(y[rows], p[rows]),
            samples(y[rows], q[rows]) - samples(y[rows], p[rows]),
            metrics.roc_auc_score(y[rows], scores[rows], average="weighted"),
        ])
    return np.std(found, axis=0).tolist()


def micro(y, p):
    return metrics.f1_score(y, p, average="micro")


def samples(y, p):
    return metrics.f1_score(y, p, average="samples", zero_division=0)
