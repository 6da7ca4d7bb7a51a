// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.gatewright.validation.data.Selection;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.onnx.model.ModelDescription;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds the names that a model carries against those of the spec and the data: a model fed with its columns in another
 * order, or read with its classes in another order, still answers, and wrongly.
 *
 * <p>A model names its classes in the metadata property {@value #CLASSES}, and the features of its only input in {@value
 * #FEATURES}; both are JSON arrays of texts.
 */
final class DeclaredNames {
    static final String CLASSES = "gatewright.classes";
    static final String FEATURES = "gatewright.features";

    private DeclaredNames() {}

    /** @throws EvaluationFailedException if the model names them otherwise */
    static void check(ModelDescription model, List<String> classes, RowFields fields, Selection selection) {
        compare(model, CLASSES, "classes", classes, "write model.classes as the model has them");
        if (fields.features().size() == 1) {
            Field.Matrix only = fields.features().get(0);
            compare(
                    model,
                    FEATURES,
                    "features",
                    selection.columns(only),
                    "select the columns in the order that the model was trained with");
        }
    }

    private static void compare(ModelDescription model, String property, String what, List<String> found, String next) {
        String text = model.metadata().get(property);
        if (text == null) {
            return;
        }
        List<String> declared = read(property, text);
        if (!declared.equals(found)) {
            throw new EvaluationFailedException(
                    "the model names the " + what + " " + declared + ", and the spec " + found + "; " + next, null);
        }
    }

    private static List<String> read(String property, String text) {
        List<String> names = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            boolean isArray = parser.nextToken() == JsonToken.START_ARRAY;
            while (isArray && parser.nextToken() == JsonToken.VALUE_STRING) {
                names.add(parser.getText());
            }
            if (isArray && parser.currentToken() == JsonToken.END_ARRAY && parser.nextToken() == null) {
                return names;
            }
        } catch (IOException e) {
            throw notNames(property, e);
        }
        throw notNames(property, null);
    }

    private static EvaluationFailedException notNames(
            String property, @org.jspecify.annotations.Nullable IOException cause) {
        return new EvaluationFailedException(
                "the model's metadata property " + property + " is no JSON array of texts; write it anew or remove it",
                cause);
    }
}
