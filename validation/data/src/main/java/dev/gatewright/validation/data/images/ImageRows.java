// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.images;

import dev.gatewright.validation.data.format.Binding;
import dev.gatewright.validation.data.format.Categories;
import dev.gatewright.validation.data.format.LabelClasses;
import dev.gatewright.validation.data.format.MatrixEncoder;
import dev.gatewright.validation.data.format.Refusal;
import dev.gatewright.validation.data.images.ImageOptions.Size;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Column;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.Limits;
import dev.gatewright.validation.data.rows.Place;
import dev.gatewright.validation.data.rows.Quote;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.data.rows.RowReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;

/** Reads images one after the other; those whose pixels nobody selected are not opened. */
final class ImageRows implements RowReader {
    private final ImageFolder folder;
    private final Preprocessing preprocessing;
    private final Size size;
    private final List<Field> fields = new ArrayList<>();
    private final IdentityHashMap<Field, LabelClasses> labels = new IdentityHashMap<>();
    private final IdentityHashMap<Field, Categories> categories = new IdentityHashMap<>();
    private final boolean wantsPixels;
    private int next;

    ImageRows(ImageFolder folder, Preprocessing preprocessing, Size size, List<Binding> bindings, Limits limits) {
        this.folder = folder;
        this.preprocessing = preprocessing;
        this.size = size;
        boolean pixels = false;
        for (Binding binding : bindings) {
            Field field = binding.field();
            fields.add(field);
            if (field instanceof Field.ClassLabel label) {
                labels.put(label, new LabelClasses(label));
            } else if (field instanceof Field.Category) {
                categories.put(field, new Categories(limits));
            }
            for (Column column : binding.columns()) {
                pixels |= column.name().equals(ImageTable.IMAGE);
            }
        }
        this.wantsPixels = pixels;
    }

    @Override
    public int read(RowBlock block) {
        int count = Math.min(block.capacity(), folder.count() - next);
        for (int row = 0; row < count; row++) {
            read(next + row, block, row);
        }
        block.filled(next + 1L, count);
        next += count;
        return count;
    }

    private void read(int image, RowBlock block, int row) {
        Place place = Place.of(folder.file(image));
        byte[] samples = wantsPixels ? samples(image, place) : new byte[0];
        String folderName = folder.image(image).label();
        for (Field field : fields) {
            if (field instanceof Field.Matrix matrix) {
                if (matrix.type() == ElementType.STRING) {
                    block.texts(matrix)[row] = folderName;
                } else {
                    put(matrix, samples, block, row, place);
                }
            } else if (field instanceof Field.ClassLabel label) {
                block.codes(label)[row] = code(label, folderName, place);
            } else if (field instanceof Field.Category category) {
                block.codes(category)[row] = code(category, folderName, place);
            }
        }
    }

    private byte[] samples(int image, Place place) {
        Pixels pixels = ImageDecoder.decode(place, folder.read(image));
        Size after = preprocessing.after(new Size(pixels.height(), pixels.width()), place);
        if (!after.equals(size)) {
            throw new BadDataException(
                    place,
                    after.width() + " x " + after.height() + " pixels",
                    size.width() + " x " + size.height() + ", as " + folder.file(0) + " has",
                    "say how images are brought to one size, such as resize: [" + size.height() + ", " + size.width()
                            + "]");
        }
        return preprocessing.samples(pixels, place);
    }

    private void put(Field.Matrix matrix, byte[] samples, RowBlock block, int row, Place place) {
        int at = row * samples.length * matrix.type().bytes();
        int refused;
        if (matrix.type().isFloat()) {
            double[] values = new double[samples.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = preprocessing.value(samples, i);
            }
            refused = MatrixEncoder.put(matrix.type(), values, values.length, false, block.memory(matrix), at);
        } else {
            long[] values = new long[samples.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = samples[i] & 0xFF;
            }
            refused = MatrixEncoder.put(matrix.type(), values, values.length, false, block.memory(matrix), at);
        }
        if (refused != MatrixEncoder.ALL) {
            throw new BadDataException(
                    place, "the sample " + (samples[refused] & 0xFF), Refusal.expected(matrix.type()));
        }
    }

    private int code(Field.ClassLabel label, String folderName, Place place) {
        LabelClasses classes = Objects.requireNonNull(labels.get(label));
        int code = classes.named(folderName);
        if (code == LabelClasses.NONE) {
            throw new BadDataException(place, "the folder " + Quote.of(folderName), classes.expected());
        }
        return code;
    }

    private int code(Field.Category category, String folderName, Place place) {
        Categories known = Objects.requireNonNull(categories.get(category));
        byte[] text = folderName.getBytes(StandardCharsets.UTF_8);
        int code = known.code(text, 0, text.length);
        if (code == Categories.NONE) {
            throw known.refusal(place, Quote.of(folderName), text.length);
        }
        return code;
    }

    @Override
    public List<String> categories(Field.Category category) {
        Categories known = categories.get(category);
        if (known == null) {
            throw new IllegalArgumentException("column '" + category.column() + "' was not selected as a category");
        }
        return known.texts();
    }

    @Override
    public void close() {}
}
