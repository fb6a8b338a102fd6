"""Repeats golden files with hpff.py and compares as golden/README.md says. A line a file: ok or FAIL, its name, the five errors."""
import json
import os
import re
import sys

sys.path.insert(0, sys.argv[1])

import torch  # noqa: E402

from hpff import LocalLearning, LocalNetwork  # noqa: E402
from tensor_file import load_tensors  # noqa: E402

# Its gradient is zero but for rounding: a convolution's bias in front of a batch normalisation.
BEFORE_NORM = re.compile(r"decoder\.patch\.\d+\.0\.bias$")


def norm(tensor):
    return tensor.double().norm().item()


def part_of(tensors, name):
    return {key[len(name) + 1 :]: value for key, value in tensors.items() if key.startswith(f"{name}.")}


def worst(found, wanted, scale):
    """The worst error over tensors, against their own size `scale` plus a thousandth of the typical one."""
    typical = (sum(size**2 for size in scale.values()) / len(scale)) ** 0.5
    return max(norm(found[key].double() - wanted[key].double()) / (scale[key] + 1e-3 * typical) for key in scale)


def check(path):
    tensors, metadata = load_tensors(path)
    config, losses = json.loads(metadata["config"]), json.loads(metadata["losses"])
    batch, tolerance = int(metadata["batch"]), json.loads(metadata["tolerance"])
    initial, final, gradient = (part_of(tensors, name) for name in ("init", "final", "grad"))
    network = LocalNetwork(config)
    learning = LocalLearning(network)
    names = {name for name in network.state_dict() if not name.endswith("num_batches_tracked")}
    if names != set(initial):
        return f"tensors differ: {sorted(names ^ set(initial))}"
    learning.load(initial)
    name_of = {parameter: name for name, parameter in network.named_parameters()}
    seen, loss_error = {}, 0.0

    def watch(owner, gradients):
        seen.update({name_of[p]: g.clone() for p, g in zip(learning.owners[owner], gradients)})

    for step, wanted in enumerate(losses):
        rows = slice(step * batch, (step + 1) * batch)
        shard = tensors["input.images"][rows].float() / 255, tensors["input.labels"][rows].long()
        (done,) = learning.step([shard], config["lr"], watch if step == 0 else None)
        if set(done.losses) != set(wanted):
            return f"losses differ: {sorted(set(done.losses) ^ set(wanted))}"
        loss_error = max([loss_error] + [abs(done.losses[key] - value) / abs(value) for key, value in wanted.items()])

    network.eval()
    mean, std = (torch.tensor(config[key]).view(1, 3, 1, 1) for key in ("mean", "std"))
    with torch.no_grad():
        logits = network((tensors["input.images"][:batch].float() / 255 - mean) / std)
    state = network.state_dict()
    moved = {key: norm(value.double() - initial[key].double()) for key, value in final.items()}
    statistics = {key: size for key, size in moved.items() if ".running_" in key}
    updates = {key: size for key, size in moved.items() if key not in statistics}
    errors = {
        "gradient": worst(seen, gradient, {key: norm(value) for key, value in gradient.items() if not BEFORE_NORM.search(key)}),
        "update": worst(state, final, updates),
        "statistics": worst(state, final, statistics),
        "loss": loss_error,
        "logits": norm(logits.double() - tensors["eval.logits"].double()) / norm(tensors["eval.logits"]),
    }
    over = [kind for kind, error in errors.items() if not error <= tolerance[kind]]
    words = " ".join(f"{kind} {error:.1e}" for kind, error in errors.items())
    return f"{', '.join(over)} beyond tolerance: {words}" if over else words


for file in sys.argv[2:]:
    words = check(file)
    print("ok" if words.startswith("gradient ") else "FAIL", os.path.basename(file), words, flush=True)
