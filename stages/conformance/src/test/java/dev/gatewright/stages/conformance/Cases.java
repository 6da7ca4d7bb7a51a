// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The whole table, group by group. */
final class Cases {
    static final List<Case> ALL = Stream.of(
                    FieldCases.all(),
                    PitfallCases.all(),
                    MetricsFileCases.all(),
                    TrainingCases.all(),
                    TrainingSourceCases.all(),
                    DataCases.all(),
                    ImageCases.all(),
                    FormatCases.all(),
                    LeakageCases.all(),
                    PreparationCases.all(),
                    PredictionCases.all(),
                    ModelCases.all(),
                    AnswerCases.all(),
                    LabelSetCases.all(),
                    WorkerCases.all(),
                    ExportCases.all(),
                    QuantizeCases.all(),
                    ContainerizeCases.all(),
                    EndpointCases.all(),
                    SliceCases.all(),
                    ConfidenceCases.all(),
                    ComparisonCases.all(),
                    ReportCases.all(),
                    RunCases.all(),
                    SpecCases.all(),
                    HostCases.all())
            .flatMap(tables -> tables.flatMap(table -> table.cases().stream()))
            .sorted(Comparator.comparing(Case::group))
            .toList();

    private Cases() {}
}
