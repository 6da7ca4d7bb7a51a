// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.spec;

import dev.gatewright.stages.api.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A label: the name of a column whose cells are class names, those of several columns, or a mapping that says more. */
record LabelShape(Section<DataSection.Label> section) implements Shape<DataSection.Label> {
    private static final Shape<List<Placed<String>>> COLUMNS = Shapes.listOf(Shapes.placed(Shapes.text()), true);

    @Override
    public DataSection.@Nullable Label read(SpecNode node, Problems problems) {
        if (node instanceof SpecNode.Mapping) {
            return section.read(node, problems);
        }
        List<Placed<String>> columns = COLUMNS.read(node, problems);
        return columns == null ? null : new DataSection.Label(columns, DataSection.LabelSpelling.NAME);
    }

    @Override
    public Json schema() {
        return Json.object()
                .put("anyOf", List.of(COLUMNS.schema(), section.schema()))
                .build();
    }
}
