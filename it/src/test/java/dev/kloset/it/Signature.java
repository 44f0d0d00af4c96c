package dev.kloset.it;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What other code can use of a type: its head, and a line for each member that is public or protected, in a fixed order. */
record Signature(Class<?> type) {

    private static final int SHOWN = Modifier.PUBLIC | Modifier.PROTECTED | Modifier.STATIC | Modifier.FINAL
            | Modifier.ABSTRACT;

    /** Every type has these, and whether it writes them itself is its own affair. */
    private static final Set<String> OF_ALL = Set.of("equals", "hashCode", "toString");

    /** {@return whether other code can name the type} */
    static boolean isVisible(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getEnclosingClass()) {
            if (!isVisible(each.getModifiers()) || each.isAnonymousClass() || each.isLocalClass()) {
                return false;
            }
        }
        return !type.isSynthetic();
    }

    private static boolean isVisible(int modifiers) {
        return (modifiers & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
    }

    /** {@return the lines} */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(head());
        members(type.getDeclaredFields()).map(this::field).sorted().forEach(lines::add);
        members(type.getDeclaredConstructors()).map(this::constructor).sorted().forEach(lines::add);
        methods().filter(method -> !isOfAll(method)).map(this::method).distinct().sorted().forEach(lines::add);
        return lines;
    }

    /** Those too that come from a parent that other code cannot name: they can be called all the same. */
    private Stream<Method> methods() {
        Stream<Method> methods = members(type.getDeclaredMethods());
        for (Class<?> parent = type.getSuperclass(); parent != null && !isVisible(parent); parent = parent
                .getSuperclass()) {
            methods = Stream.concat(methods, members(parent.getDeclaredMethods()));
        }
        return methods;
    }

    private static <M extends Member> Stream<M> members(M[] members) {
        return Arrays.stream(members).filter(member -> isVisible(member.getModifiers()) && !member.isSynthetic());
    }

    private boolean isOfAll(Method method) {
        boolean ofEnums = type.isEnum() && (method.getName().equals("values") || method.getName().equals("valueOf"));
        return ofEnums || OF_ALL.contains(method.getName());
    }

    private String head() {
        AnnotatedType parent = type.getAnnotatedSuperclass();
        boolean plain = parent == null || type.isEnum() || type.isRecord() || parent.getType() == Object.class;
        return words(type.toGenericString()) + (plain ? "" : " extends " + text(parent))
                + list(type.isInterface() ? " extends " : " implements ", type.getAnnotatedInterfaces());
    }

    private String field(Field field) {
        return "    " + modifiers(field) + text(field.getAnnotatedType()) + " " + field.getName();
    }

    private String constructor(Constructor<?> constructor) {
        return "    " + modifiers(constructor) + type.getSimpleName() + parameters(constructor);
    }

    private String method(Method method) {
        Object value = method.getDefaultValue();
        return "    " + modifiers(method) + (method.isDefault() ? "default " : "")
                + variables(method.getTypeParameters())
                + text(method.getAnnotatedReturnType()) + " " + method.getName() + parameters(method)
                + (value == null ? "" : " default " + (value instanceof Object[] all ? Arrays.toString(all) : value));
    }

    private static String variables(TypeVariable<?>[] variables) {
        return variables.length == 0
                ? ""
                : Arrays.stream(variables)
                        .map(each -> each.getName() + bounds(each))
                        .collect(Collectors.joining(", ", "<", "> "));
    }

    private static String bounds(TypeVariable<?> variable) {
        String bounds = Arrays.stream(variable.getAnnotatedBounds())
                .map(Signature::text)
                .collect(Collectors.joining(" & "));
        return bounds.equals("Object") ? "" : " extends " + bounds;
    }

    private static String parameters(Executable executable) {
        return "(" + Arrays.stream(executable.getAnnotatedParameterTypes())
                .map(Signature::text)
                .collect(Collectors.joining(", ")) + ")" + list(" throws ", executable.getAnnotatedExceptionTypes());
    }

    private static String list(String before, AnnotatedType[] types) {
        return types.length == 0
                ? ""
                : Arrays.stream(types).map(Signature::text).collect(Collectors.joining(", ", before, ""));
    }

    private static String modifiers(Member member) {
        String words = Modifier.toString(member.getModifiers() & SHOWN);
        return words.isEmpty() ? "" : words + " ";
    }

    /** A signature says what may be null. */
    private static String text(AnnotatedType type) {
        return words(type.toString());
    }

    private static String words(String text) {
        return text.replace("@org.jspecify.annotations.Nullable()", "@Nullable")
                .replace("@org.jspecify.annotations.Nullable", "@Nullable")
                .replace("java.lang.", "");
    }
}
