package dev.kloset.testkit.report;

import dev.kloset.testkit.contract.ClauseResult;
import dev.kloset.testkit.contract.Conformance;
import dev.kloset.testkit.contract.Outcome;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The XML that build servers read: one test case per clause; waived and inapplicable clauses are skipped tests. */
public final class JunitReport {

    private final XMLStreamWriter xml;
    private final Conformance result;

    private JunitReport(XMLStreamWriter xml, Conformance result) {
        this.xml = xml;
        this.result = result;
    }

    /** {@return the results as XML that build servers read} */
    public static String of(Conformance result) {
        StringWriter text = new StringWriter();
        try {
            // That of the JDK, whatever else is on the class path of a test.
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            new JunitReport(xml, result).write();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("cannot write the report of " + result.subject(), e);
        }
        return text + "\n";
    }

    private void write() throws XMLStreamException {
        long skipped = result.count(Outcome.Waived.class) + result.count(Outcome.NotApplicable.class);
        xml.writeStartDocument("UTF-8", "1.0");
        line(0);
        xml.writeStartElement("testsuite");
        attribute("name", "kloset check " + result.kind().manifestType() + " " + result.subject());
        attribute("tests", String.valueOf(result.results().size()));
        attribute("failures", String.valueOf(result.failures().size()));
        attribute("errors", "0");
        attribute("skipped", String.valueOf(skipped));
        attribute("time", seconds(result.time()));
        for (ClauseResult each : result.results()) {
            testCase(each);
        }
        line(0);
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void testCase(ClauseResult each) throws XMLStreamException {
        line(1);
        xml.writeStartElement("testcase");
        attribute("classname", "kloset." + result.kind().manifestType());
        attribute("name", each.clause().id() + " " + each.clause().rule());
        attribute("time", seconds(each.time()));
        switch (each.outcome()) {
            case Outcome.Passed _ -> {
            }
            case Outcome.Failed failed -> failure(each, failed);
            case Outcome.Waived waived -> skipped("waived: " + waived.reason() + " (seen: "
                    + waived.failure().seen() + ")");
            case Outcome.NotApplicable none -> skipped(none.reason());
        }
        if (!each.notes().isEmpty()) {
            line(2);
            xml.writeStartElement("system-out");
            xml.writeCharacters(Markup.allowed(String.join("\n", each.notes())));
            xml.writeEndElement();
        }
        line(1);
        xml.writeEndElement();
    }

    private void failure(ClauseResult each, Outcome.Failed failed) throws XMLStreamException {
        line(2);
        xml.writeStartElement("failure");
        attribute("message", "expected " + failed.expected() + ", seen " + failed.seen());
        xml.writeCharacters(Markup.allowed(each.clause().reason()));
        xml.writeEndElement();
    }

    private void skipped(String why) throws XMLStreamException {
        line(2);
        xml.writeEmptyElement("skipped");
        attribute("message", why);
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, Markup.allowed(value));
    }

    private void line(int depth) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toMillis() / 1000.0);
    }
}
