// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin.archive;

import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds a class that stands for another one against it, by what a compiled caller asks for: names, descriptors, and whether it is
 * static. The other one may have more, and may inherit what the stand-in declares.
 */
final class Signatures {
    private final ClassLoader standIns;
    private final ClassLoader real;

    Signatures(ClassLoader standIns, ClassLoader real) {
        this.standIns = standIns;
        this.real = real;
    }

    /** What a caller of the stand-in would miss in the real class, each in a sentence. */
    List<String> missing(String name) {
        List<String> missing = new ArrayList<>();
        try {
            compare(Class.forName(name, false, standIns), Class.forName(name, false, real), missing);
        } catch (ClassNotFoundException | LinkageError e) {
            missing.add(name + " cannot be had: " + e);
        }
        return missing;
    }

    /** What a class that was compiled against stand-ins leaves open of the real types that it extends. */
    List<String> open(String name) {
        List<String> open = new ArrayList<>();
        try {
            Class<?> type = Class.forName(name, false, real);
            if (!Modifier.isAbstract(type.getModifiers())) {
                for (Method method : inherited(type)) {
                    if (Modifier.isAbstract(method.getModifiers()) && !isImplemented(type, method)) {
                        open.add(name + " does not implement " + text(method));
                    }
                }
            }
        } catch (ClassNotFoundException | LinkageError e) {
            open.add(name + " does not load: " + e);
        }
        return open;
    }

    private void compare(Class<?> standIn, Class<?> other, List<String> missing) {
        check(standIn.isInterface() == other.isInterface(), standIn + " is " + other, missing);
        check(standIn.isAnnotation() == other.isAnnotation(), standIn + " is " + other, missing);
        check(standIn.isEnum() == other.isEnum(), standIn + " is " + other, missing);
        check(access(standIn.getModifiers()) <= access(other.getModifiers()), other + " is less visible", missing);
        check(
                !Modifier.isFinal(other.getModifiers()) || Modifier.isFinal(standIn.getModifiers()),
                other + " is final",
                missing);
        check(
                !Modifier.isAbstract(other.getModifiers()) || Modifier.isAbstract(standIn.getModifiers()),
                other + " is abstract",
                missing);
        Set<String> supertypes = new LinkedHashSet<>();
        supertypes(other).forEach(type -> supertypes.add(type.getName()));
        Stream.concat(Stream.ofNullable(standIn.getSuperclass()), Stream.of(standIn.getInterfaces()))
                .filter(type -> !supertypes.contains(type.getName()))
                .forEach(type -> missing.add(other + " is no " + type.getName()));
        for (Field field : standIn.getDeclaredFields()) {
            if (isOffered(field.getModifiers()) && !field.isSynthetic()) {
                field(field, other, missing);
            }
        }
        for (Constructor<?> constructor : standIn.getDeclaredConstructors()) {
            if (isOffered(constructor.getModifiers()) && !standIn.isEnum() && !constructor.isSynthetic()) {
                executable(constructor, List.of(other.getDeclaredConstructors()), missing);
            }
        }
        for (Method method : standIn.getDeclaredMethods()) {
            if (isOffered(method.getModifiers()) && !method.isSynthetic()) {
                executable(method, inherited(other), missing);
            }
        }
    }

    private static void field(Field field, Class<?> other, List<String> missing) {
        for (Class<?> type : supertypes(other)) {
            for (Field each : type.getDeclaredFields()) {
                if (each.getName().equals(field.getName())
                        && each.getType().getName().equals(field.getType().getName())
                        && isAlike(field.getModifiers(), each.getModifiers())) {
                    return;
                }
            }
        }
        missing.add(other.getName() + " has no " + field);
    }

    private static void executable(Executable wanted, List<? extends Executable> offered, List<String> missing) {
        List<Executable> same = new ArrayList<>();
        for (Executable each : offered) {
            if (text(each).equals(text(wanted))) {
                same.add(each);
            }
        }
        if (same.isEmpty()) {
            missing.add(wanted.getDeclaringClass().getName() + " has no " + text(wanted));
        } else if (same.stream().noneMatch(each -> isAlike(wanted.getModifiers(), each.getModifiers()))) {
            missing.add(wanted.getDeclaringClass().getName() + " has another kind of " + text(wanted) + ": " + same);
        }
        boolean isAnnotations = wanted.getDeclaringClass().isAnnotation();
        for (Executable each : same) {
            if (isAnnotations) {
                Object own = ((Method) wanted).getDefaultValue();
                Object others = ((Method) each).getDefaultValue();
                check(
                        Objects.equals(String.valueOf(own), String.valueOf(others)),
                        wanted + " has the default " + others,
                        missing);
            }
        }
    }

    /** Static or not, not less visible, and not final where a subclass overrides it. */
    private static boolean isAlike(int standIn, int other) {
        return Modifier.isStatic(standIn) == Modifier.isStatic(other)
                && access(standIn) == access(other)
                && (!Modifier.isFinal(other) || Modifier.isFinal(standIn));
    }

    private static boolean isOffered(int modifiers) {
        return access(modifiers) >= 2;
    }

    private static int access(int modifiers) {
        return Modifier.isPublic(modifiers)
                ? 3
                : Modifier.isProtected(modifiers) ? 2 : Modifier.isPrivate(modifiers) ? 0 : 1;
    }

    private static boolean isImplemented(Class<?> type, Method method) {
        return inherited(type).stream()
                .anyMatch(each -> text(each).equals(text(method)) && !Modifier.isAbstract(each.getModifiers()));
    }

    private static List<Method> inherited(Class<?> type) {
        List<Method> methods = new ArrayList<>();
        for (Class<?> each : supertypes(type)) {
            methods.addAll(List.of(each.getDeclaredMethods()));
        }
        return methods;
    }

    private static Set<Class<?>> supertypes(@Nullable Class<?> type) {
        Set<Class<?>> all = new LinkedHashSet<>();
        if (type != null) {
            all.add(type);
            all.addAll(supertypes(type.getSuperclass()));
            for (Class<?> each : type.getInterfaces()) {
                all.addAll(supertypes(each));
            }
            if (type.isInterface()) {
                all.add(Object.class);
            }
        }
        return all;
    }

    /** Name and descriptor. */
    private static String text(Executable executable) {
        Class<?> returns = executable instanceof Method method ? method.getReturnType() : void.class;
        return (executable instanceof Method ? executable.getName() : "<init>")
                + MethodType.methodType(returns, executable.getParameterTypes()).toMethodDescriptorString();
    }

    private static void check(boolean holds, String what, List<String> missing) {
        if (!holds) {
            missing.add(what);
        }
    }
}
