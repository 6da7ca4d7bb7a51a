// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.images;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Huffman tables that a scan uses for each of its components. */
final class JpegScanTables {
    private final ImageBytes file;
    private final @Nullable JpegHuffman[] all;
    private final Map<JpegComponent, Integer> selectors = new HashMap<>();
    private @Nullable JpegComponent last;
    private @Nullable JpegHuffman lastDirect;
    private @Nullable JpegHuffman lastAlternating;

    /** Chooses from {@code all}: four for the first coefficient of a block, and four for the others. */
    JpegScanTables(ImageBytes file, @Nullable JpegHuffman[] all) {
        this.file = file;
        this.all = all.clone();
    }

    /** Notes what the scan says for a component: two numbers of 4 bits. */
    void select(JpegComponent component, int selector) {
        if ((selector >> 4) > 3 || (selector & 15) > 3) {
            throw file.refused("a scan with Huffman tables " + selector, "tables from 0 to 3");
        }
        selectors.put(component, selector);
    }

    JpegHuffman direct(JpegComponent component) {
        find(component);
        return need(lastDirect);
    }

    JpegHuffman alternating(JpegComponent component) {
        find(component);
        return need(lastAlternating);
    }

    private void find(JpegComponent component) {
        if (component != last) {
            int selector = selectors.getOrDefault(component, 0);
            last = component;
            lastDirect = all[selector >> 4];
            lastAlternating = all[4 + (selector & 15)];
        }
    }

    private JpegHuffman need(@Nullable JpegHuffman table) {
        if (table == null) {
            throw file.refused("a scan whose Huffman table is missing", "a table before the scan");
        }
        return table;
    }
}
