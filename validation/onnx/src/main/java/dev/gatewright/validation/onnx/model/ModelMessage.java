// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a {@code ModelProto} says. */
final class ModelMessage {
    long irVersion;
    String producerName = "";
    String producerVersion = "";
    String domain = "";
    long modelVersion;

    @Nullable
    GraphMessage graph;

    final List<OpsetImport> opsets = new ArrayList<>(2);
    final List<StringEntry> metadata = new ArrayList<>();
    final List<FunctionMessage> functions = new ArrayList<>();

    /** The graphs that only a training run uses: an initialization, or an algorithm that goes on from the graph. */
    final List<GraphMessage> trainingInitializations = new ArrayList<>(0);

    final List<GraphMessage> trainingAlgorithms = new ArrayList<>(0);

    private ModelMessage() {}

    static ModelMessage read(MessageReader in) throws IOException {
        ModelMessage model = new ModelMessage();
        while (in.next()) {
            switch (in.number()) {
                case 1 -> model.irVersion = in.once().int64();
                case 2 -> model.producerName = in.once().name();
                case 3 -> model.producerVersion = in.once().name();
                case 4 -> model.domain = in.once().name();
                case 5 -> model.modelVersion = in.once().int64();
                case 7 -> model.graph = GraphMessage.read(in.once().message("GraphProto"));
                case 8 -> model.opsets.add(OpsetImport.read(in.message("OperatorSetIdProto")));
                case 14 -> model.metadata.add(StringEntry.read(in.message("StringStringEntryProto")));
                case 20 -> model.training(in.message("TrainingInfoProto"));
                case 25 -> model.functions.add(FunctionMessage.read(in.message("FunctionProto")));
                default -> in.skip();
            }
        }
        return model;
    }

    private void training(MessageReader in) throws IOException {
        while (in.next()) {
            switch (in.number()) {
                case 1 ->
                    trainingInitializations.add(GraphMessage.read(in.once().message("GraphProto")));
                case 2 -> trainingAlgorithms.add(GraphMessage.read(in.once().message("GraphProto")));
                default -> in.skip();
            }
        }
    }
}
