package dev.kloset.packaging.sbom;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What a jar says about itself.
 *
 * @param coordinates those of the one project that Maven built it from; empty if there are none or, as in a shaded jar, several
 * @param version what its manifest says; may be empty
 */
record JarDescription(Optional<Coordinates> coordinates, String version, List<String> licences) {

    private static final String PROPERTIES = "/pom.properties";

    /** Not between quotation marks: there it belongs to the name. */
    private static final String COMMA = ",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)";

    JarDescription {
        licences = List.copyOf(licences);
    }

    static JarDescription read(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            List<? extends ZipEntry> poms;
            try (Stream<? extends ZipEntry> entries = jar.stream()) {
                poms = entries.filter(entry -> entry.getName().matches("META-INF/maven/[^/]+/[^/]+/pom\\.properties"))
                        .toList();
            }
            Optional<Coordinates> coordinates = poms.size() == 1
                    ? Optional.of(coordinates(jar, poms.getFirst()))
                    : Optional.empty();
            List<String> licences = poms.size() == 1 ? licences(jar, poms.getFirst().getName()) : List.of();
            return new JarDescription(coordinates, header(jar, Attributes.Name.IMPLEMENTATION_VERSION.toString()),
                    licences.isEmpty() ? bundleLicence(jar) : licences);
        } catch (ZipException e) {
            // The file is not a jar after all; the search for modules has already said so.
            return new JarDescription(Optional.empty(), "", List.of());
        }
    }

    private static Coordinates coordinates(JarFile jar, ZipEntry entry) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = jar.getInputStream(entry)) {
            properties.load(in);
        }
        return new Coordinates(properties.getProperty("groupId", ""), properties.getProperty("artifactId", ""),
                properties.getProperty("version", ""));
    }

    private static List<String> licences(JarFile jar, String properties) throws IOException {
        ZipEntry pom = jar.getEntry(properties.substring(0, properties.length() - PROPERTIES.length()) + "/pom.xml");
        if (pom == null) {
            return List.of();
        }
        try (InputStream in = jar.getInputStream(pom)) {
            return licences(in.readAllBytes());
        } catch (SAXException e) {
            return List.of(); // Maven read it once; a jar that was damaged later may still run
        }
    }

    private static List<String> licences(byte[] pom) throws SAXException, IOException {
        List<String> names = new ArrayList<>();
        for (Element licences : children(parse(pom), "licenses")) {
            for (Element licence : children(licences, "license")) {
                children(licence, "name").forEach(name -> names.add(name.getTextContent().strip()));
            }
        }
        return names;
    }

    private static Element parse(byte[] xml) throws SAXException, IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml)).getDocumentElement();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every Java parses XML without a document type", e);
        }
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        NodeList nodes = parent.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            Node node = nodes.item(i);
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    /** {@return the licences of OSGi's header: names or addresses with commas between them, attributes behind semicolons} */
    private static List<String> bundleLicence(JarFile jar) throws IOException {
        return Stream.of(header(jar, "Bundle-License").split(COMMA, -1))
                .map(licence -> licence.replaceFirst(";.*", "").replace("\"", "").strip())
                .filter(licence -> !licence.isEmpty())
                .toList();
    }

    private static String header(JarFile jar, String name) throws IOException {
        Manifest manifest = jar.getManifest();
        String value = manifest == null ? null : manifest.getMainAttributes().getValue(name);
        return value == null ? "" : value;
    }
}
