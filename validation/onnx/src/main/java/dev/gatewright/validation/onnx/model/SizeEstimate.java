// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import dev.gatewright.validation.onnx.model.ValueType.OfMap;
import dev.gatewright.validation.onnx.model.ValueType.OfOptional;
import dev.gatewright.validation.onnx.model.ValueType.OfSequence;
import dev.gatewright.validation.onnx.model.ValueType.OfSparseTensor;
import dev.gatewright.validation.onnx.model.ValueType.OfTensor;
import dev.gatewright.validation.onnx.model.ValueType.Shape;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The least memory that a value takes, as far as the model itself says it: by a declared shape, or by a constant operand
 * of an operator that makes a large tensor out of a small one.
 *
 * <p>Open dimensions and unknown element types count as one. What depends on data, or on a computed shape, is not seen
 * here; the process that runs the model has its own limit for that.
 */
final class SizeEstimate {
    private final Reading reading;
    private final TensorValues values;

    SizeEstimate(Reading reading, TensorValues values) {
        this.reading = reading;
        this.values = values;
    }

    void checkDeclared(ValueType type, Place place) {
        if (type instanceof OfTensor tensor) {
            within(elements(tensor.shape()), tensor.element(), place);
        } else if (type instanceof OfSparseTensor sparse) {
            within(elements(sparse.shape()), sparse.element(), place);
        } else if (type instanceof OfSequence sequence) {
            checkDeclared(sequence.element(), place);
        } else if (type instanceof OfOptional optional) {
            checkDeclared(optional.element(), place);
        } else if (type instanceof OfMap map) {
            checkDeclared(map.value(), place);
        }
    }

    void check(NodeMessage node, Scope scope, Place place) throws IOException {
        if (!node.domain.equals(Domains.ONNX) && !node.domain.equals(Domains.MICROSOFT)) {
            return;
        }
        double elements = switch (node.operator) {
            case "ConstantOfShape", "BlackmanWindow", "HammingWindow", "HannWindow" -> product(operand(node, scope, 0));
            case "AffineGrid", "CenterCropPad", "Col2Im" -> product(operand(node, scope, 1));
            case "MaxUnpool" -> product(operand(node, scope, 2));
            case "RandomNormal", "RandomUniform", "ConstantFill", "GivenTensorFill" -> product(numbers(node, "shape"));
            case "Multinomial" -> product(numbers(node, "sample_size"));
            case "Expand" -> expanded(shape(node, scope), operand(node, scope, 1));
            case "Tile" -> product(operand(node, scope, 1)) * product(shape(node, scope));
            case "OneHot" -> product(operand(node, scope, 1)) * product(shape(node, scope));
            case "Range" -> range(operand(node, scope, 0), operand(node, scope, 1), operand(node, scope, 2));
            case "Resize", "Upsample" -> resized(node, scope);
            case "Pad" -> padded(node, scope);
            default -> 1;
        };
        within(elements, elementType(node, scope), place);
    }

    private void within(double elements, @Nullable ElementType type, Place place) {
        double bytes = elements * (type == null ? Byte.SIZE : type.bits()) / Byte.SIZE;
        // Written so that a number that is none is refused too.
        if (!(bytes <= reading.limits().memoryBytes())) {
            throw reading.refused(
                    Refusal.TOO_MUCH_MEMORY,
                    place,
                    "makes a value of " + bytes + " bytes, more than the limit of "
                            + reading.limits().memoryBytes());
        }
    }

    private static @Nullable ElementType elementType(NodeMessage node, Scope scope) {
        if (node.operator.equals("ConstantOfShape")) {
            AttributeMessage value = node.attribute("value");
            return value == null || value.tensors.isEmpty()
                    ? ElementType.FLOAT
                    : ElementType.ofCode(value.tensors.get(0).dataType);
        }
        OfTensor input = node.operator.equals("OneHot") ? scope.type(node.input(2)) : scope.type(node.input(0));
        return input == null ? null : input.element();
    }

    /** The constant numbers of an input; null if they are not known. */
    private double @Nullable [] operand(NodeMessage node, Scope scope, int index) throws IOException {
        String name = node.input(index);
        double[] literal = scope.literal(name);
        if (literal != null) {
            return literal;
        }
        StoredTensor tensor = scope.tensor(name);
        return tensor == null ? null : values.few(tensor);
    }

    private static double @Nullable [] numbers(NodeMessage node, String name) {
        AttributeMessage attribute = node.attribute(name);
        return attribute == null || attribute.numbers == null ? null : attribute.numbers.kept();
    }

    /** The shape of the first input, open dimensions as one; null if it is not declared. */
    private static double @Nullable [] shape(NodeMessage node, Scope scope) {
        OfTensor type = scope.type(node.input(0));
        return type == null ? null : sizes(type.shape());
    }

    private static double @Nullable [] sizes(Shape shape) {
        List<Dimension> dimensions = shape.dimensions();
        if (dimensions == null) {
            return null;
        }
        double[] sizes = new double[dimensions.size()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = dimensions.get(i) instanceof Dimension.Fixed fixed ? fixed.size() : 1;
        }
        return sizes;
    }

    private static double elements(Shape shape) {
        return product(sizes(shape));
    }

    /** The product of sizes; of unknown ones, 1. Negative ones stand for "as it is" where an operator takes them. */
    private static double product(double @Nullable [] sizes) {
        double product = 1;
        if (sizes != null) {
            for (double size : sizes) {
                product *= size < 0 ? 1 : size;
            }
        }
        return product;
    }

    /** Broadcasts two shapes, aligned at their ends. */
    private static double expanded(double @Nullable [] input, double @Nullable [] wanted) {
        if (input == null || wanted == null) {
            return product(wanted);
        }
        double product = 1;
        for (int i = 1; i <= Math.max(input.length, wanted.length); i++) {
            double have = i <= input.length ? input[input.length - i] : 1;
            double want = i <= wanted.length ? wanted[wanted.length - i] : 1;
            product *= have == 1 ? Math.max(want, 0) : Math.max(have, want);
        }
        return product;
    }

    private static double range(double @Nullable [] start, double @Nullable [] limit, double @Nullable [] delta) {
        if (start == null || limit == null || delta == null || start.length * limit.length * delta.length != 1) {
            return 1;
        }
        double steps = (limit[0] - start[0]) / delta[0];
        return steps < 0 ? 0 : steps;
    }

    /** Wanted sizes are input 3; scales are input 2, input 1 (older) or an attribute (oldest). */
    private double resized(NodeMessage node, Scope scope) throws IOException {
        double[] sizes = operand(node, scope, 3);
        if (sizes != null && sizes.length > 0) {
            return product(sizes);
        }
        double[] scales = numbers(node, "scales");
        if (scales == null) {
            scales = operand(node, scope, node.inputs.size() > 2 ? 2 : 1);
        }
        return product(scales) * product(shape(node, scope));
    }

    /** Pads are input 1, or an attribute in older versions; all beginnings first, then all ends. */
    private double padded(NodeMessage node, Scope scope) throws IOException {
        double[] pads = numbers(node, "pads");
        if (pads == null) {
            pads = operand(node, scope, 1);
        }
        if (pads == null) {
            return 1;
        }
        int axes = pads.length / 2;
        double[] sizes = shape(node, scope);
        // With chosen axes, or an undeclared shape, the pads alone are what is certain.
        if (sizes == null || sizes.length != axes || !node.input(3).isEmpty()) {
            sizes = new double[axes];
            Arrays.fill(sizes, 1);
        }
        for (int i = 0; i < axes; i++) {
            sizes[i] = Math.max(0, sizes[i] + pads[i] + pads[i + axes]);
        }
        return product(sizes);
    }
}
