// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.stages.api.Stage;
import dev.gatewright.stages.testkit.StageContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class TrainGateContractTest extends StageContract {
    @Override
    protected Stage<?> stage() {
        return new TrainGateStage();
    }

    @Override
    protected void prepare(Path folder) throws IOException {
        Files.writeString(folder.resolve("gatewright.yaml"), """
                gatewright: 1
                model: {name: m, task: binary-classification, path: build/model.onnx, classes: ["no", "yes"]}
                data: {train: {path: train.csv, label: y, features: {x: x}}}
                stages:
                  train-gate:
                    run: sh train.sh
                    outputs: [build/model.onnx]
                    metrics: build/metrics.csv
                    gates:
                      - {metric: val_loss, max: 0.35}
                      - {metric: val_accuracy, value: best, min: 0.9, suspicious-above: 0.999}
                """);
        Files.writeString(folder.resolve("train.csv"), "x,y\n1,no\n2,yes\n");
        // Some of its parts run on beside it, so that an interrupt has something to end.
        Files.writeString(folder.resolve("train.sh"), """
                [ -f train.csv ] && [ -s train.csv ] || exit 1
                sleep 30 &
                echo epoch 1
                echo epoch,val_loss,val_accuracy > build/metrics.csv
                echo 1,0.5,0.95 >> build/metrics.csv
                sleep 0.1
                echo epoch 2
                echo 2,0.3,0.94 >> build/metrics.csv
                cp train.csv build/model.onnx
                """);
    }

    @Override
    protected List<String> inputs() {
        return List.of("train.sh", "train.csv");
    }
}
