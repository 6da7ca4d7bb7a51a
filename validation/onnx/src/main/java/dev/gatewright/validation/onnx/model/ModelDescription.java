// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import java.util.List;
import java.util.Map;

/**
 * What a model says of itself.
 *
 * @param irVersion the version of ONNX's file format
 * @param producerName the tool that wrote the model; empty if it does not say
 * @param producerVersion the version of that tool
 * @param domain the model's name space
 * @param modelVersion the model's own version
 * @param graphName the name of the graph
 * @param opsets the operator sets that it imports, in the order of the file
 * @param inputs what must be fed, in the order of the file; an input that has an initializer is left out
 * @param outputs what comes out, in the order of the file
 * @param metadata the metadata properties, sorted by key
 * @param operators the operators, sorted by domain and name
 * @param parameters the elements of all initializers, those of subgraphs included
 * @param initializerBytes what all initializers take in memory, those of subgraphs included
 * @param initializers the initializers of the main graph, in the order of the file, sparse ones last
 * @param bytes the size of all files together
 */
public record ModelDescription(
        long irVersion,
        String producerName,
        String producerVersion,
        String domain,
        long modelVersion,
        String graphName,
        List<OpsetImport> opsets,
        List<ValueInfo> inputs,
        List<ValueInfo> outputs,
        Map<String, String> metadata,
        List<OperatorCount> operators,
        long parameters,
        long initializerBytes,
        List<StoredTensor> initializers,
        long bytes) {}
