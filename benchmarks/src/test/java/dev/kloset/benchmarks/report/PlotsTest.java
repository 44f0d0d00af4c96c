package dev.kloset.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.benchmarks.job.GrowthJob;
import dev.kloset.benchmarks.measure.Measured;
import dev.kloset.benchmarks.measure.Result;
import dev.kloset.benchmarks.measure.Run;
import dev.kloset.benchmarks.measure.Series;
import dev.kloset.benchmarks.measure.Size;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class PlotsTest {

    private static final String UPSTREAM = ", driven by grpc-go";

    @Test
    void noResultsGiveNoPlot() {
        assertThat(Plots.of(List.of())).isEmpty();
    }

    @Test
    void aRatioIsABarWithItsNumberAndGrpcGoGoesBeforeOurHost() throws Exception {
        List<Result> results = new ArrayList<>();
        results.addAll(both("read <small> files", "records/s", 50, 100));
        results.addAll(both("read <small> files" + UPSTREAM, "records/s", 150, 100));
        results.addAll(both("plakar ls", "s", 2, 1));
        String speed = plot(results, "speed.svg");
        assertThat(speed).contains(">read &lt;small&gt; files<", ">1.50<", ">plakar ls<", ">0.50<");
        assertThat(speed.split("read &lt;small&gt;", -1)).as("one bar for both hosts").hasSize(2);
        assertThat(speed).contains("class=\"ours\"", "class=\"theirs\"", "prefers-color-scheme: dark");
    }

    @Test
    void processorTimeIsInvertedSoThatMoreIsBetter() throws Exception {
        assertThat(plot(both("list", "processor µs for each", 10, 25), "processor.svg")).contains(">2.50<");
    }

    @Test
    void growthHasACurveForEachCandidateInTwoPictures() throws Exception {
        List<Result> results = new ArrayList<>();
        for (int count : new int[]{ 10_000, 100_000, 1_000_000, 10_000_000 }) {
            String job = String.format("list %,d hard links", count) + UPSTREAM;
            for (String what : List.of("processor µs for each", "peak MiB")) {
                both(job, what, 80, 20).forEach(result -> results.add(result.on(GrowthJob.LIST, count)));
            }
        }
        String growth = plot(GrowthJob.JOB, results, "growth-records.svg");
        assertThat(growth).contains(">files<", ">Go SDK<", ">10,000<", ">10 M<", ">records<",
                ">Listing: processor µs per record<", ">Listing: peak resident memory, MiB<");
        assertThat(growth.split("<circle", -1)).as("points, and one of each curve to explain it")
                .hasSize(1 + 2 * (8 + 2));
    }

    @Test
    void curvesAreFoundByTheirJobAndNotByTheirTitles() throws Exception {
        List<Result> renamed = new ArrayList<>();
        for (String what : List.of("processor s per GB", "peak MiB")) {
            both("something else", what, 1, 2).forEach(result -> renamed.add(result.on(GrowthJob.READ, 10)));
        }
        assertThat(plot(GrowthJob.JOB, renamed, "growth-content.svg")).contains(">GiB<", ">10<");
        assertThat(Plots.of(List.of(measured("list", renamed)))).extracting(Plot::file)
                .doesNotContain("growth-content.svg", "growth-records.svg");
    }

    private static List<Result> both(String job, String what, double ours, double theirs) {
        return List.of(new Result(job, "files", what, Series.of(ours)),
                new Result(job, "Go SDK", what, Series.of(theirs)));
    }

    private static Measured measured(String job, List<Result> results) {
        return new Measured(job, new Run(Size.FULL, "benchmarks/run", "2026-11-25", 2, ""), results);
    }

    private static String plot(List<Result> results, String file) throws Exception {
        return plot("list", results, file);
    }

    private static String plot(String job, List<Result> results, String file) throws Exception {
        String svg = Plots.of(List.of(measured(job, results)))
                .stream()
                .filter(plot -> plot.file().equals(file))
                .findFirst()
                .orElseThrow()
                .svg();
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        return svg;
    }
}
