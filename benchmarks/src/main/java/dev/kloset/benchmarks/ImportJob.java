package dev.kloset.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The same tree imported by everybody in turn.
 *
 * @param readers how many contents are open at a time; zero: none is opened
 * @param perBytes whether the rate is of bytes, not of records
 */
record ImportJob(String name, Path source, int readers, boolean perBytes) {

    private static final double MEBIBYTE = 1 << 20;
    private static final double GIGABYTE = 1e9;

    List<Result> run(List<Contestant> contestants, int runs) throws IOException, InterruptedException {
        Map<String, List<Import>> imports = new LinkedHashMap<>();
        for (int run = 0; run < runs; run++) {
            for (Contestant contestant : contestants) {
                imports.computeIfAbsent(contestant.name(), key -> new ArrayList<>())
                        .add(Import.of(contestant, source, readers));
            }
        }
        List<Result> results = new ArrayList<>();
        imports.forEach((who, all) -> {
            if (perBytes) {
                add(results, who, "MiB/s", all, i -> i.bytes() / MEBIBYTE / i.seconds());
                add(results, who, "processor s per GB", all, i -> i.processorSeconds() / i.bytes() * GIGABYTE);
            } else {
                add(results, who, "records/s", all, i -> i.records() / i.seconds());
                add(results, who, "processor µs per record", all, i -> i.processorSeconds() * 1e6 / i.records());
            }
            add(results, who, "peak MiB", all, Import::peakMebibytes);
            add(results, who, "resident MiB afterwards", all, Import::residentMebibytes);
        });
        return results;
    }

    private void add(List<Result> results, String who, String what, List<Import> all, ToDoubleFunction<Import> value) {
        results.add(Result.of(name, who, what, all.stream().mapToDouble(value)));
    }
}
