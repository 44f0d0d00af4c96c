package dev.kloset.packaging.modules;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.attribute.ModuleRequireInfo;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.reflect.AccessFlag;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * The names of classes and modules that a jar refers to: in its class files, for this and earlier versions of Java, in its
 * service files, and in the same files of nested jars. Of the names that occur only in the text of a constant, it finds those
 * that {@link TextReferences} wants.
 */
final class ClassReferences {

    /** Jars nested deeper than in any real library; also the limit for a jar that contains itself. */
    private static final int DEEPEST = 3;

    /** Classes of the SDK that are loaded only if their module is there: for flight recordings, add {@code jdk.jfr}. */
    private static final String OPTIONAL = "dev/kloset/sdk/internal/observe/Flight";

    private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/([0-9]{1,9})/(.*)");
    private static final Pattern SERVICES = Pattern.compile("META-INF/services/([^/]+)");
    private static final Pattern NAME_IN_DESCRIPTOR = Pattern.compile("L([^;<]+);");

    private final int version;
    private final Set<String> types = new HashSet<>();
    private final Set<String> modules = new HashSet<>();
    private final Set<String> texts = new HashSet<>();
    private final Set<String> descriptors = new HashSet<>();

    /**
     * @param version the version of Java; classes for later versions do not count
     */
    ClassReferences(int version) {
        this.version = version;
    }

    /** {@return the names of the classes, with dots} */
    Set<String> types() {
        return Collections.unmodifiableSet(types);
    }

    /** {@return the modules that descriptors require} */
    Set<String> modules() {
        return Collections.unmodifiableSet(modules);
    }

    /** {@return the constant texts that name a class which may be loaded by that name} */
    Set<String> texts() {
        return Collections.unmodifiableSet(texts);
    }

    /**
     * Add the names in {@code jar}. After a failure, the names found until then remain.
     *
     * @throws IOException if the jar, or a jar or a class in it, cannot be read; names that part
     */
    void addJar(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (concerns(entry.getName())) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        add(entry.getName(), in, 1);
                    }
                }
            }
        }
    }

    private void addNested(InputStream in, int depth) throws IOException {
        ZipInputStream zip = new ZipInputStream(in);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (concerns(entry.getName())) {
                add(entry.getName(), new ByteArrayInputStream(zip.readAllBytes()), depth);
            }
        }
    }

    private boolean concerns(String entry) {
        Matcher versioned = VERSIONED.matcher(entry);
        if (versioned.matches()) {
            return Integer.parseInt(versioned.group(1)) <= version && concerns(versioned.group(2));
        }
        return entry.endsWith(".class") || entry.endsWith(".jar") || SERVICES.matcher(entry).matches();
    }

    private void add(String entry, InputStream in, int depth) throws IOException {
        if (entry.endsWith(".jar")) {
            if (depth < DEEPEST) {
                addNested(in, depth + 1);
            }
        } else if (entry.endsWith(".class")) {
            addClass(entry, in.readAllBytes());
        } else {
            addServices(entry, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private void addClass(String entry, byte[] content) throws IOException {
        try {
            ClassModel model = ClassFile.of().parse(content);
            if (!model.thisClass().asInternalName().startsWith(OPTIONAL)) {
                addConstants(model);
                addDescriptors(model);
                addRequired(model);
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(entry + " is not a class file that this Java can read: " + e.getMessage(), e);
        }
    }

    private void addConstants(ClassModel model) {
        for (PoolEntry entry : model.constantPool()) {
            switch (entry) {
                case ClassEntry type when type.asInternalName().startsWith("[") -> addDescriptor(type.asInternalName());
                case ClassEntry type -> types.add(type.asInternalName().replace('/', '.'));
                case NameAndTypeEntry member -> addDescriptor(member.type().stringValue());
                case StringEntry text when TextReferences.concerns(text.stringValue()) -> texts.add(text.stringValue());
                case MethodTypeEntry method -> addDescriptor(method.descriptor().stringValue());
                default -> {
                    // Numbers and texts, and pairs of entries above.
                }
            }
        }
    }

    private void addDescriptors(ClassModel model) {
        model.fields().forEach(field -> addDescriptor(field.fieldType().stringValue()));
        model.methods().forEach(method -> addDescriptor(method.methodType().stringValue()));
    }

    private void addDescriptor(String descriptor) {
        if (descriptors.add(descriptor)) {
            NAME_IN_DESCRIPTOR.matcher(descriptor)
                    .results()
                    .forEach(name -> types.add(name.group(1).replace('/', '.')));
        }
    }

    private void addRequired(ClassModel model) {
        model.findAttribute(Attributes.module())
                .ifPresent(module -> module.requires()
                        .stream()
                        .filter(required -> !required.has(AccessFlag.STATIC_PHASE))
                        .map(ModuleRequireInfo::requires)
                        .forEach(required -> modules.add(required.name().stringValue())));
    }

    /** Add the names in a service file: its file name is the service, its lines are the classes that provide it. */
    private void addServices(String entry, String content) {
        types.add(entry.substring(entry.lastIndexOf('/') + 1));
        content.lines().map(line -> line.replaceFirst("#.*", "").strip()).forEach(types::add);
    }
}
