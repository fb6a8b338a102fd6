"""
Goes on with a run of HPFF Playground where it stopped: same data order, same crops, same step.

    python3 train.py --data DIR                    one GPU, or the processor
    torchrun --nproc_per_node 4 train.py --data DIR    one process a GPU; gradients averaged module by module
"""
import argparse
import json
import math
import os
import sys

import torch
import torch.distributed as dist
import torch.nn.functional as F

from data import Batches, cropped, draw_crops, fingerprint, read_parts
from hpff import LocalLearning, LocalNetwork
from schedule import learning_rate_at
from tensor_file import load_tensors, save_tensors

HERE = os.path.dirname(os.path.abspath(__file__))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default=os.path.join(HERE, "images.safetensors"), help="images.safetensors, or a folder with it or with CIFAR-10's .bin files")
    parser.add_argument("--weights", default=os.path.join(HERE, "weights.safetensors"))
    parser.add_argument("--config", default=os.path.join(HERE, "config.json"))
    parser.add_argument("--out", default=os.path.join(HERE, "out"), help="folder for weights.safetensors and metrics.jsonl")
    parser.add_argument("--steps", type=int, help="end after so many more steps; default: the schedule's end")
    parser.add_argument("--batch", type=int, help="images a shard of a step; default: the run's batch")
    parser.add_argument("--shards", type=int, default=1, help="parts of a step's batch in one process, each with its own batch statistics")
    parser.add_argument("--sync-bn", action="store_true", help="batch statistics over all processes (CUDA only; untested)")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    return parser.parse_args()


def main():
    options = arguments()
    world, rank = join_processes(options.device)
    device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", 0))) if options.device == "cuda" else torch.device(options.device)
    with open(options.config) as file:
        config = json.load(file)
    run, images = config["experiment"], config["images"]
    tensors, metadata = load_tensors(options.weights)
    train, test = read_parts(options.data)
    check_data(config, train, test)

    network = LocalNetwork(config["method"], run["probes"] and any(name.startswith("probe.") for name in tensors)).to(device)
    if options.sync_bn:
        network = torch.nn.SyncBatchNorm.convert_sync_batchnorm(network)
    learning = LocalLearning(network)
    learning.load(tensors)

    shard = options.batch or run["batch"]
    batches = Batches(train, images, run["seed"], shard * options.shards * world, run["augment"])
    step, total = position(metadata, batches.steps_per_epoch, run["batch"] == batches.batch)
    last = total if options.steps is None else min(total, step + options.steps)
    os.makedirs(options.out, exist_ok=True)
    log = open(os.path.join(options.out, "metrics.jsonl"), "a") if rank == 0 else None
    say(rank, f"step {step} of {total}, batch {batches.batch} on {world} process(es), {options.shards} shard(s) each, {device}")

    while step < last:
        rate = learning_rate_at(run, step, total, batches.steps_per_epoch)
        firsts = [(rank * options.shards + index) * shard for index in range(options.shards)]
        shards = [tuple(part.to(device) for part in batches.at(step, first, shard)) for first in firsts]
        steps = learning.step(shards, rate)
        step += 1
        losses = {name: sum(each.losses[name] for each in steps) / len(steps) for name in steps[0].losses}
        write(log, {"step": step, "learning_rate": rate, "losses": losses})
        if not all(map(math.isfinite, losses.values())):
            raise SystemExit(f"at step {step} a loss is no longer a number: {losses}")
        epoch_done = step % batches.steps_per_epoch == 0
        every = run["evaluateEvery"] * batches.steps_per_epoch
        if rank == 0 and (step == last or (every > 0 and step % every == 0)):
            tested = evaluate(network, test, images, shard, device)
            write(log, {"step": step, "test": tested})
            say(rank, f"step {step}: test accuracy {100 * tested['accuracy']:.2f} %, loss {tested['loss']:.4f}")
        if rank == 0 and (step == last or epoch_done):
            saved = {**metadata, "step": str(step), "total_steps": str(total), "steps_per_epoch": str(batches.steps_per_epoch)}
            saved["experiment"] = json.dumps({**run, "batch": batches.batch})
            save_tensors(os.path.join(options.out, "weights.safetensors"), learning.tensors(), saved)
    if dist.is_initialized():
        dist.barrier()
        dist.destroy_process_group()


def join_processes(device):
    """(number of processes, this one's rank); under torchrun they meet first."""
    if "RANK" not in os.environ:
        return 1, 0
    dist.init_process_group("nccl" if device == "cuda" else "gloo")
    if device == "cuda":
        torch.cuda.set_device(int(os.environ["LOCAL_RANK"]))
    return dist.get_world_size(), dist.get_rank()


def position(metadata, steps_per_epoch, same_batch):
    """(steps done, steps in all). With another batch than before, progress is kept in epochs."""
    step, total = int(metadata["step"]), int(metadata["total_steps"])
    if same_batch:
        return step, total
    before = int(metadata["steps_per_epoch"])
    return round(step / before * steps_per_epoch), round(total / before * steps_per_epoch)


def check_data(config, train, test):
    wanted = config["data"]["fingerprints"]
    found = {"train": fingerprint(train), "test": fingerprint(test)}
    if wanted is not None and wanted != found:
        raise SystemExit(
            f"these are not the images the run was trained on ({found}, not {wanted}): export images.safetensors with the run"
        )


@torch.no_grad()
def evaluate(network, test, images, batch, device):
    """Loss and accuracy of the head on the test part, by running statistics."""
    network.eval()
    mean, std = (torch.tensor(images[name], device=device).view(1, 3, 1, 1) for name in ("mean", "std"))
    loss, hits = 0.0, 0
    for pixels, labels in zip(test.images.split(batch), test.labels.split(batch)):
        still = draw_crops(0, 0, len(labels), images, enabled=False)
        x = (cropped(pixels, still, images).to(device) - mean) / std
        logits, labels = network(x), labels.to(device)
        loss += F.cross_entropy(logits, labels, reduction="sum").item()
        hits += (logits.argmax(1) == labels).sum().item()
    return {"loss": loss / len(test.labels), "accuracy": hits / len(test.labels)}


def write(log, line):
    if log is not None:
        log.write(json.dumps(line) + "\n")
        log.flush()


def say(rank, text):
    if rank == 0:
        print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
