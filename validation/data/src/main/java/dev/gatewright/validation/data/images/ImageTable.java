// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.images;

import dev.gatewright.validation.data.format.Binding;
import dev.gatewright.validation.data.format.Table;
import dev.gatewright.validation.data.images.ImageOptions.Size;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Column;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Limits;
import dev.gatewright.validation.data.rows.Place;
import dev.gatewright.validation.data.rows.RowReader;
import java.util.List;

/**
 * A folder of images as rows: column {@code image} has the prepared image, column {@code class} the name of its folder. All
 * images must have one size when they are prepared, that of the first.
 */
public final class ImageTable implements Table {
    /** The column of the images. */
    public static final String IMAGE = "image";

    /** The column of their classes. */
    public static final String CLASS = "class";

    private final ImageFolder folder;
    private final Preprocessing preprocessing;
    private final Limits limits;
    private final Size size;
    private final List<Column> columns;

    /** The images of {@code folder}, of which the first one's header is read. */
    public ImageTable(ImageFolder folder, ImageOptions options, Limits limits) {
        if (folder.count() == 0) {
            throw new BadDataException(Place.of(folder.path()), "no images", "a folder of images for each class");
        }
        this.folder = folder;
        this.preprocessing = new Preprocessing(options);
        this.limits = limits;
        Place first = Place.of(folder.file(0));
        this.size = preprocessing.after(ImageDecoder.size(first, folder.read(0)), first);
        ElementType type = options.keepsSamples() ? ElementType.UINT8 : ElementType.FLOAT32;
        List<Integer> shape = preprocessing.shape(size);
        int width = shape.get(0) * shape.get(1) * shape.get(2);
        this.columns = List.of(
                new Column(0, IMAGE, new Column.Values(type, shape, width, folder.count())),
                new Column(1, CLASS, new Column.Values(ElementType.STRING, List.of(), 1, folder.count())));
    }

    @Override
    public String noun() {
        return "column";
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public long aboutRows() {
        return folder.count();
    }

    @Override
    public RowReader open(List<Binding> bindings) {
        return new ImageRows(folder, preprocessing, size, bindings, limits);
    }
}
