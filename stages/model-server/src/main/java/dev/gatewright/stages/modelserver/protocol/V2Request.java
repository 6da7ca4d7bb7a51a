// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.gatewright.stages.modelserver.protocol.InferRequest.Wanted;
import dev.gatewright.stages.modelserver.tensor.RefusedRequestException;
import dev.gatewright.validation.onnx.run.worker.ServedModel.Declared;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.io.ByteBufferPool;
import org.jspecify.annotations.Nullable;

/** Reads an inference request of protocol v2. Members that it does not know, and nulls, are passed over. */
public final class V2Request {
    private final Interface model;
    private final RequestText text;
    private final V2Inputs inputs;
    private final List<Wanted> wanted = new ArrayList<>();
    private boolean binary;
    private @Nullable String id;

    private V2Request(Interface model, RequestText text, V2Inputs inputs) {
        this.model = model;
        this.text = text;
        this.inputs = inputs;
    }

    /**
     * Reads {@code body}, of which the first {@code json} bytes are JSON and the others raw tensors.
     *
     * @throws RefusedRequestException if it asks for nothing that the model can answer; nothing of {@code pool} is held then
     */
    public static InferRequest read(byte[] body, int length, int json, Interface model, ByteBufferPool pool)
            throws RefusedRequestException {
        RequestText text = new RequestText(body, json);
        V2Inputs inputs = new V2Inputs(model, text, body, length, json, pool);
        try {
            return new V2Request(model, text, inputs).request();
        } catch (RefusedRequestException | RuntimeException e) {
            inputs.release();
            throw e;
        }
    }

    private InferRequest request() throws RefusedRequestException {
        text.document(parser -> {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                member(parser);
            }
            return inputs;
        });
        if (wanted.isEmpty()) {
            model.outputs().forEach(output -> wanted.add(new Wanted(output.name(), binary)));
        }
        return new InferRequest(id, inputs.tensors(), wanted, InferRequest.Form.V2, inputs.memory());
    }

    private void member(JsonParser parser) throws IOException, RefusedRequestException {
        String name = parser.currentName();
        boolean isThere = parser.nextToken() != JsonToken.VALUE_NULL;
        switch (isThere ? name : "") {
            case "id" -> id = RequestText.text(parser, "id");
            case "parameters" -> parameters(parser);
            case "inputs" -> inputs.read(parser);
            case "outputs" -> {
                RequestText.needArray(parser, "outputs");
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    output(parser);
                }
            }
            default -> parser.skipChildren();
        }
    }

    private void parameters(JsonParser parser) throws IOException, RefusedRequestException {
        RequestText.needObject(parser, "parameters");
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals("binary_data_output")) {
                binary = RequestText.truth(parser, "parameters.binary_data_output");
            } else {
                parser.skipChildren();
            }
        }
    }

    private void output(JsonParser parser) throws IOException, RefusedRequestException {
        RequestText.needObject(parser, "outputs");
        Declared output = null;
        boolean raw = binary;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            boolean isThere = parser.nextToken() != JsonToken.VALUE_NULL;
            if (name.equals("name")) {
                output = model.output(RequestText.text(parser, "the name of an output"));
            } else if (name.equals("parameters") && isThere) {
                RequestText.needObject(parser, "parameters of an output");
                raw = isBinary(parser, raw);
            } else {
                parser.skipChildren();
            }
        }
        if (output == null) {
            throw RefusedRequestException.wrong("an output of the request has no name");
        }
        String found = output.name();
        if (wanted.stream().anyMatch(other -> other.name().equals(found))) {
            throw RefusedRequestException.wrong("output '" + found + "' is asked for twice");
        }
        wanted.add(new Wanted(found, raw));
    }

    private static boolean isBinary(JsonParser parser, boolean otherwise) throws IOException, RefusedRequestException {
        boolean raw = otherwise;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "binary_data" -> raw = RequestText.truth(parser, "binary_data of an output");
                case "classification" -> {
                    if (RequestText.count(parser, "classification of an output") > 0) {
                        throw RefusedRequestException.wrong("classification of an output is not offered");
                    }
                }
                default -> parser.skipChildren();
            }
        }
        return raw;
    }
}
