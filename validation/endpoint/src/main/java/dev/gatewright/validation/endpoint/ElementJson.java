// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigInteger;

/** Elements of a tensor as JSON has them: a float by the fewest digits that tell it from others of its type. */
final class ElementJson {
    /** What becomes of NaN and infinity, for which JSON has no word. */
    enum NotFinite {
        /** A text in quotes, as golden files have it. */
        QUOTED,
        /** A word without quotes, as clients of version 1 send it. */
        BARE
    }

    private ElementJson() {}

    static void write(Elements elements, int index, Datatype type, NotFinite notFinite, JsonGenerator json)
            throws IOException {
        if (elements instanceof Elements.Texts texts) {
            json.writeString(texts.values().get(index));
        } else if (elements instanceof Elements.Wholes wholes) {
            long value = wholes.at(index);
            if (type == Datatype.BOOL) {
                json.writeBoolean(value != 0);
            } else {
                json.writeRawValue(type == Datatype.UINT64 ? Long.toUnsignedString(value) : Long.toString(value));
            }
        } else {
            double value = ((Elements.Reals) elements).at(index);
            String text = type == Datatype.FP64 ? Double.toString(value) : Float.toString((float) value);
            if (Double.isFinite(value) || notFinite == NotFinite.BARE) {
                json.writeRawValue(text);
            } else {
                json.writeString(text);
            }
        }
    }

    /** Takes the elements of a tensor one by one. */
    static final class Taker {
        private final Datatype type;
        private final double[] reals;
        private final long[] wholes;
        private final String[] texts;
        private final int most;
        private int taken;

        /** Takes {@code most} elements and no more. */
        Taker(Datatype type, int most) {
            this.type = type;
            this.most = most;
            this.reals = new double[type.kind() == Datatype.Kind.REAL ? most : 0];
            this.wholes = new long[type.kind() == Datatype.Kind.WHOLE ? most : 0];
            this.texts = new String[type.kind() == Datatype.Kind.TEXT ? most : 0];
        }

        /** Takes the value on which {@code json} stands. */
        void take(JsonParser json) throws IOException {
            if (taken == most) {
                throw new IOException("more than " + most + " elements");
            }
            JsonToken token = json.currentToken();
            switch (type.kind()) {
                case REAL -> reals[taken] = real(token, json);
                case WHOLE -> wholes[taken] = whole(token, json);
                case TEXT -> {
                    if (token != JsonToken.VALUE_STRING) {
                        throw new IOException("expected a text, not " + Plain.of(json.getText(), 40));
                    }
                    texts[taken] = json.getText();
                }
            }
            taken++;
        }

        private double real(JsonToken token, JsonParser json) throws IOException {
            if (token == JsonToken.VALUE_STRING) {
                return switch (json.getText()) {
                    case "NaN" -> Double.NaN;
                    case "Infinity" -> Double.POSITIVE_INFINITY;
                    case "-Infinity" -> Double.NEGATIVE_INFINITY;
                    default -> throw new IOException("expected a number, not '" + Plain.of(json.getText(), 40) + "'");
                };
            }
            if (!token.isNumeric()) {
                throw new IOException("expected a number, not " + Plain.of(json.getText(), 40));
            }
            // A float that was written by its fewest digits is that float again only if it is read as one.
            return type == Datatype.FP64 ? json.getDoubleValue() : (double) (float) json.getDoubleValue();
        }

        private long whole(JsonToken token, JsonParser json) throws IOException {
            if (type == Datatype.BOOL && token.isBoolean()) {
                return token == JsonToken.VALUE_TRUE ? 1 : 0;
            }
            if (token != JsonToken.VALUE_NUMBER_INT) {
                throw new IOException("expected a whole number, not " + Plain.of(json.getText(), 40));
            }
            BigInteger value = json.getBigIntegerValue();
            if (value.signum() < 0 ? value.bitLength() > 63 : value.bitLength() > (type == Datatype.UINT64 ? 64 : 63)) {
                throw new IOException(Plain.of(json.getText(), 40) + " is no " + type);
            }
            return value.longValue();
        }

        /** What was taken. */
        Elements elements() throws IOException {
            if (taken != most) {
                throw new IOException(taken + " elements; expected " + most);
            }
            return switch (type.kind()) {
                case REAL -> new Elements.Reals(reals);
                case WHOLE -> new Elements.Wholes(wholes);
                case TEXT -> new Elements.Texts(java.util.List.of(texts));
            };
        }
    }
}
