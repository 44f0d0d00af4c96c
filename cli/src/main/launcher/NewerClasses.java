import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Writes the classes of a jar anew in the form of Java 8: {@code java NewerClasses.java JAR}. A start-up cache takes no classes
 * whose form is older than Java 6, as are those of picocli, which are most of what a start of kloset loads. The form of Java 6 and
 * later has tables that let the JVM verify a class in one pass; they are computed here.
 */
final class NewerClasses {

    private static final int OLD = ClassFile.JAVA_6_VERSION;

    private NewerClasses() {}

    public static void main(String[] args) throws IOException {
        Path jar = Path.of(args[0]);
        Path fresh = jar.resolveSibling(jar.getFileName() + ".new");
        try (JarFile in = new JarFile(jar.toFile()); OutputStream file = Files.newOutputStream(fresh);
                JarOutputStream out = new JarOutputStream(file)) {
            ClassFile context = ClassFile.of(ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                    ClassFile.ClassHierarchyResolverOption.of(hierarchy(in)));
            for (Enumeration<JarEntry> entries = in.entries(); entries.hasMoreElements();) {
                JarEntry entry = entries.nextElement();
                JarEntry copy = new JarEntry(entry.getName());
                copy.setTime(entry.getTime());
                out.putNextEntry(copy);
                out.write(newer(context, entry.getName(), bytes(in, entry)));
            }
        }
        Files.move(fresh, jar, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static ClassHierarchyResolver hierarchy(JarFile jar) {
        return ClassHierarchyResolver.ofResourceParsing(type -> {
            String name = type.descriptorString();
            JarEntry entry = jar.getJarEntry(name.substring(1, name.length() - 1) + ".class");
            try {
                return entry == null ? null : jar.getInputStream(entry);
            } catch (IOException e) {
                throw new IllegalStateException("cannot read " + entry, e);
            }
        }).orElse(ClassHierarchyResolver.defaultResolver());
    }

    private static byte[] bytes(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    private static byte[] newer(ClassFile context, String name, byte[] bytes) {
        if (!name.endsWith(".class") || name.endsWith("module-info.class")) {
            return bytes;
        }
        ClassModel model = context.parse(bytes);
        if (model.majorVersion() >= OLD) {
            return bytes;
        }
        ClassTransform version = (builder, element) -> builder
                .with(element instanceof ClassFileVersion ? ClassFileVersion.of(ClassFile.JAVA_8_VERSION, 0) : element);
        // instruction by instruction: code that is copied as a whole gets no tables
        return context.transformClass(model,
                version.andThen(ClassTransform.transformingMethodBodies((code, each) -> code.with(each))));
    }
}
