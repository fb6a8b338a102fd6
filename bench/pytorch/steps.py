"""The training steps of the bench in PyTorch, on one GPU: eager and torch.compile, TF32 off and on.

python steps.py [--device cuda|cpu] [--json]

Prints rows with the fields of `npm run bench -- --json`. A step hands the batch over, runs forward, backward and SGD
(Nesterov momentum, weight decay), and reads the loss, as the other engines do. Medians.
"""

import argparse
import json
import statistics
import time

import torch
from torch import nn
from torch.nn import functional


class Block(nn.Module):
    """A basic block: two 3x3 convolutions, a 1x1 shortcut where the shape changes."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.downsample = None
        if stride != 1 or inputs != outputs:
            self.downsample = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs)
            )

    def forward(self, x):
        shortcut = x if self.downsample is None else self.downsample(x)
        inner = functional.relu(self.bn1(self.conv1(x)))
        return functional.relu(self.bn2(self.conv2(inner)) + shortcut)


class ResNet(nn.Module):
    """CIFAR ResNet-(6n+2): 16, 32 and 64 channels, n blocks a stage."""

    def __init__(self, blocks):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        rows, inputs = [], 16
        for stage, outputs in enumerate((16, 32, 64)):
            for block in range(blocks):
                rows.append(Block(inputs, outputs, 2 if stage > 0 and block == 0 else 1))
                inputs = outputs
        self.blocks = nn.Sequential(*rows)
        self.fc = nn.Linear(64, 10)

    def forward(self, x):
        return self.fc(self.blocks(functional.relu(self.bn1(self.conv1(x)))).mean((2, 3)))


def multiply_adds(network, batch):
    """Multiply-adds of a training step, as the plan counts them: forward, both gradients, none for the images."""
    total = 0

    def count(module, inputs, output):
        nonlocal total
        weight = module.weight
        one = output.numel() * weight[0].numel()
        total += one * (2 if isinstance(module, nn.Conv2d) and weight.shape[1] == 3 else 3)

    layers = [m for m in network.modules() if isinstance(m, (nn.Conv2d, nn.Linear))]
    hooks = [layer.register_forward_hook(count) for layer in layers]
    with torch.no_grad():
        network(torch.zeros(batch, 3, 32, 32, device=next(network.parameters()).device))
    for hook in hooks:
        hook.remove()
    return total


def time_runs(run, device, warm_up, most):
    """Median milliseconds of a run that waits for the device."""
    wait = torch.cuda.synchronize if device == "cuda" else lambda: None
    for _ in range(warm_up):
        run()
    wait()
    times = []
    for _ in range(most):
        started = time.perf_counter()
        run()
        wait()
        times.append(1000 * (time.perf_counter() - started))
    return statistics.median(times)


def measure_step(blocks, batch, device, compiled, repeats):
    torch.manual_seed(1)
    network = ResNet(blocks).to(device)
    count = multiply_adds(network, batch)
    network.train()
    forward = torch.compile(network) if compiled else network
    optimiser = torch.optim.SGD(network.parameters(), 0.05, 0.9, nesterov=True, weight_decay=1e-4)
    images = torch.randn(batch, 3, 32, 32)
    labels = torch.arange(batch) % 10

    def run():
        optimiser.zero_grad()
        loss = functional.cross_entropy(forward(images.to(device)), labels.to(device))
        loss.backward()
        optimiser.step()
        return loss.item()

    if device == "cuda":
        run()
        torch.cuda.reset_peak_memory_stats()
    milliseconds = time_runs(run, device, 10 if device == "cuda" else 2, repeats)
    peak = torch.cuda.max_memory_allocated() if device == "cuda" else None
    return milliseconds, 2 * count / milliseconds / 1e6, peak


def measure_product(size, device, repeats):
    a, b = torch.randn(size, size, device=device), torch.randn(size, size, device=device)
    milliseconds = time_runs(lambda: a @ b, device, 5, repeats)
    return milliseconds, 2 * size**3 / milliseconds / 1e6


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--repeats", type=int, default=50)
    given = parser.parse_args()
    device = given.device
    name = torch.cuda.get_device_name() if device == "cuda" else "cpu"
    rows = []

    def row(case, engine, milliseconds, rate, batch=None, peak=None, note=""):
        rows.append(
            {
                "case": case,
                "engine": engine,
                "host": "python",
                "milliseconds": milliseconds,
                "imagesPerSecond": None if batch is None or milliseconds is None else 1000 * batch / milliseconds,
                "gflops": rate,
                "dispatches": None,
                "submits": None,
                "javascriptMilliseconds": None,
                "plannedBytes": None,
                "allocatedBytes": peak,
                "note": "; ".join(text for text in (f"PyTorch {torch.__version__}, {name}", note) if text),
            }
        )

    for tf32 in (False, True) if device == "cuda" else (False,):
        torch.backends.cuda.matmul.allow_tf32 = tf32
        torch.backends.cudnn.allow_tf32 = tf32
        precision = "tf32" if tf32 else "fp32"
        milliseconds, rate = measure_product(1024, device, given.repeats)
        row("matrix product, 1024 cubed", f"pytorch-{precision}", milliseconds, rate)
        for case, blocks, batch in (("bp/resnet8, batch 8", 1, 8), ("bp/resnet32, batch 32", 5, 32)):
            for mode in ("eager", "compile"):
                engine = f"pytorch-{mode}-{precision}"
                try:
                    measured = measure_step(blocks, batch, device, mode == "compile", given.repeats)
                    row(case, engine, measured[0], measured[1], batch, measured[2])
                except Exception as error:  # A peer that cannot run says why.
                    row(case, engine, None, None, note=f"{type(error).__name__}: {str(error).splitlines()[0]}")
    if given.json:
        print(json.dumps(rows, indent=2))
        return
    print("| case | engine | milliseconds | GFLOP/s | allocated MB | note |\n| --- | --- | --- | --- | --- | --- |")
    number = lambda value, digits: "" if value is None else f"{value:.{digits}f}"
    for entry in rows:
        peak = None if entry["allocatedBytes"] is None else entry["allocatedBytes"] / 1e6
        cells = [entry["case"], entry["engine"], number(entry["milliseconds"], 2), number(entry["gflops"], 1)]
        print("| " + " | ".join([*cells, number(peak, 1), entry["note"]]) + " |")


if __name__ == "__main__":
    main()
