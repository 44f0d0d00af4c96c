package dev.kloset.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** docs/reference/maven.md has every goal with every parameter, as Maven reads them from the plugin's descriptor. */
class GoalsDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "reference", "maven.md");
    private static final String START = "\n## ";

    private static Element descriptor() throws Exception {
        try (InputStream xml = Objects.requireNonNull(
                GoalsDocumentTest.class.getResourceAsStream("/META-INF/maven/plugin.xml"), "plugin.xml")) {
            return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(xml).getDocumentElement();
        }
    }

    private static List<Element> all(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        NodeList nodes = parent.getElementsByTagName(name);
        for (int i = 0; i < nodes.getLength(); i++) {
            found.add((Element) nodes.item(i));
        }
        return found;
    }

    /** {@return the text of the first such element, or an empty one} */
    private static String text(Element parent, String name) {
        List<Element> found = all(parent, name);
        return found.isEmpty() ? "" : found.get(0).getTextContent().strip();
    }

    private static String rendered(Element descriptor) {
        StringBuilder text = new StringBuilder();
        List<Element> goals = all(descriptor, "mojo");
        goals.sort(Comparator.comparing(goal -> text(goal, "goal")));
        for (Element goal : goals) {
            text.append(START)
                    .append("kloset:")
                    .append(text(goal, "goal"))
                    .append("\n\n")
                    .append(wrapped(markdown(text(goal, "description"))))
                    .append("\n\n")
                    .append(when(goal))
                    .append("\n\n| parameter | property | default | meaning |\n|---|---|---|---|\n");
            parameters(goal).forEach(parameter -> text.append(row(goal, parameter)));
        }
        return text.toString();
    }

    private static String when(Element goal) {
        String phase = text(goal, "phase");
        String builds = text(goal, "executePhase");
        if (!phase.isEmpty()) {
            return "In a POM, it runs in the phase `" + phase + "` unless the execution names another one.";
        }
        return builds.isEmpty()
                ? "Call it on the command line; it needs no project."
                : "Call it on the command line; it first builds the project up to the phase `" + builds + "`.";
    }

    private static List<Element> parameters(Element goal) {
        return all(goal, "parameter").stream()
                .filter(parameter -> text(parameter, "editable").equals("true"))
                .sorted(Comparator.comparing(parameter -> text(parameter, "name")))
                .toList();
    }

    private static String row(Element goal, Element parameter) {
        String name = text(parameter, "name");
        Element values = all(goal, "configuration").get(0);
        String expression = text(values, name);
        String value = all(values, name).isEmpty() ? "" : all(values, name).get(0).getAttribute("default-value");
        return "| `" + name + "` | " + code(expression.isEmpty() ? "" : "-D" + property(expression)) + " | "
                + code(value)
                + " | " + markdown(text(parameter, "description")).replace("|", "\\|") + " |\n";
    }

    private static String property(String expression) {
        return expression.replaceFirst("^\\$\\{(.*)}$", "$1");
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }

    /** The descriptor has the comments as HTML, or as Javadoc, depending on who wrote them. */
    private static String markdown(String html) {
        return html.replaceAll("\\{@code ([^}]*)}", "`$1`")
                .replaceAll("</?code>", "`")
                .replace("<br>", " ")
                .replaceAll("</?(p|ul|li|a|em|b|i|tt)\\b[^>]*>", "")
                .replace("<", "&lt;")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String wrapped(String text) {
        StringBuilder lines = new StringBuilder();
        int length = 0;
        for (String word : text.split(" ", -1)) {
            boolean fits = length + word.length() < 100;
            lines.append(length == 0 ? "" : fits ? " " : "\n").append(word);
            length = (fits ? length + 1 : 0) + word.length();
        }
        return lines.toString();
    }

    /** With {@code -Dkloset.update=true} this test rewrites the document, as a change of the goals requires. */
    @Test
    void theDocumentHasEveryGoalAsMavenHasIt() throws Exception {
        String document = Files.readString(DOCUMENT);
        String introduction = document.substring(0, document.indexOf(START));
        String rendered = rendered(descriptor());
        if (Boolean.getBoolean("kloset.update")) {
            Files.writeString(DOCUMENT, introduction + rendered);
        }
        assertThat(Files.readString(DOCUMENT)).isEqualTo(introduction + rendered);
    }

    @Test
    void everyParameterHasADescription() throws Exception {
        for (Element goal : all(descriptor(), "mojo")) {
            assertThat(text(goal, "description")).as(text(goal, "goal")).isNotEmpty();
            assertThat(parameters(goal)).isNotEmpty()
                    .allSatisfy(parameter -> assertThat(text(parameter, "description")).as(text(parameter, "name"))
                            .isNotEmpty());
        }
    }

    @Test
    void theGoalsThatPeopleCallAreThere() throws Exception {
        assertThat(rendered(descriptor())).contains(START + "kloset:attach", START + "kloset:help",
                START + "kloset:image", START + "kloset:manifest", START + "kloset:package", START + "kloset:run");
    }
}
