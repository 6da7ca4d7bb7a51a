// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The least that running a model on rows can take: ONNX Runtime's own calls, one batch after the other on one thread, the rows
 * already numbers in direct memory, the answers not looked at.
 */
final class RawRun implements AutoCloseable {
    private static final int BATCH = 64;

    private final OrtSession session;
    private final OnnxTensor[] batches;
    private final String input;

    /** Loads the model, and the rows of a CSV file whose first column is the label. */
    RawRun(Path model, Path table) throws OrtException, IOException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            session = environment.createSession(model.toString(), options);
        }
        input = session.getInputNames().iterator().next();
        List<String> lines = Files.readAllLines(table);
        int rows = lines.size() - 1;
        int columns = lines.get(0).split(",", -1).length - 1;
        FloatBuffer numbers = ByteBuffer.allocateDirect(rows * columns * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            for (int column = 1; column <= columns; column++) {
                numbers.put(Float.parseFloat(cells[column]));
            }
        }
        batches = new OnnxTensor[(rows + BATCH - 1) / BATCH];
        for (int i = 0; i < batches.length; i++) {
            int first = i * BATCH;
            int count = Math.min(BATCH, rows - first);
            FloatBuffer slice = numbers.slice(first * columns, count * columns);
            batches[i] = OnnxTensor.createTensor(environment, slice, new long[] {count, columns});
        }
    }

    /** Runs all rows once; milliseconds. */
    double run() throws OrtException {
        long start = System.nanoTime();
        for (OnnxTensor batch : batches) {
            session.run(Map.of(input, batch)).close();
        }
        return (System.nanoTime() - start) / 1e6;
    }

    @Override
    public void close() throws OrtException {
        for (OnnxTensor batch : batches) {
            batch.close();
        }
        session.close();
    }
}
