// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver;

import dev.gatewright.stages.modelserver.config.ServerConfig;
import dev.gatewright.stages.modelserver.http.Served;
import dev.gatewright.stages.modelserver.protocol.Interface;
import dev.gatewright.stages.modelserver.run.Runners;
import dev.gatewright.stages.modelserver.run.WarmUp;
import dev.gatewright.validation.onnx.model.ModelChangedException;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.model.RefusedModelException;
import dev.gatewright.validation.onnx.model.SafetyLimits;
import dev.gatewright.validation.onnx.run.worker.Failure;
import dev.gatewright.validation.onnx.run.worker.ServedModel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Loads the model while the server begins to listen: checked, of the digest that was judged, and warm. */
final class ModelLoader implements AutoCloseable {
    private final ServerConfig config;
    private final IntConsumer batchRows;
    private final FutureTask<Served> loading = new FutureTask<>(this::load);
    private @Nullable Runners runners;

    ModelLoader(ServerConfig config, IntConsumer batchRows) {
        this.config = config;
        this.batchRows = batchRows;
    }

    /** The model is not served; the message says why, and what to do. */
    static final class NotServedException extends Exception {
        private static final long serialVersionUID = 1;

        NotServedException(String message) {
            super(message);
        }
    }

    void begin() {
        // On a stack that ONNX Runtime's optimiser has enough of.
        Thread thread = new Thread(null, loading, "model", 8 << 20);
        thread.setDaemon(true);
        thread.start();
    }

    Served await() throws NotServedException, InterruptedException {
        try {
            return loading.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NotServedException why) {
                throw why;
            }
            throw new NotServedException("the model cannot be loaded: " + e.getCause());
        }
    }

    private Served load() throws NotServedException, InterruptedException {
        try {
            ModelFile file = ModelFile.open(config.model().path(), SafetyLimits.strict());
            if (!file.digest().equals(config.model().sha256())) {
                throw new NotServedException("the model " + config.model().path() + " has the digest " + file.digest()
                        + ", and the one that was judged has " + config.model().sha256()
                        + ": it is not served. Next: serve the file that was judged, or judge this one");
            }
            ServedModel model = ServedModel.load(file.path(), config.device());
            checkInputs(model);
            Runners started = new Runners(model, config.threads(), config.batching(), batchRows);
            runners = started;
            WarmUp.run(model, started, config.warmUp());
            file.verifyUnchanged();
            Interface seen = new Interface(
                    config.model().name(),
                    config.model().version(),
                    config.model().sha256(),
                    model.inputs(),
                    model.outputs(),
                    config.limits().rows());
            return new Served(seen, started);
        } catch (RefusedModelException | ModelChangedException | Failure | WarmUp.FailedException e) {
            throw new NotServedException(String.valueOf(e.getMessage()));
        }
    }

    private static void checkInputs(ServedModel model) throws NotServedException {
        long fixed = -1;
        for (ServedModel.Declared input : model.inputs()) {
            long first = input.axes().isEmpty() ? 0 : input.axes().get(0);
            if (first == 0 || (first > 0 && fixed > 0 && first != fixed)) {
                throw new NotServedException(
                        "input '" + input.name() + "' of the model has the axes " + input.axes()
                                + ", of which the first is not the rows. Next: export it with the rows on the first axis of each input");
            }
            fixed = Math.max(fixed, first);
        }
        if (model.inputs().isEmpty()) {
            throw new NotServedException("the model has no inputs. Next: export it with an input that takes the rows");
        }
    }

    @Override
    public void close() {
        Runners started = runners;
        if (started != null) {
            started.close();
        }
    }
}
