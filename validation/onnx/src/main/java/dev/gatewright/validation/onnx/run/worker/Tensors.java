// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run.worker;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import dev.gatewright.validation.onnx.run.ElementType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.Buffer;
import java.nio.ByteBuffer;

/** Makes tensors over memory, without copying. */
final class Tensors {
    private Tensors() {}

    /** A tensor of {@code type} over all of {@code memory}, which is direct and in native order. */
    static OnnxTensor over(OrtEnvironment environment, ByteBuffer memory, long[] shape, ElementType type)
            throws OrtException {
        return switch (type) {
            case FLOAT -> OnnxTensor.createTensor(environment, memory, shape, OnnxJavaType.FLOAT);
            case DOUBLE -> OnnxTensor.createTensor(environment, memory, shape, OnnxJavaType.DOUBLE);
            case INT8 -> OnnxTensor.createTensor(environment, memory, shape, OnnxJavaType.INT8);
            case UINT8 -> OnnxTensor.createTensor(environment, memory, shape, OnnxJavaType.UINT8);
            case INT16 -> OnnxTensor.createTensor(environment, memory, shape, OnnxJavaType.INT16);
            case INT32 -> OnnxTensor.createTensor(environment, memory, shape, OnnxJavaType.INT32);
            case INT64 -> OnnxTensor.createTensor(environment, memory, shape, OnnxJavaType.INT64);
            case BOOL -> OnnxTensor.createTensor(environment, memory, shape, OnnxJavaType.BOOL);
            case FLOAT16 -> OnnxTensor.createTensor(environment, memory, shape, OnnxJavaType.FLOAT16);
            case BFLOAT16 -> OnnxTensor.createTensor(environment, memory, shape, OnnxJavaType.BFLOAT16);
            case UINT16 ->
                unsigned(
                        environment,
                        memory,
                        shape,
                        OnnxJavaType.INT16,
                        TensorInfo.OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT16);
            case UINT32 ->
                unsigned(
                        environment,
                        memory,
                        shape,
                        OnnxJavaType.INT32,
                        TensorInfo.OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT32);
            case UINT64 ->
                unsigned(
                        environment,
                        memory,
                        shape,
                        OnnxJavaType.INT64,
                        TensorInfo.OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT64);
            default -> throw new IllegalArgumentException("no memory holds " + type.label());
        };
    }

    /**
     * ONNX Runtime has these types, and its Java API can read them but not make them: nothing in Java stands for them. What
     * it does to make a tensor is done here with the number of the type that it leaves out.
     */
    private static OnnxTensor unsigned(
            OrtEnvironment environment,
            ByteBuffer memory,
            long[] shape,
            OnnxJavaType width,
            TensorInfo.OnnxTensorType type)
            throws OrtException {
        try {
            Field allocatorField = OrtEnvironment.class.getDeclaredField("defaultAllocator");
            allocatorField.setAccessible(true);
            Object allocator = allocatorField.get(environment);
            Field allocatorHandle = allocator.getClass().getDeclaredField("handle");
            allocatorHandle.setAccessible(true);
            long allocatorPointer = allocatorHandle.getLong(allocator);
            Class<?> runtime = Class.forName("ai.onnxruntime.OnnxRuntime");
            Field apiField = runtime.getDeclaredField("ortApiHandle");
            apiField.setAccessible(true);
            Method create = OnnxTensor.class.getDeclaredMethod(
                    "createTensorFromBuffer",
                    long.class,
                    long.class,
                    Buffer.class,
                    int.class,
                    long.class,
                    long[].class,
                    int.class);
            create.setAccessible(true);
            long handle = (Long) create.invoke(
                    null,
                    apiField.getLong(null),
                    allocatorPointer,
                    memory,
                    memory.position(),
                    (long) memory.remaining(),
                    shape,
                    type.value);
            Constructor<TensorInfo> info = TensorInfo.class.getDeclaredConstructor(
                    long[].class, OnnxJavaType.class, TensorInfo.OnnxTensorType.class);
            info.setAccessible(true);
            Constructor<OnnxTensor> tensor = OnnxTensor.class.getDeclaredConstructor(
                    long.class, long.class, TensorInfo.class, Buffer.class, boolean.class);
            tensor.setAccessible(true);
            return tensor.newInstance(handle, allocatorPointer, info.newInstance(shape, width, type), memory, false);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof OrtException failed) {
                throw failed;
            }
            throw new OrtException("tensors of unsigned integers cannot be made: " + e.getCause());
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new OrtException("this version of ONNX Runtime cannot take unsigned integers from Java: " + e);
        }
    }
}
