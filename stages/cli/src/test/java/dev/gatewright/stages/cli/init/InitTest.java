// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.init;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.cli.Shell;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import dev.gatewright.validation.testkit.onnx.Onnx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gatewright init}: what it writes is valid and passes; what it cannot tell, it asks for. */
class InitTest {
    private static final Pattern BOUND = Pattern.compile(
            "\\{metric: (\\w+).* (min|max): ([0-9.]+)\\} # measured ([0-9.]+) on (\\d+) rows; ([0-9.]+) is the (lower|upper) end");

    @TempDir
    private Path folder;

    private List<String> written = List.of();

    @Test
    void takesColumnsLabelAndClassesFromWhatTheModelNames() throws Exception {
        model().metadata("gatewright.features", "[\"f2\", \"f0\", \"f1\"]")
                .metadata("gatewright.classes", "[\"low\", \"mid\", \"high\"]")
                .writeTo(folder.resolve("model.onnx"));
        rows(List.of("group", "f0", "f1", "f2", "answer"), List.of("f2", "f0", "f1"), List.of("low", "mid", "high"));

        initPasses("model.onnx", "rows.csv");

        assertThat(written)
                .contains("  task: multiclass-classification", "      x: [f2, f0, f1]")
                .anyMatch(line -> line.startsWith("    label: answer # "))
                .anyMatch(line -> line.startsWith("  classes: [low, mid, high] # as the model names them"));
    }

    @Test
    void findsNumberedColumnsAmongOthers() throws Exception {
        model().writeTo(folder.resolve("model.onnx"));
        rows(List.of("weight", "f0", "f1", "f2", "label"), List.of("f0", "f1", "f2"), List.of("0", "1", "2"));

        initPasses("model.onnx", "rows.csv");

        assertThat(written)
                .contains("    label: label", "      x: \"f*\"")
                .anyMatch(line -> line.startsWith("  classes: [\"0\", \"1\", \"2\"] # the labels count them"));
    }

    @Test
    void findsThatScoresAreLogits() throws Exception {
        Onnx.model()
                .input("x", Onnx.FLOAT, "N,3")
                .floats("ten", "1", 10)
                .node("Mul", "x,ten", "scores")
                .output("scores", Onnx.FLOAT, "N,3")
                .writeTo(folder.resolve("model.onnx"));
        rows(List.of("f0", "f1", "f2", "label"), List.of("f0", "f1", "f2"), List.of("0", "1", "2"));

        initPasses("model.onnx", "rows.csv");

        assertThat(written).anyMatch(line -> line.startsWith("  scores-are: logits"));
    }

    @Test
    void takesTheClassesOfManyLabelsFromTheirColumns() throws Exception {
        Onnx.model()
                .input("x", Onnx.FLOAT, "N,2")
                .floats("half", "1", 0.5f)
                .node("Sub", "x,half", "scores")
                .output("scores", Onnx.FLOAT, "N,2")
                .writeTo(folder.resolve("model.onnx"));
        manyLabels();

        initPasses("model.onnx", "rows.csv", "--label", "is_*");

        assertThat(written)
                .contains("  task: multilabel-classification", "    label: \"is_*\"", "      x: \"f*\"")
                .anyMatch(line -> line.startsWith("  classes: [car, cat] # as the columns of the label name them"))
                .anyMatch(line -> line.startsWith("  scores-are: logits # they are no probabilities: some are below 0"))
                .anyMatch(line -> line.contains("{metric: hamming_loss, max: "))
                .anyMatch(line -> line.contains("{metric: f1, average: macro, min: "));
    }

    @Test
    void judgesPredictionsOfManyLabelsByTheirProbabilities() throws Exception {
        manyLabels();

        initPasses("rows.csv", "--task", "multilabel-classification", "--label", "is_car,is_cat", "--classes", "a,b");

        assertThat(written)
                .contains("  classes: [a, b]", "      label: [is_car, is_cat]", "      scores: \"p_*\"")
                .anyMatch(line -> line.contains("{metric: hamming_loss, max: "));
    }

    @Test
    void asksForTheColumnsOfManyLabels() throws Exception {
        manyLabels();

        asks(
                "which columns hold a 0 or 1 for each class cannot be told",
                "--label COLUMN,COLUMN",
                "rows.csv",
                "--task",
                "multilabel-classification");
        asks(
                "hold 2 values a row, and there are 3 classes, a, b, c",
                "--classes CLASS,CLASS",
                "rows.csv",
                "--label",
                "is_*",
                "--classes",
                "a,b,c");
        asks("no column that matches 'has_*'", "--label COLUMN,COLUMN", "rows.csv", "--label", "has_*");
    }

    /** Rows of two classes that a model may each find or not, and a probability of each. */
    private void manyLabels() throws IOException {
        StringBuilder csv = new StringBuilder("is_car,is_cat,f0,f1,p_car,p_cat\n");
        for (int i = 0; i < 120; i++) {
            boolean car = i % 2 == 0;
            boolean cat = i % 3 == 0;
            boolean wrong = i % 11 == 0;
            csv.append(car ? 1 : 0).append(',').append(cat ? 1 : 0).append(',');
            csv.append(car != wrong ? "1," : "0,").append(cat ? "1," : "0,");
            csv.append(car != wrong ? "0.9," : "0.1,")
                    .append(cat ? "0.8" : "0.3")
                    .append('\n');
        }
        Files.writeString(folder.resolve("rows.csv"), csv);
    }

    @Test
    void judgesARegressionByItsError() throws Exception {
        regression();

        initPasses("model.onnx", "rows.csv", "--label", "price");

        assertThat(written)
                .anyMatch(line -> line.startsWith("  task: regression"))
                .anyMatch(line -> line.contains("{metric: rmse, max: "))
                .anyMatch(line -> line.contains("{metric: mae, max: "))
                .noneMatch(line -> line.contains("classes"));
    }

    @Test
    void findsTheArraysOfAnArchive() throws Exception {
        model().writeTo(folder.resolve("model.onnx"));
        ByteBuffer features = ByteBuffer.allocate(120 * 3 * 4).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer labels = ByteBuffer.allocate(120 * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 120; i++) {
            for (int k = 0; k < 3; k++) {
                features.putFloat(k == i % 3 ? 1 : 0);
            }
            labels.putLong(i % 3);
        }
        try (ZipOutputStream npz = new ZipOutputStream(Files.newOutputStream(folder.resolve("rows.npz")))) {
            array(npz, "images", "{'descr': '<f4', 'fortran_order': False, 'shape': (120, 3), }", features.array());
            array(npz, "digits", "{'descr': '<i8', 'fortran_order': False, 'shape': (120,), }", labels.array());
        }

        initPasses("model.onnx", "rows.npz");

        assertThat(written).contains("      x: images").anyMatch(line -> line.startsWith("    label: digits # "));
    }

    private static void array(ZipOutputStream npz, String name, String header, byte[] elements) throws IOException {
        byte[] text = (header + "\n").getBytes(StandardCharsets.ISO_8859_1);
        npz.putNextEntry(new ZipEntry(name + ".npy"));
        npz.write("\u0093NUMPY\1\0".getBytes(StandardCharsets.ISO_8859_1));
        npz.write(new byte[] {(byte) text.length, (byte) (text.length >> 8)});
        npz.write(text);
        npz.write(elements);
    }

    @Test
    void judgesPredictionsWithoutAModel() throws Exception {
        StringBuilder csv = new StringBuilder("id,truth,predicted,p_no,p_yes\n");
        for (int i = 0; i < 200; i++) {
            String truth = i % 2 == 0 ? "no" : "yes";
            boolean wrong = i % 10 == 0;
            csv.append(i).append(',').append(truth).append(',').append(wrong == (i % 2 == 0) ? "yes" : "no");
            csv.append(wrong == (i % 2 == 0) ? ",0.3,0.7\n" : ",0.7,0.3\n");
        }
        Files.writeString(folder.resolve("answers.csv"), csv);

        initPasses("answers.csv");

        assertThat(written)
                .contains(
                        "      label: truth",
                        "      prediction: predicted",
                        "  task: binary-classification # labels and answers are classes")
                .anyMatch(line -> line.startsWith("  classes: [\"no\", \"yes\"]"));
    }

    /** Whatever the model is worth, each bound is an end of what was measured, and the model itself holds it. */
    @Seeded(cases = 3)
    void writesBoundsThatWereMeasured(Gen gen) throws Exception {
        Path place = Files.createTempDirectory(folder, "case");
        model().writeTo(place.resolve("m.onnx"));
        int count = gen.integer(30, 300);
        int wrongInTen = gen.integer(0, 6);
        StringBuilder csv = new StringBuilder("a,b,c,target\n");
        for (int i = 0; i < count; i++) {
            int k = gen.integer(0, 2);
            int label = gen.integer(0, 9) < wrongInTen ? (k + 1) % 3 : k;
            csv.append(k == 0 ? 1 : 0)
                    .append(',')
                    .append(k == 1 ? 1 : 0)
                    .append(',')
                    .append(k == 2 ? 1 : 0);
            csv.append(',').append(label).append('\n');
        }
        Files.writeString(place.resolve("d.csv"), csv);

        initPasses(place, "m.onnx", "d.csv");

        int bounds = 0;
        for (String line : written) {
            Matcher found = BOUND.matcher(line);
            if (found.find()) {
                bounds++;
                double bound = Double.parseDouble(found.group(3));
                double measured = Double.parseDouble(found.group(4));
                assertThat(found.group(5)).isEqualTo(Integer.toString(count));
                assertThat(found.group(6)).isEqualTo(found.group(3));
                if (found.group(2).equals("min")) {
                    assertThat(bound).isLessThan(measured);
                } else {
                    assertThat(bound).isGreaterThan(measured);
                }
            }
        }
        assertThat(bounds).as("gates of %s", written).isBetween(2, 3);
    }

    @Test
    void neverWritesOverAFile() throws Exception {
        model().writeTo(folder.resolve("model.onnx"));
        rows(List.of("f0", "f1", "f2", "label"), List.of("f0", "f1", "f2"), List.of("0", "1", "2"));
        Files.writeString(folder.resolve("gatewright.yaml"), "precious");

        Shell.Answer answer = init(folder, "model.onnx", "rows.csv");

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err()).contains("it is there already", "write: --out another.yaml");
        assertThat(folder.resolve("gatewright.yaml")).hasContent("precious");
        assertThat(init(
                                folder,
                                "model.onnx",
                                "rows.csv",
                                "--out",
                                folder.resolve("other.yaml").toString())
                        .code())
                .isZero();
    }

    @Test
    void asksForTheLabel() throws Exception {
        model().writeTo(folder.resolve("model.onnx"));
        rows(List.of("one", "two", "f0", "f1", "f2"), List.of("f0", "f1", "f2"), List.of("0", "1", "2"));

        asks("it may be one of one, two", "--label one", "model.onnx", "rows.csv");
    }

    @Test
    void asksForTheColumnsOfAnInput() throws Exception {
        model().writeTo(folder.resolve("model.onnx"));
        rows(List.of("f0", "f1", "g0", "g1", "f2", "label"), List.of("f0", "f1", "f2"), List.of("0", "1", "2"));
        Files.writeString(
                folder.resolve("rows.csv"),
                Files.readString(folder.resolve("rows.csv")).replaceFirst("f0,f1,g0,g1,f2", "one,two,three,four,five"));

        asks("which columns feed the model's inputs 'x' (3 values a row)", "--input x=", "model.onnx", "rows.csv");
        initPasses("model.onnx", "rows.csv", "--input", "x=one,two,five");
    }

    @Test
    void asksForTheOrderOfClassesThatTheModelDoesNotName() throws Exception {
        model().writeTo(folder.resolve("model.onnx"));
        rows(List.of("f0", "f1", "f2", "label"), List.of("f0", "f1", "f2"), List.of("low", "mid", "high"));

        asks("the order of the model's 3 classes", "--classes high,low,mid", "model.onnx", "rows.csv");
        initPasses("model.onnx", "rows.csv", "--classes", "low,mid,high");
    }

    @Test
    void asksForTheAnswerAmongSeveralOutputs() throws Exception {
        model().node("Neg", "scores", "other")
                .output("other", Onnx.FLOAT, "N,3")
                .writeTo(folder.resolve("model.onnx"));
        rows(List.of("f0", "f1", "f2", "label"), List.of("f0", "f1", "f2"), List.of("0", "1", "2"));

        asks("which of the model's outputs is its answer", "--scores scores", "model.onnx", "rows.csv");
        initPasses("model.onnx", "rows.csv", "--scores", "scores");
    }

    @Test
    void asksForRows() throws Exception {
        model().writeTo(folder.resolve("model.onnx"));

        asks("name a file with labelled rows too", "gatewright init", "model.onnx");
    }

    @Test
    void saysWhyNothingCanBeMeasured() throws Exception {
        model().writeTo(folder.resolve("model.onnx"));
        Files.writeString(folder.resolve("rows.csv"), "f0,f1,f2,label\n1,0,0,0\n0,1,none,1\n0,0,1,2\n");

        Shell.Answer answer = init(folder, "model.onnx", "rows.csv");

        assertThat(answer.code()).as(answer.all()).isEqualTo(3);
        assertThat(answer.err()).contains("nothing can be measured", "row 2", "'none'");
        assertThat(folder.resolve("gatewright.yaml")).doesNotExist();
    }

    /** The largest of three numbers. */
    private static Onnx model() {
        return Onnx.softmaxClassifier(new float[][] {{5, 0, 0}, {0, 5, 0}, {0, 0, 5}}, new float[] {0, 0, 0});
    }

    private void regression() throws IOException {
        Onnx.model()
                .input("area", Onnx.FLOAT, "N,1")
                .floats("two", "1", 2)
                .node("Mul", "area,two", "price")
                .output("price", Onnx.FLOAT, "N,1")
                .writeTo(folder.resolve("model.onnx"));
        StringBuilder csv = new StringBuilder("area,price\n");
        for (int i = 0; i < 100; i++) {
            csv.append(i).append(',').append(2 * i + (i % 3 - 1) * 0.5).append('\n');
        }
        Files.writeString(folder.resolve("rows.csv"), csv);
    }

    /** Rows in which the class is the position of the largest of the {@code features}; all other columns hold 0. */
    private void rows(List<String> columns, List<String> features, List<String> classes) throws IOException {
        StringBuilder csv = new StringBuilder(String.join(",", columns)).append('\n');
        for (int i = 0; i < 120; i++) {
            int largest = i % 3;
            List<String> cells = new ArrayList<>();
            for (String column : columns) {
                int feature = features.indexOf(column);
                boolean isLabel = column.equals(columns.get(columns.size() - 1)) && feature < 0;
                cells.add(isLabel ? classes.get(largest) : feature == largest ? "1" : "0");
            }
            csv.append(String.join(",", cells)).append('\n');
        }
        Files.writeString(folder.resolve("rows.csv"), csv);
    }

    private void asks(String message, String option, String... arguments) {
        Shell.Answer answer = init(folder, arguments);
        assertThat(answer.code()).as(answer.all()).isEqualTo(2);
        assertThat(answer.err()).contains(message, "write: " + option);
        assertThat(folder.resolve("gatewright.yaml")).doesNotExist();
    }

    private void initPasses(String... arguments) throws IOException {
        initPasses(folder, arguments);
    }

    /** The property of all that is written: it is valid, and the model that it was written from passes. */
    private void initPasses(Path place, String... arguments) throws IOException {
        Shell.Answer answer = init(place, arguments);
        assertThat(answer.code()).as(answer.all()).isZero();
        String spec = place.resolve("gatewright.yaml").toString();
        written = Files.readAllLines(Path.of(spec));
        Shell.Answer valid = new Shell().run("validate", spec);
        assertThat(valid.code()).as("%s%n%s", valid.all(), written).isZero();
        assertThat(valid.err()).doesNotContain("warning");
        Shell.Answer run = new Shell().run("run", spec);
        assertThat(run.code()).as("%s%n%s", run.all(), written).isZero();
    }

    /** The files of {@code arguments} lie in {@code place}. */
    private Shell.Answer init(Path place, String... arguments) {
        List<String> line = new ArrayList<>(List.of("init"));
        boolean writesElsewhere = List.of(arguments).contains("--out");
        for (String argument : arguments) {
            boolean isFile = argument.matches("\\w+\\.(onnx|csv|npz)");
            line.add(isFile ? place.resolve(argument).toString() : argument);
        }
        if (!writesElsewhere) {
            line.addAll(List.of("--out", place.resolve("gatewright.yaml").toString()));
        }
        return new Shell().run(line.toArray(String[]::new));
    }
}
