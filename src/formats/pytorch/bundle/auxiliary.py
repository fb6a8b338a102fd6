"""Auxiliary networks that hang on a module's output h, and their losses."""
import torch
import torch.nn.functional as F
from torch import nn

from model import convolution


def patch_of(x, number, grid):
    """Patch `number` (row-major) of a grid x grid division; what does not divide is left out."""
    height, width = x.shape[2] // grid, x.shape[3] // grid
    top, left = number // grid * height, number % grid * width
    return x[:, :, top : top + height, left : left + width]


class Classifier(nn.Module):
    """NcMf: N convolutions with BN and ReLU, global average pool, M linear layers with ReLU between."""

    def __init__(self, config, stage, width):
        super().__init__()
        convolutions, layers = int(config["aux"][0]), int(config["aux"][2])
        stages = len(config["blocks"])
        outputs = int(config["widths"][min(stage + 1, stages)] * config["widen"])
        parts = []
        for layer in range(convolutions):
            stride = 2 if layer == 0 and stage < stages else 1
            parts += [convolution(width, outputs, stride=stride), nn.BatchNorm2d(outputs), nn.ReLU()]
            width = outputs
        self.convs = nn.Sequential(*parts)
        answers = config["aux_dim"] if config["local_loss"] == "contrast" else config["classes"]
        hidden = int(config["aux_dim"] * config["widen"])
        sizes = [width] + [hidden] * (layers - 1) + [answers]
        self.fcs = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def whole(self, x):
        x = self.convs(x).mean((2, 3))
        for layer in self.fcs[:-1]:
            x = F.relu(layer(x))
        return self.fcs[-1](x)

    def forward(self, h, grid=1):
        """Outputs [B, classes or features]; with patches (the paper's form) their mean, in row-major order."""
        if grid == 1:
            return self.whole(h)
        return sum(self.whole(patch_of(h, number, grid)) for number in range(grid * grid)) / (grid * grid)


class Decoder(nn.Module):
    """Decoders of their own for every patch (released form), or one for all (the paper's). forward: the loss of one patch."""

    def __init__(self, config, width):
        super().__init__()
        self.grid = config["patches"]
        self.shared = config["pff"] == "paper"
        hidden = int(config["decoder_hidden"] * config["widen"])
        count = 1 if self.shared else self.grid**2
        self.patch = nn.ModuleList(
            nn.Sequential(
                convolution(width, hidden, bias=True), nn.BatchNorm2d(hidden), nn.ReLU(), convolution(hidden, 3, bias=True)
            )
            for _ in range(count)
        )
        self.scale = 1 / self.grid**2 if self.shared else 1.0

    def forward(self, h, target, number):
        """Reconstruction loss of patch `number`: h [B,C,H,W] against target [B,3,H',W'] in [0,1]. The loss is the sum over patches."""
        wanted = patch_of(target, number, self.grid)
        x = F.interpolate(patch_of(h, number, self.grid), wanted.shape[2:], mode="bilinear", align_corners=True)
        logits = self.patch[0 if self.shared else number](x)
        return self.scale * F.binary_cross_entropy_with_logits(logits, wanted)


def supervised_contrast(features, labels, temperature=0.07):
    """Supervised contrastive loss of one view (Khosla et al. 2020); features are normalised here."""
    f = F.normalize(features)
    s = f @ f.t() / temperature
    s = s - s.max(1, keepdim=True).values.detach()
    others = 1 - torch.eye(len(s), device=s.device, dtype=s.dtype)
    positive = (labels[:, None] == labels[None, :]).to(s.dtype) * others
    log_probability = s - (others * s.exp()).sum(1, keepdim=True).log()
    return -((positive * log_probability).sum(1) / positive.sum(1).clamp(min=1)).mean()


class Auxiliary(nn.Module):
    """The auxiliary network of one purpose at one module: a classifier and, where the method has one, a decoder."""

    def __init__(self, config, stage, width, reconstruct):
        super().__init__()
        self.classifier = Classifier(config, stage, width)
        self.decoder = Decoder(config, width) if reconstruct else None
        self.grid = config["patches"] if config["pff"] == "paper" else 1
        self.loss = supervised_contrast if config["local_loss"] == "contrast" else F.cross_entropy

    def task(self, h, labels):
        return self.loss(self.classifier(h, self.grid), labels)
