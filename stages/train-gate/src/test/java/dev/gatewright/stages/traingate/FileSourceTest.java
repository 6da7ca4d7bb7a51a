// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;

/** Files of numbers; what {@link MetricsFile} reads is tested there. */
class FileSourceTest {
    @Nested
    class OfJson extends MetricsSourceContract {
        @Override
        protected String metrics() {
            return "build/metrics.json";
        }

        @Override
        protected String logs(TrainingFolder folder, List<Double> values) {
            String series = values.stream().map(String::valueOf).collect(Collectors.joining(", "));
            return "echo '{\"val_loss\": [" + series + "], \"val_accuracy\": [" + series
                    + ", 1]}' > build/m; mv build/m build/metrics.json";
        }
    }

    @Nested
    class OfCsv extends MetricsSourceContract {
        @Override
        protected String metrics() {
            return "build/metrics.csv";
        }

        @Override
        protected String logs(TrainingFolder folder, List<Double> values) {
            StringBuilder script = new StringBuilder("echo epoch,val_loss,val_accuracy > build/metrics.csv\n");
            for (double value : values) {
                script.append("echo 1,,").append(value).append(" >> build/metrics.csv\n");
                script.append("echo 1,").append(value).append(", >> build/metrics.csv\n");
            }
            return script + "echo 1,,1 >> build/metrics.csv";
        }
    }
}
