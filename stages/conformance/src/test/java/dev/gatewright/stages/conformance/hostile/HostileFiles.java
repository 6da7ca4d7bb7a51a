// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance.hostile;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All hostile files, and for each kind a sound one: it shows that nothing else is wrong around them. */
final class HostileFiles {
    static final List<HostileFile> ALL = Stream.of(
                    CsvFiles.all(),
                    NpzFiles.all(),
                    ParquetFiles.all(),
                    SpecFiles.all(),
                    ModelFiles.all(),
                    TrainingFiles.all())
            .flatMap(files -> files)
            .toList();

    static final Map<Kind, Content> SOUND = Map.of(
            Kind.CSV, CsvFiles.sound(),
            Kind.NPZ, NpzFiles.sound(),
            Kind.PARQUET, ParquetFiles.sound(),
            Kind.SPEC, SpecFiles.sound(),
            Kind.MODEL, ModelFiles.sound(),
            Kind.METRICS_JSON, TrainingFiles.JSON,
            Kind.METRICS_CSV, TrainingFiles.LOG,
            Kind.EVENTS, TrainingFiles.EVENTS,
            Kind.TRAINER_STATE, TrainingFiles.STATE);

    private HostileFiles() {}
}
