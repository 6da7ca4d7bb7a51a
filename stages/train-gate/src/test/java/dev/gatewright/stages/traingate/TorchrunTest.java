// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.report.Report;
import dev.gatewright.validation.metrics.gate.Verdict;
import dev.gatewright.validation.testkit.Requires;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A training of two ranks, by PyTorch's own launcher. */
@Tag("python")
@Tag("slow")
@Timeout(300)
class TorchrunTest {
    /** Where the output of the ranks goes is said, since Debian 12's PyTorch on its Python 3.11 fails where it is not. */
    private static final String RUN = "torchrun --standalone --nproc_per_node 2 --redirects 1 --tee 1 train.py";

    private static final List<String> GATES = List.of("metric: rank_sum, min: 3", "metric: loss, max: 0.1");

    /** Two ranks fit one slope by the mean of their gradients; the first writes. */
    private static final String SCRIPT = """
            import json, os, signal, sys, time
            import torch, torch.distributed as dist
            dist.init_process_group("gloo")
            rank = dist.get_rank()
            total = torch.tensor([rank + 1.0])
            dist.all_reduce(total)
            slope = torch.zeros(1, requires_grad=True)
            losses = []
            for epoch in range(20):
                %s
                x = torch.arange(1.0, 5.0) + rank
                loss = ((slope * x - 2 * x) ** 2).mean()
                gradient, = torch.autograd.grad(loss, slope)
                dist.all_reduce(gradient)
                with torch.no_grad():
                    slope -= 0.02 * gradient / dist.get_world_size()
                losses.append(loss.item())
                if rank == 0:
                    with open("build/m", "w") as file:
                        json.dump({"rank_sum": total.item(), "loss": losses}, file)
                    os.replace("build/m", "build/metrics.json")
            """;

    private TrainingFolder folder;

    @BeforeEach
    void makeFolder(@TempDir Path path) {
        boolean hasTorchrun = Arrays.stream(System.getenv("PATH").split(":", -1))
                .anyMatch(bin -> Files.isExecutable(Path.of(bin, "torchrun")));
        Requires.that(hasTorchrun, "needs torchrun, which ./verify sets up (Debian's python3-torch)");
        folder = new TrainingFolder(path);
    }

    @Test
    void judgesWhatTwoRanksLearnedTogether() throws Exception {
        Report report = train("pass");

        assertThat(TrainingFolder.sentences(report).get(0)).isEqualTo("rank_sum 3 holds min 3");
        assertThat(report.verdict()).contains(Verdict.PASSED);
    }

    /** The numbers that lie there were good until a rank was lost. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "os.kill(os.getpid(), signal.SIGKILL) if rank == 1 and epoch == 15 else None",
                "sys.exit(3) if rank == 1 and epoch == 15 else None",
                "1 / 0 if rank == 0 and epoch == 15 else None",
            })
    void isNotEvaluatedWhereARankIsLost(String loss) throws Exception {
        Report report = train(loss);

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(TrainingFolder.sentences(report))
                .hasSize(2)
                .allSatisfy(sentence -> assertThat(sentence).contains("ended with exit code 1"));
        assertThat(folder.path("build/metrics.json")).exists();
        assertThat(folder.running()).isEmpty();
    }

    @Test
    void endsBothRanksWhereOneHangs() throws Exception {
        folder.keys("time-limit: 20s");

        Report report = train("time.sleep(600) if rank == 1 and epoch == 15 else None");

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(TrainingFolder.sentences(report).get(0)).contains("it ran longer than its time-limit of 20 s");
        assertThat(folder.running()).isEmpty();
    }

    private Report train(String inEachEpoch) throws Exception {
        Files.writeString(folder.path("train.py"), SCRIPT.formatted(inEachEpoch));
        return folder.run(RUN, GATES);
    }
}
