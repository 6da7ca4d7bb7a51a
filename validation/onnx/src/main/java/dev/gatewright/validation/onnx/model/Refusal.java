// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

/**
 * Why a model is refused, for machines; each reason also knows what would have been accepted and what a person can do.
 */
public enum Refusal {
    /** The file or one of its external files cannot be read. */
    UNREADABLE(
            "a model is a file that this process may read",
            "check the path, its permissions and the disk, and try again"),
    /** The path is a folder, a device, a pipe or a socket. */
    NOT_A_FILE("a model and its external data are regular files", "name the .onnx file itself"),
    /** The bytes are of another format than ONNX. */
    NOT_ONNX("only ONNX is opened here", "export the model to ONNX"),
    /** The file has no bytes. */
    EMPTY("an ONNX model has at least a graph", "export the model again: the last export or download did not finish"),
    /** The protobuf part of the model is larger than protobuf allows, or its files are larger than the limit. */
    TOO_LARGE(
            "the .onnx file ends at 2 GiB, as protobuf does, and all files together at four times the memory limit",
            "save the weights as external data: onnx.save_model(model, path, save_as_external_data=True)"),
    /** A file changed while it was read. */
    CHANGING("a model does not change while it is read", "wait until the export or copy has ended, and try again"),

    /** The file ends, or a message ends, inside a field. */
    TRUNCATED(
            "a field ends where its message ends, or before", "copy or export the file again: a part of it is missing"),
    /** The bytes are not protobuf, or a field has a wire type that ONNX does not give it. */
    MALFORMED("an .onnx file is one protobuf message of the type ModelProto", "export the model again"),
    /** A name is not UTF-8 or contains NUL. */
    NOT_TEXT("names are UTF-8 without NUL", "export the model again with plain names"),
    /** Messages are nested too deeply. */
    TOO_DEEP("nesting has a limit, so that no reader runs out of stack", "flatten the subgraphs, functions or types"),
    /** There are more nodes, messages or names than the limit. */
    TOO_MANY("counts have limits, so that no reader runs out of memory", "split the model, or fold its constants"),
    /** Something that may be said once is said twice, so that two readers may understand two models. */
    AMBIGUOUS("what ONNX allows once is said once", "load and save the model with the onnx package"),

    /** There is no graph, no IR version or no operator set. */
    INCOMPLETE("a model names its IR version and its operator sets, and has a graph", "export the model again"),
    /** Two values of a graph, or two functions, have one name. */
    DUPLICATE_NAME("each name is given once (static single assignment)", "rename one of the two in the export"),
    /** A node or an output reads a value that nothing produces. */
    UNKNOWN_VALUE(
            "what is read is an input, an initializer or the output of a node",
            "check the export with onnx.checker.check_model"),
    /** A node reads a value that only a later node, or the node itself, produces. */
    NOT_SORTED(
            "nodes come after the nodes whose outputs they read", "break the cycle, or sort the nodes topologically"),
    /** Functions of the model call each other in a circle. */
    RECURSIVE("functions of a model do not call themselves, directly or through others", "inline the function"),
    /** An operator belongs to no domain that is known or allowed. */
    UNKNOWN_DOMAIN(
            "operators are those of ONNX and of ONNX Runtime; others are native code of their own",
            "export without custom operators, or allow the domain by name"),
    /** An operator reads files or runs code that this reader cannot see. */
    UNSAFE_OPERATOR(
            "a model is a graph of open operators, not a wrapper around files, compiled code or Python",
            "export the model without it, and let the runtime compile it where it runs"),

    /** The model sets options of the runtime that runs it. */
    RUNTIME_OPTIONS("options of the runtime come from the spec", "remove the metadata property"),

    /** An element type is missing or unknown. */
    ELEMENT_TYPE("types are those of ONNX's TensorProto.DataType, and declared", "export the model again"),
    /** A dimension is negative, or a shape has too many dimensions or elements. */
    DIMENSION(
            "dimensions are 0 or more, at most 64, and their product is a 64-bit number",
            "name open dimensions instead of giving them a number"),
    /** A tensor's data are missing, doubled, of the wrong kind or of the wrong length. */
    TENSOR_DATA("a tensor has exactly one kind of data, of exactly the length of its shape", "export the model again"),
    /** A sparse tensor's indices do not fit its values or its shape. */
    SPARSE("indices are int64, ascending, inside the shape, one for each value", "save the tensor dense"),

    /** External data are named by something other than a plain relative path. */
    EXTERNAL_LOCATION(
            "external data lie in the folder of the model or below it, named by a plain relative path with '/'",
            "save the model and its external data together into one folder"),
    /** External data are said to lie at an address in memory. */
    MEMORY_ADDRESS(
            "external data lie in a file; the marker is for the runtime's own use",
            "do not use this model: a file that carries the marker was made to read the memory of its reader"),
    /** External data are reached through a symbolic or a hard link. */
    EXTERNAL_LINK(
            "external data are a file of their own, with one name and no link on the way",
            "replace the link by a copy: cp --dereference"),
    /** External data do not exist. */
    EXTERNAL_MISSING("external data travel with the model", "copy all files of the model into one folder"),
    /** Offset or length of external data do not fit the file, the tensor or the other tensors. */
    EXTERNAL_RANGE(
            "a tensor's range lies inside the file, has the length of its shape, and overlaps no other",
            "save the model and its external data again"),

    /** A tensor, or all together, would need more memory than the limit. */
    TOO_MUCH_MEMORY(
            "what the model states to need stays within the memory limit", "raise the limit, or shrink the model");

    private final String allowed;
    private final String nextStep;

    Refusal(String allowed, String nextStep) {
        this.allowed = allowed;
        this.nextStep = nextStep;
    }

    /** What would have been accepted, as a clause. */
    public String allowed() {
        return allowed;
    }

    /** What a person can do, as a clause. */
    public String nextStep() {
        return nextStep;
    }
}
