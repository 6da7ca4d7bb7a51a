// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.http;

import dev.gatewright.stages.modelserver.config.ServerConfig.Limits;
import dev.gatewright.stages.modelserver.protocol.InferRequest;
import dev.gatewright.stages.modelserver.protocol.Interface;
import dev.gatewright.stages.modelserver.run.Job;
import dev.gatewright.validation.onnx.run.worker.ServedTensor;
import java.util.List;
import org.eclipse.jetty.io.ByteBufferPool;

/**
 * What all requests for inferences share.
 *
 * @param memory what their tensors lie in
 */
record InferService(Served served, Limits limits, ByteBufferPool memory, Metrics metrics) {
    Interface model() {
        return served.model();
    }

    void run(Job job) {
        served.runners().add(job);
    }

    /** Counts what was answered. */
    void note(InferRequest request, List<ServedTensor> outputs) {
        metrics.answered(request.rows(), outputs);
    }
}
