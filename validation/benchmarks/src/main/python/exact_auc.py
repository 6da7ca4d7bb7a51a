# SPDX-License-Identifier: Apache-2.0
"""Times the area under the ROC curve of scores that are in memory."""

import json
import sys
import time

import numpy as np
from sklearn.metrics import roc_auc_score

labels = np.fromfile(sys.argv[1] + "/labels.u8", np.uint8)
scores = np.fromfile(sys.argv[1] + "/scores.f32", np.float32)
roc_auc_score(labels[:1000], scores[:1000])
start = time.perf_counter()
area = roc_auc_score(labels, scores)
milliseconds = 1000 * (time.perf_counter() - start)
json.dump({"milliseconds": milliseconds, "rows": len(labels), "found": {"roc_auc": [area]}}, sys.stdout)
