// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

import dev.gatewright.validation.data.rows.Column;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Limits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column of a file.
 *
 * @param leaf its values; null if they cannot be read
 * @param content what it offers
 */
record ParquetColumn(@Nullable Leaf leaf, Column.Content content) {
    private static final int LIST = 3;

    /** The column under {@code top} of the file whose rows lie in {@code groups}. */
    static ParquetColumn of(SchemaNode top, List<RowGroup> groups, Limits limits) {
        SchemaNode node = top;
        int definition = node.repetition() == SchemaNode.REQUIRED ? 0 : 1;
        int repetition = node.repetition() == SchemaNode.REPEATED ? 1 : 0;
        if (node.isGroup() && isList(node)) {
            // A list is a group of one repeated node, which is the element or a group of it.
            for (int i = 0; i < 2 && node.isGroup() && node.children().size() == 1; i++) {
                node = node.children().get(0);
                definition += node.repetition() == SchemaNode.REQUIRED ? 0 : 1;
                repetition += node.repetition() == SchemaNode.REPEATED ? 1 : 0;
            }
        }
        if (node.isGroup() || repetition > 1) {
            return new ParquetColumn(null, Unread.group(top));
        }
        ElementType type = Leaf.type(node);
        if (type == null) {
            return new ParquetColumn(null, Unread.type(node, top.name()));
        }
        Leaf leaf = new Leaf(node.firstLeaf(), node.physical(), Leaf.bytes(node), type, definition, repetition);
        Column.Content content = content(leaf, groups, limits);
        return new ParquetColumn(content instanceof Column.Values ? leaf : null, content);
    }

    private static boolean isList(SchemaNode node) {
        return node.logical().kind() == SchemaNode.Logical.LIST || node.converted() == LIST;
    }

    private static Column.Content content(Leaf leaf, List<RowGroup> groups, Limits limits) {
        long width = leaf.repetition() == 0 ? 1 : 0; // of lists, as their first rows have it
        long rows = 0;
        for (RowGroup group : groups) {
            if (group.rows() == 0) {
                continue;
            }
            ColumnChunk chunk = group.chunks().get(leaf.index());
            if (chunk.elsewhere()) {
                return Unread.elsewhere();
            }
            if (chunk.physical() != leaf.physical()) {
                throw new Malformed("a column whose type in a row group is not that of the schema");
            }
            if (Compression.of(chunk.codec()) == null) {
                return Unread.codec(chunk.codec());
            }
            rows += group.rows();
            width = width == 0 ? chunk.entries() / group.rows() : width;
            if (width == 0 || chunk.entries() / width != group.rows() || chunk.entries() % width != 0) {
                if (leaf.repetition() == 0) {
                    throw new Malformed(
                            "a column of " + chunk.entries() + " values in a row group of " + group.rows() + " rows");
                }
                return Unread.lists();
            }
            if (width > limits.rowBytes() / Long.BYTES) {
                return Unread.large(limits.rowBytes());
            }
        }
        boolean isList = leaf.repetition() > 0;
        return new Column.Values(
                leaf.type(), isList ? List.of((int) width) : List.of(), (int) Math.max(1, width), rows);
    }
}
