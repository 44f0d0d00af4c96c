package dev.kloset.processor;

import dev.kloset.Configuration;
import dev.kloset.Setting;
import dev.kloset.SettingType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/** Reads the components of one record. */
final class ComponentReader {

    private static final Map<String, SettingType> TYPES = Map.ofEntries(Map.entry("java.lang.String", SettingType.TEXT),
            Map.entry("dev.kloset.Secret", SettingType.SECRET), Map.entry("java.lang.Integer", SettingType.INTEGER),
            Map.entry("java.lang.Long", SettingType.LONG), Map.entry("java.lang.Double", SettingType.DECIMAL),
            Map.entry("java.lang.Boolean", SettingType.BOOLEAN), Map.entry("java.time.Duration", SettingType.DURATION),
            Map.entry("dev.kloset.ByteSize", SettingType.SIZE), Map.entry("java.net.URI", SettingType.URI),
            Map.entry("java.nio.file.Path", SettingType.PATH), Map.entry("dev.kloset.Location", SettingType.LOCATION),
            Map.entry("dev.kloset.RemoteLocation", SettingType.REMOTE),
            Map.entry("dev.kloset.ClusterLocation", SettingType.CLUSTER),
            Map.entry("dev.kloset.HostList", SettingType.HOSTS), Map.entry("dev.kloset.Split", SettingType.SPLIT),
            Map.entry("dev.kloset.ExtensionJars", SettingType.JARS),
            Map.entry("dev.kloset.ConnectorConfig", SettingType.REMAINING));

    private final ProcessingEnvironment environment;
    private final TypeElement type;
    private final Set<TypeElement> around; // the records that include this one, and it
    private final BiConsumer<Element, String> refuse;

    ComponentReader(ProcessingEnvironment environment, TypeElement type, BiConsumer<Element, String> refuse) {
        this(environment, type, Set.of(), refuse);
    }

    private ComponentReader(ProcessingEnvironment environment, TypeElement type, Set<TypeElement> around,
            BiConsumer<Element, String> refuse) {
        this.environment = environment;
        this.type = type;
        this.around = new HashSet<>(around);
        this.around.add(type);
        this.refuse = refuse;
    }

    /** {@return the components} Leaves out those that cannot be settings, after refusing them. */
    List<Argument> read() {
        List<Argument> components = new ArrayList<>();
        List<? extends RecordComponentElement> elements = type.getRecordComponents();
        for (int i = 0; i < elements.size(); i++) {
            Argument component = read(elements.get(i), annotation(elements.get(i), i));
            if (component != null) {
                components.add(component);
            }
        }
        return components;
    }

    /** {@return what the author says about a component} Kotlin says it about the parameter of the constructor. */
    private @Nullable Setting annotation(RecordComponentElement element, int index) {
        Setting annotation = element.getAnnotation(Setting.class);
        if (annotation != null) {
            return annotation;
        }
        int all = type.getRecordComponents().size();
        for (ExecutableElement constructor : ElementFilter.constructorsIn(type.getEnclosedElements())) {
            if (annotation == null && constructor.getParameters().size() == all) {
                annotation = constructor.getParameters().get(index).getAnnotation(Setting.class);
            }
        }
        return annotation;
    }

    private @Nullable Argument read(RecordComponentElement element, @Nullable Setting annotation) {
        return environment.getTypeUtils().asElement(element.asType()) instanceof TypeElement declared
                && declared.getKind() == ElementKind.RECORD && declared.getAnnotation(Configuration.class) != null
                        ? include(element, declared, annotation)
                        : setting(element, annotation);
    }

    private @Nullable Argument include(RecordComponentElement element, TypeElement record,
            @Nullable Setting annotation) {
        if (annotation != null || around.contains(record)) {
            refuse.accept(element, annotation != null
                    ? "@Setting belongs to the components of " + record.getSimpleName() + ", not to the whole record"
                    : "the settings of " + record.getSimpleName() + " cannot include themselves");
            return null;
        }
        List<Argument> arguments = new ComponentReader(environment, record, around, refuse).read();
        return arguments.size() < record.getRecordComponents().size()
                ? null
                : new Argument.Included(record.getQualifiedName().toString(), arguments);
    }

    private @Nullable Component setting(RecordComponentElement element, @Nullable Setting annotation) {
        TypeMirror whole = element.asType();
        String shape = switch (name(whole)) {
            case "java.util.Optional" -> "optional";
            case "java.util.List" -> "list";
            default -> "";
        };
        TypeMirror one = shape.isEmpty() ? whole : argument(whole);
        boolean choice = environment.getTypeUtils().asElement(one) instanceof TypeElement declared
                && declared.getKind() == ElementKind.ENUM;
        SettingType meaning = choice ? SettingType.CHOICE : TYPES.get(name(one));
        if (meaning == null || meaning == SettingType.REMAINING && !shape.isEmpty()) {
            refuse.accept(element, "a setting cannot be of type " + whole
                    + "; see dev.kloset.Configuration for the types that can");
            return null;
        }
        String key = annotation == null || annotation.key().isEmpty()
                ? key(element.getSimpleName().toString())
                : annotation.key();
        return new Component(meaning == SettingType.REMAINING ? "" : key, meaning, shape, source(whole),
                choice ? constants(one) : List.of(), choice ? name(one) : "", annotation);
    }

    /** {@return the qualified name of the type; of the boxed type for a primitive one} */
    private String name(TypeMirror mirror) {
        if (mirror.getKind().isPrimitive()) {
            return environment.getTypeUtils()
                    .boxedClass(environment.getTypeUtils().getPrimitiveType(mirror.getKind()))
                    .getQualifiedName()
                    .toString();
        }
        return environment.getTypeUtils().asElement(mirror) instanceof TypeElement declared
                ? declared.getQualifiedName().toString()
                : mirror.toString();
    }

    /** {@return the type as source} It drops the type's annotations, which would be useless in a cast. */
    private String source(TypeMirror mirror) {
        if (mirror.getKind() == TypeKind.DECLARED && !((DeclaredType) mirror).getTypeArguments().isEmpty()) {
            return name(mirror) + "<" + name(argument(mirror)) + ">";
        }
        return name(mirror);
    }

    /** {@return the type in an Optional or a List} Kotlin makes {@code List<? extends Path>} of a {@code List<Path>}. */
    private static TypeMirror argument(TypeMirror mirror) {
        TypeMirror argument = ((DeclaredType) mirror).getTypeArguments().getFirst();
        return argument instanceof WildcardType wildcard && wildcard.getExtendsBound() != null
                ? wildcard.getExtendsBound()
                : argument;
    }

    private List<String> constants(TypeMirror mirror) {
        return environment.getTypeUtils()
                .asElement(mirror)
                .getEnclosedElements()
                .stream()
                .filter(each -> each.getKind() == ElementKind.ENUM_CONSTANT)
                .map(each -> each.getSimpleName().toString())
                .toList();
    }

    /** {@return {@code accessKey} as {@code access_key}} */
    private static String key(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
