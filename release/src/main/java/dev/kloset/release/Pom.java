package dev.kloset.release;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** One POM of a bundle. */
record Pom(Path file, Element root) {

    static Pom read(Path file) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return new Pom(file, factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement());
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every Java parses XML without a document type", e);
        } catch (SAXException e) {
            throw new IOException(file + " is no POM: " + e.getMessage(), e);
        }
    }

    /** {@return the text at a path such as {@code scm/url}, of the first element of each name; empty if there is none} */
    String own(String path) {
        Element element = root;
        for (String name : path.split("/", -1)) {
            Optional<Element> child = child(element, name);
            if (child.isEmpty()) {
                return "";
            }
            element = child.get();
        }
        return element.getTextContent().strip();
    }

    private static Optional<Element> child(Element parent, String name) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }

    String group() {
        return own("groupId").isEmpty() ? own("parent/groupId") : own("groupId");
    }

    String artifact() {
        return own("artifactId");
    }

    String version() {
        return own("version").isEmpty() ? own("parent/version") : own("version");
    }

    String packaging() {
        return own("packaging").isEmpty() ? "jar" : own("packaging");
    }

    String coordinates() {
        return group() + ":" + artifact() + ":" + version();
    }

    /** {@return a file of the same artifact} */
    Path sibling(String ending) {
        return Objects.requireNonNull(file.getParent()).resolve(artifact() + "-" + version() + ending);
    }

    /** A POM with its parents, as far as the bundle has them. */
    record Chain(Pom pom, List<Pom> all) {

        private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)}");

        private Optional<Chain> parent() {
            String wanted = pom.own("parent/groupId") + ":" + pom.own("parent/artifactId") + ":"
                    + pom.own("parent/version");
            return all.stream()
                    .filter(other -> other.coordinates().equals(wanted))
                    .findFirst()
                    .map(found -> new Chain(found, all));
        }

        private String inherited(String path) {
            String own = pom.own(path);
            return own.isEmpty() ? parent().map(chain -> chain.inherited(path)).orElse("") : own;
        }

        /** {@return a value with its properties replaced; Maven inherits everything that is asked for here, except the name} */
        String value(String path) {
            String raw = path.equals("name") ? pom.own(path) : inherited(path);
            return PROPERTY.matcher(raw).replaceAll(property -> {
                String value = inherited("properties/" + property.group(1));
                return Matcher.quoteReplacement(value.isEmpty() ? property.group() : value);
            });
        }
    }
}
