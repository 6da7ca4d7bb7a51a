// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.quantize;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.evaluation.FormJudge;
import dev.gatewright.validation.evaluation.FirstAnswers;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.run.RunPlan;

/**
 * Whether a row's answer depends on the rows that share its batch, as it does where ranges are taken anew from each batch.
 *
 * @param rows the first rows of the data, on which it was measured
 * @param ofOne rows that are answered otherwise in batches of 1 than in the usual ones
 * @param ofEight the same in batches of 8
 */
record BatchInvariance(int rows, int ofOne, int ofEight) {
    private static final int ROWS = 256;
    private static final int FEW = 8;

    static BatchInvariance of(ModelFile form, FormJudge judge) throws InterruptedException {
        FirstAnswers usual = judge.firstAnswers(form, ROWS, RunPlan.DEFAULT_BATCH);
        return new BatchInvariance(
                usual.rows(),
                usual.changedIn(judge.firstAnswers(form, ROWS, 1)),
                usual.changedIn(judge.firstAnswers(form, ROWS, FEW)));
    }

    Json toJson() {
        return Json.object()
                .put("rows", rows)
                .put("changedInBatchesOf1", ofOne)
                .put("changedInBatchesOf8", ofEight)
                .build();
    }
}
