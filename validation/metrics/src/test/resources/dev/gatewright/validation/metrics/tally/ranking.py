# SPDX-License-Identifier: Apache-2.0
"""What scikit-learn says of the areas of the same rows, and what DeLong's formulas, written out pair by pair, say of their errors."""
import numpy as np
from scipy.stats import norm
from sklearn import metrics


def answer(question):
    y = np.array(question["labels"])
    p = np.array(question["scores"], dtype=np.float64)
    other = np.array(question["others"], dtype=np.float64)
    of_class = y[:, None] == np.arange(p.shape[1])
    one = of_class[:, 0]
    return {
        "roc_auc": areas(metrics.roc_auc_score, of_class, p),
        "average_precision": areas(metrics.average_precision_score, of_class, p),
        "standard_error": float(np.sqrt(covariance(one, p[:, 0])[0, 0])),
        "interval": logit_interval(one, p[:, 0]),
        "difference": paired_interval(one, p[:, 0], other[:, 0]),
    }


def areas(score, of_class, p):
    values = {"macro": score(of_class, p, average="macro"), "weighted": score(of_class, p, average="weighted")}
    return values | {"classes": [score(of_class[:, k], p[:, k]) for k in range(p.shape[1])]}


def covariance(positive, *scores):
    """DeLong, DeLong and Clarke-Pearson, 1988, equations 4 to 7: every pair of a positive and a negative row compared."""
    wins = np.array(
        [(s[positive, None] > s[~positive]) + 0.5 * (s[positive, None] == s[~positive]) for s in scores], np.float64
    )
    of_positives, of_negatives = wins.mean(axis=2), wins.mean(axis=1)
    both = np.atleast_2d(np.cov(of_positives)) / positive.sum() + np.atleast_2d(np.cov(of_negatives)) / (~positive).sum()
    return np.atleast_2d(both)


def logit_interval(positive, scores):
    area = np.float64(metrics.roc_auc_score(positive, scores))
    error = np.sqrt(covariance(positive, scores)[0, 0])
    reach = norm.ppf(0.975) * error / (area * (1 - area))
    logit = np.log(area / (1 - area))
    return [1 / (1 + np.exp(-end)) for end in (logit - reach, logit + reach)]


def paired_interval(positive, first, second):
    difference = metrics.roc_auc_score(positive, second) - metrics.roc_auc_score(positive, first)
    both = covariance(positive, first, second)
    error = np.sqrt(both[0, 0] + both[1, 1] - 2 * both[0, 1])
    return [difference, *(difference + norm.ppf([0.025, 0.975]) * error)]
