package dev.kloset.benchmarks.report;

/** A picture in SVG that is readable on light and on dark pages: it brings its own background, and follows the reader's preference. */
final class Svg {

    /** Which point of a text its position denotes. */
    enum Anchor {
        START("start"),
        MIDDLE("middle"),
        END("end");

        private final String word;

        Anchor(String word) {
            this.word = word;
        }
    }

    private static final String STYLE = """
            <style>
            .ground { fill: #ffffff } text { fill: #1f2328; font: 13px system-ui, sans-serif } .title { font-weight: 600; font-size: 15px }
            .small { font-size: 12px; fill: #59636e } .grid { stroke: #d1d9e0; fill: none } .axis { stroke: #59636e; fill: none }
            .ours { fill: #0969da; stroke: #0969da } .theirs { fill: #bc4c00; stroke: #bc4c00 } .line { fill: none; stroke-width: 2 }
            @media (prefers-color-scheme: dark) {
            .ground { fill: #0d1117 } text { fill: #e6edf3 } .small { fill: #9198a1 } .grid { stroke: #3d444d } .axis { stroke: #9198a1 }
            .ours { fill: #58a6ff; stroke: #58a6ff } .theirs { fill: #f0883e; stroke: #f0883e } .line { fill: none }
            }
            </style>
            """;

    private final StringBuilder elements = new StringBuilder();
    private final int width;
    private final int height;

    Svg(int width, int height) {
        this.width = width;
        this.height = height;
        rectangle("ground", 0, 0, width, height);
    }

    Svg rectangle(String style, double x, double y, double width, double height) {
        return add("rect", style, attribute("x", x) + attribute("y", y) + attribute("width", width)
                + attribute("height", height), "");
    }

    Svg line(String style, double x1, double y1, double x2, double y2) {
        return add("line", style,
                attribute("x1", x1) + attribute("y1", y1) + attribute("x2", x2) + attribute("y2", y2), "");
    }

    Svg dot(String style, double x, double y) {
        return add("circle", style, attribute("cx", x) + attribute("cy", y) + attribute("r", 4), "");
    }

    Svg text(String style, double x, double y, Anchor anchor, String text) {
        return add("text", style, attribute("x", x) + attribute("y", y) + " text-anchor=\"" + anchor.word + "\"", text);
    }

    private static String attribute(String name, double value) {
        return String.format(" %s=\"%.1f\"", name, value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private Svg add(String element, String style, String attributes, String text) {
        elements.append('<').append(element).append(" class=\"").append(style).append('"').append(attributes);
        elements.append('>').append(escaped(text)).append("</").append(element).append(">\n");
        return this;
    }

    @Override
    public String toString() {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + height
                + "\" viewBox=\"0 0 "
                + width + " " + height + "\">\n" + STYLE + elements + "</svg>\n";
    }
}
