# SPDX-License-Identifier: Apache-2.0
"""Slices judged with statsmodels: each at its own level, failures after a correction for their number."""
import numpy as np
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint


def answer(question):
    k = np.array(question["successes"])
    n = np.array(question["rows"])
    limit, level = question["min"], 1 - question["confidence"]
    low, high = proportion_confint(k, n, alpha=level, method="wilson")
    # The score test that Wilson's interval inverts; above the limit nothing speaks against it.
    z = (k / n - limit) / np.sqrt(limit * (1 - limit) / n)
    p = np.where(z < 0, 2 * stats.norm.sf(np.abs(z)), 1.0)
    method = {"holm": "holm", "benjamini-hochberg": "fdr_bh"}.get(question["correction"])
    rejected = p <= level if method is None else multipletests(p, alpha=level, method=method)[0]
    verdicts = np.where(low >= limit, "PASSED", np.where((high < limit) & rejected, "FAILED", "INCONCLUSIVE"))
    return {"low": low.tolist(), "high": high.tolist(), "verdicts": verdicts.tolist()}
