"""CIFAR ResNets with the names that weights.safetensors uses: conv1, bn1, layerS.B, fc."""
import torch.nn.functional as F
from torch import nn


def convolution(inputs, outputs, kernel=3, stride=1, bias=False):
    return nn.Conv2d(inputs, outputs, kernel, stride=stride, padding=kernel // 2, bias=bias)


class BasicBlock(nn.Module):
    """relu(bn2(conv2(relu(bn1(conv1(x))))) + shortcut(x)); the shortcut is a 1x1 convolution where the shape changes."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = convolution(inputs, outputs, stride=stride)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = convolution(outputs, outputs)
        self.bn2 = nn.BatchNorm2d(outputs)
        changes = inputs != outputs or stride != 1
        self.downsample = (
            nn.Sequential(convolution(inputs, outputs, kernel=1, stride=stride), nn.BatchNorm2d(outputs)) if changes else None
        )

    def forward(self, x):
        shortcut = x if self.downsample is None else self.downsample(x)
        return F.relu(self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x))))) + shortcut)


class ResNet(nn.Module):
    """blocks: how many in each stage; widths: channels of the stem, then of each stage."""

    def __init__(self, blocks, widths, classes):
        super().__init__()
        self.conv1 = convolution(3, widths[0])
        self.bn1 = nn.BatchNorm2d(widths[0])
        for stage, count in enumerate(blocks, 1):
            layer = nn.Sequential()
            for block in range(count):
                inputs = widths[stage - 1] if block == 0 else widths[stage]
                layer.append(BasicBlock(inputs, widths[stage], 2 if stage > 1 and block == 0 else 1))
            setattr(self, f"layer{stage}", layer)
        self.stages = len(blocks)
        self.fc = nn.Linear(widths[-1], classes)

    def stem(self, image):
        return F.relu(self.bn1(self.conv1(image)))

    def blocks(self):
        """((stage, block), module) of every residual block, in order."""
        for stage in range(1, self.stages + 1):
            for number, block in enumerate(getattr(self, f"layer{stage}")):
                yield (stage, number), block

    def head(self, features):
        return self.fc(features.mean((2, 3)))

    def forward(self, image):
        h = self.stem(image)
        for _, block in self.blocks():
            h = block(h)
        return self.head(h)
