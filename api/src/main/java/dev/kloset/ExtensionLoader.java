package dev.kloset;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;

/** The class loader of jars that a user supplies. Asks the plugin's own first, for every class. */
final class ExtensionLoader extends URLClassLoader {

    static {
        registerAsParallelCapable();
    }

    private ExtensionLoader(URL[] jars) {
        super("extensions", jars, ExtensionLoader.class.getClassLoader());
    }

    static ExtensionLoader of(List<ExtensionJar> jars) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (ExtensionJar jar : jars) {
            urls.add(jar.file().toUri().toURL());
        }
        return new ExtensionLoader(urls.toArray(URL[]::new));
    }

    /**
     * {@return the class}
     *
     * @throws IOException if it is not there, or something that it needs; the message is the end of a sentence
     */
    static Class<?> load(ClassLoader classes, String name) throws IOException {
        try {
            return Class.forName(name, true, classes);
        } catch (ClassNotFoundException e) {
            throw new IOException("it names the class " + name + ", which is not there", e);
        } catch (LinkageError e) {
            throw unusable(name, e);
        }
    }

    /**
     * {@return a new instance of {@code type}}
     *
     * @throws IOException if there is none; the message is the end of a sentence
     */
    static <S> S create(Class<?> type, Class<S> service) throws IOException {
        try {
            return service.cast(type.getConstructor().newInstance());
        } catch (InvocationTargetException e) {
            throw unusable(type.getName(), e.getCause() == null ? e : e.getCause());
        } catch (ReflectiveOperationException | ClassCastException e) {
            IOException failure = new IOException(type.getName() + " is not a " + service.getName()
                    + " with a public constructor without parameters");
            failure.addSuppressed(e);
            throw failure;
        } catch (LinkageError e) {
            throw unusable(type.getName(), e);
        }
    }

    private static IOException unusable(String name, Throwable error) {
        Throwable reason = error instanceof ExceptionInInitializerError && error.getCause() != null
                ? error.getCause()
                : error;
        if (reason instanceof NoClassDefFoundError && reason.getMessage() != null
                && !reason.getMessage().startsWith("Could not initialize")) {
            return new IOException(name + " needs the class " + reason.getMessage().replace('/', '.')
                    + ", which neither a jar of the directory nor the plugin has");
        }
        return new IOException("cannot load " + name, reason);
    }
}
