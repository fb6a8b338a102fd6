"""The images of a run, in the playground's order and with its crops: from (seed, step) alone, so that a run goes on where it stopped."""
import os
import zlib
from collections import namedtuple

import torch
import torch.nn.functional as F

from random_streams import RandomStream, permutation
from tensor_file import bytes_of, load_tensors

# images: uint8 [N,H,W,3]; labels: int64 [N]
Part = namedtuple("Part", "images labels")


def read_parts(path):
    """
    (training part, test part) of `path`: images.safetensors of the playground, a folder that holds it, or a folder with the .bin
    files of CIFAR-10 (binary version).
    """
    file = os.path.join(path, "images.safetensors") if os.path.isdir(path) else path
    if os.path.isfile(file):
        tensors, _ = load_tensors(file)
        return tuple(Part(tensors[f"{part}.images"], tensors[f"{part}.labels"].long()) for part in ("train", "test"))
    inner = os.path.join(path, "cifar-10-batches-bin")
    folder = inner if os.path.isdir(inner) else path
    batches = [os.path.join(folder, f"data_batch_{number}.bin") for number in range(1, 6)]
    if not all(map(os.path.isfile, batches)):
        raise SystemExit(f"{path} holds neither images.safetensors nor data_batch_1.bin to data_batch_5.bin and test_batch.bin")
    return cifar10(batches), cifar10([os.path.join(folder, "test_batch.bin")])


def cifar10(files):
    records = []
    for path in files:
        with open(path, "rb") as file:
            records.append(torch.frombuffer(bytearray(file.read()), dtype=torch.uint8).reshape(-1, 3073))
    records = torch.cat(records)
    return Part(records[:, 1:].reshape(-1, 3, 32, 32).permute(0, 2, 3, 1).contiguous(), records[:, 0].long())


def fingerprint(part):
    """CRC-32 of images and labels, as the playground writes it into config.json."""
    return f"{zlib.crc32(bytes_of(part.labels.to(torch.int32)), zlib.crc32(bytes_of(part.images))):08x}"


class Batches:
    """The training batches of a seed: a new order every epoch, the last partial batch dropped."""

    def __init__(self, part, images, seed, batch, augment):
        self.part, self.images, self.seed, self.batch, self.augment = part, images, seed, batch, augment
        self.steps_per_epoch = len(part.labels) // batch
        if self.steps_per_epoch == 0:
            raise SystemExit(f"a batch of {batch} is larger than the training part of {len(part.labels)} images")
        self.epoch, self.order = -1, []

    def at(self, step, first=0, count=None):
        """(pixels float32 [count,3,H,W] in [0,1], labels) of rows first.. of the batch of a step."""
        epoch = step // self.steps_per_epoch
        if epoch != self.epoch:
            stream = RandomStream(self.seed, f"order/{epoch}")
            self.epoch, self.order = epoch, torch.tensor(permutation(len(self.part.labels), stream))
        count = self.batch if count is None else count
        begin = step % self.steps_per_epoch * self.batch + first
        rows = self.order[begin : begin + count]
        crops = draw_crops(self.seed, step, self.batch, self.images, self.augment)[first : first + count]
        return cropped(self.part.images[rows], crops, self.images), self.part.labels[rows]


def draw_crops(seed, step, count, images, enabled):
    """[count,3]: row offset, column offset, flip of every image of a step, offsets into the padded image."""
    pad = images["pad"]
    if not enabled:
        return torch.tensor([[pad, pad, 0]]).repeat(count, 1)
    stream = RandomStream(seed, f"crops/{step}")
    drawn = [[stream.below(2 * pad + 1), stream.below(2 * pad + 1), stream.below(2)] for _ in range(count)]
    crops = torch.tensor(drawn)
    if not images["flip"]:
        crops[:, 2] = 0
    return crops


def cropped(pixels, crops, images):
    """uint8 [B,H,W,3] -> float32 [B,3,H,W] in [0,1] of the padded, cropped, then mirrored images."""
    size, pad = pixels.shape[1], images["pad"]
    x = pixels.permute(0, 3, 1, 2).float() / 255
    x = F.pad(x, [pad] * 4, mode="reflect" if images["padding"] == "reflect" else "constant")
    line = torch.arange(size)
    across = torch.where(crops[:, 2:] > 0, size - 1 - line, line)
    rows = (crops[:, :1] + line)[:, None, :, None]
    columns = (crops[:, 1:2] + across)[:, None, None, :]
    image, channel = torch.arange(len(x))[:, None, None, None], torch.arange(3)[None, :, None, None]
    return x[image, channel, rows, columns]
