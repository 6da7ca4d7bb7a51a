// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import dev.gatewright.validation.metrics.Numbers;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A measured value. */
@ExportedBean
public final class MetricResult implements Serializable {
    private static final long serialVersionUID = 1;

    private final String metric;
    private final String rows;
    private final @Nullable Double value;
    private final String unit;

    MetricResult(String metric, String rows, @Nullable Double value, String unit) {
        this.metric = ShownText.of(metric);
        this.rows = ShownText.of(rows);
        this.value = value;
        this.unit = ShownText.of(unit);
    }

    /** Its full spelling. */
    @Exported
    public String getMetric() {
        return metric;
    }

    /** On which rows; empty for all of them. */
    @Exported
    public String getRows() {
        return rows;
    }

    /** Its value; null where it has none. */
    @Exported
    public @Nullable Double getValue() {
        return value;
    }

    /** Its unit's symbol; empty for a plain number. */
    @Exported
    public String getUnit() {
        return unit;
    }

    /** Value and unit for a person. */
    public String getText() {
        return value == null ? "–" : Numbers.rounded(value) + (unit.isEmpty() ? "" : " " + unit);
    }
}
