package dev.kloset.processor;

import dev.kloset.ConfigModel;
import dev.kloset.Configuration;
import dev.kloset.Setting;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** The source of one generated model. It uses no lambda, no reflection and no concatenation, because it runs while a plugin starts. */
final class ModelSource {

    private static final String INDENT = "\n            ";

    private final Elements elements;
    private final TypeElement type;
    private final List<Argument> arguments;

    ModelSource(Elements elements, TypeElement type, List<Argument> arguments) {
        this.elements = elements;
        this.type = type;
        this.arguments = arguments;
    }

    private String packageName() {
        return elements.getPackageOf(type).getQualifiedName().toString();
    }

    private String simpleName() {
        String binary = elements.getBinaryName(type).toString();
        return binary.substring(binary.lastIndexOf('.') + 1).replace('$', '_') + ConfigModel.SUFFIX;
    }

    String qualifiedName() {
        return packageName().isEmpty() ? simpleName() : packageName() + "." + simpleName();
    }

    String text() {
        String record = type.getQualifiedName().toString();
        return """
                %s/** Made of {@link %s} by kloset-processor. */
                final class %s extends dev.kloset.ConfigModel<%s> {

                    static {
                        register(%s.class, new %s());
                    }

                    private %s() {
                        super(%s, java.util.List.of(%s));
                    }

                    @Override
                    @SuppressWarnings("unchecked")
                    protected %s make(java.util.List<Object> values) {
                        return new %s(%s);
                    }
                }
                """
                .formatted(packageName().isEmpty() ? "" : "package " + packageName() + ";\n\n", record, simpleName(),
                        record, record, simpleName(), simpleName(),
                        literal(type.getAnnotation(Configuration.class).value()),
                        arguments.stream()
                                .flatMap(Argument::settings)
                                .map(ModelSource::setting)
                                .collect(Collectors.joining(",")),
                        record, record, values(arguments, new AtomicInteger()));
    }

    private static String values(List<Argument> arguments, AtomicInteger next) {
        return arguments.stream().map(argument -> switch (argument) {
            case Component setting ->
                INDENT + "(" + setting.javaType() + ") values.get(" + next.getAndIncrement() + ")";
            case Argument.Included included ->
                INDENT + "new " + included.record() + "(" + values(included.arguments(), next) + ")";
        }).collect(Collectors.joining(","));
    }

    private static String setting(Component component) {
        StringBuilder source = new StringBuilder(INDENT).append("dev.kloset.ConfigSetting.of(")
                .append(literal(component.key()))
                .append(", dev.kloset.SettingType.")
                .append(component.type())
                .append(")");
        if (!component.shape().isEmpty()) {
            source.append('.').append(component.shape()).append("()");
        }
        if (!component.enumType().isEmpty()) {
            source.append(".choices(").append(component.enumType()).append(".values())");
        }
        Setting annotation = component.annotation();
        if (annotation != null) {
            call(source, "doc", annotation.value());
            call(source, "defaultValue", annotation.defaultValue());
            call(source, "min", annotation.min());
            call(source, "max", annotation.max());
            call(source, "pattern", annotation.pattern());
            if (annotation.aliases().length > 0) {
                source.append(".aliases(")
                        .append(Stream.of(annotation.aliases())
                                .map(ModelSource::literal)
                                .collect(Collectors.joining(", ")))
                        .append(")");
            }
            if (annotation.defaultPort() > 0) {
                source.append(".defaultPort(").append(annotation.defaultPort()).append(")");
            }
        }
        return source.append(".build()").toString();
    }

    private static void call(StringBuilder source, String method, String text) {
        if (!text.isEmpty()) {
            source.append('.').append(method).append('(').append(literal(text)).append(')');
        }
    }

    private static String literal(String text) {
        StringBuilder literal = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> literal.append("\\\"");
                case '\\' -> literal.append("\\\\");
                default -> literal.append(c < ' '
                        ? String.format("\\%03o", (int) c)
                        : c > '~' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        return literal.append('"').toString();
    }
}
