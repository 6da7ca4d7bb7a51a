# SPDX-License-Identifier: Apache-2.0
"""What scikit-learn says of the same rows. Weights stand for rows that occur many times."""
import numpy as np
from sklearn import metrics


def answer(question):
    if "targets" in question:
        return regression(question)
    if "scores" in question:
        return scores(question)
    y = np.array(question["labels"])
    p = np.array(question["predictions"])
    w = np.array(question["weights"], dtype=np.float64)
    labels = list(range(question["classes"]))
    given = dict(labels=labels, sample_weight=w)
    result = {
        "accuracy": metrics.accuracy_score(y, p, sample_weight=w),
        "confusion": metrics.confusion_matrix(y, p, **given).tolist(),
    }
    for zero in (0, 1, np.nan):
        name = "skip" if np.isnan(zero) else str(zero)
        for average in (None, "micro", "macro", "weighted"):
            # For weighted, scikit-learn's warning about classes without rows is silenced by zero_division.
            values = metrics.precision_recall_fscore_support(y, p, average=average, zero_division=zero, **given)
            result[f"{average}/{name}"] = [np.asarray(v).tolist() for v in values[:3]]
    result["balanced_accuracy"] = metrics.balanced_accuracy_score(y, p, sample_weight=w)
    result["mcc"] = metrics.matthews_corrcoef(y, p, sample_weight=w)
    result["cohen_kappa"] = metrics.cohen_kappa_score(y, p, labels=labels, sample_weight=w)
    beta = question["beta"]
    result["f_beta"] = {
        average: metrics.fbeta_score(y, p, beta=beta, average=average, zero_division=0, **given)
        for average in ("micro", "macro", "weighted")
    }
    # The specificity of a class is the recall of all others taken together.
    result["specificity"] = [
        metrics.recall_score(y != k, p != k, sample_weight=w, zero_division=np.nan) for k in labels
    ]
    return result


def scores(question):
    y = np.array(question["labels"])
    p = np.array(question["scores"], dtype=np.float64)
    labels = list(range(p.shape[1]))
    two = len(labels) == 2
    return {
        "log_loss": metrics.log_loss(y, p, labels=labels),
        "brier_score": metrics.brier_score_loss(y, p[:, 1] if two else p, labels=labels),
        "expected_calibration_error": calibration_error(y, p, 15),
        # Its decision values: of two classes one number, of several one each.
        "hinge_loss": metrics.hinge_loss(y, p[:, 1] - p[:, 0] if two else p, labels=labels),
    }


def calibration_error(y, p, bins):
    """Guo and others, 2017, equation 3; scikit-learn has none."""
    confidence, right = p.max(axis=1), p.argmax(axis=1) == y
    total = 0.0
    for low, high in zip(np.arange(bins) / bins, np.arange(1, bins + 1) / bins):
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            total += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return total


def regression(question):
    y = np.array(question["targets"], dtype=np.float64)
    p = np.array(question["predictions"], dtype=np.float64)
    return {
        "rmse": metrics.root_mean_squared_error(y, p),
        "mae": metrics.mean_absolute_error(y, p),
        "mse": metrics.mean_squared_error(y, p),
        "r2": metrics.r2_score(y, p),
        "explained_variance": metrics.explained_variance_score(y, p),
        "median_absolute_error": metrics.median_absolute_error(y, p),
        "max_error": metrics.max_error(y, p),
        "mape": metrics.mean_absolute_percentage_error(y, p),
        # scikit-learn has none.
        "smape": np.mean(2 * np.abs(y - p) / (np.abs(y) + np.abs(p))),
        "pinball_loss": metrics.mean_pinball_loss(y, p, alpha=question["quantile"]),
    }
