"""
The local-learning step of HPFF and its relatives (back-propagation, greedy, DGL, InfoPro, each with HiLo, windows and PFF), with one
forward pass. Every module goes forward once; what a wide term still has to cross is pulled through a module's inputs only, and all that
reaches a module is summed before its parameters are pulled back, once. All gradients are those of the parameters before the step.
"""
from contextlib import contextmanager

import torch
import torch.distributed as dist
import torch.nn.functional as F
from torch import nn
from torch.autograd import grad

from auxiliary import Auxiliary
from model import ResNet
from terms import running_momentum, term_weights, terms_of


class LocalModule:
    """A run of blocks (the first with the stem) that learns by itself. `last` is its last block: (stage, block)."""

    def __init__(self, parts, last, width):
        self.parts, self.last, self.width = parts, last, width
        self.stage = max(1, last[0])

    def forward(self, h):
        for part in self.parts:
            h = part(h)
        return h


class Stem(nn.Module):
    """The stem as a part of a module; its tensors keep the names they have in the network."""

    def __init__(self, network):
        super().__init__()
        self.conv1, self.bn1 = network.conv1, network.bn1

    def forward(self, image):
        return F.relu(self.bn1(self.conv1(image)))


class LocalNetwork(ResNet):
    """A ResNet cut into local modules, with auxiliary networks (ian: independent or only, can: cascade) and linear probes."""

    def __init__(self, config, probes=False):
        super().__init__(config["blocks"], config["widths"], config["classes"])
        self.config = config
        self.terms = terms_of(config)
        self.ian, self.can, self.probe = nn.ModuleDict(), nn.ModuleDict(), nn.ModuleDict()
        self.locals = self.cut()
        last = len(self.locals) - 1
        for term in self.terms:
            if term.module < last:
                module = self.locals[term.module]
                of_purpose = self.can if term.purpose == "cascade" else self.ian
                of_purpose[str(term.module)] = Auxiliary(config, module.stage, module.width, term.reconstruct)
        for module in self.locals if probes else []:
            stage, block = map(str, module.last)
            if stage not in self.probe:
                self.probe[stage] = nn.ModuleDict()
            self.probe[stage][block] = nn.Linear(module.width, config["classes"])
        self.set_running_momentum()

    def cut(self):
        remaining = list(self.blocks())
        parts, modules = [Stem(self)], []
        for stage, block in self.config["splits"]:
            while stage > 0 and remaining:
                key, part = remaining.pop(0)
                parts.append(part)
                if key == (stage, block):
                    break
            modules.append(LocalModule(parts, (stage, block), self.config["widths"][stage]))
            parts = []
        return modules

    def set_running_momentum(self):
        """bn "released": running statistics move as often as the released code forwards each block in a step."""
        if self.config["bn"] != "released":
            return
        last = len(self.locals) - 1
        for index, module in enumerate(self.locals):
            for part in module.parts:
                if not isinstance(part, Stem):
                    for norm in norms_of(part):
                        norm.momentum = running_momentum(2 if index in (0, last) else 3)

    def owners(self):
        """Parameters that are updated together, by name: each module, each auxiliary network, the head, each probe."""
        owners = {f"module.{index}": [p for part in module.parts for p in part.parameters()] for index, module in enumerate(self.locals)}
        owners["head"] = list(self.fc.parameters())
        for kind, networks in (("ian", self.ian), ("can", self.can)):
            owners.update({f"{kind}.{index}": list(network.parameters()) for index, network in networks.items()})
        for stage, probes in self.probe.items():
            owners.update({f"probe.{stage}.{block}": list(probe.parameters()) for block, probe in probes.items()})
        return owners


class Step:
    """One step of one batch. `run` yields (owner, gradients of its parameters) as soon as they are complete; update it then."""

    def __init__(self, network, pixels, labels):
        """pixels: float32 [B,3,H,W] in [0,1] after augmentation; labels: int64 [B]."""
        self.network, self.pixels, self.labels = network, pixels, labels
        mean, std = (pixels.new_tensor(network.config[name]).view(1, 3, 1, 1) for name in ("mean", "std"))
        self.features = (pixels - mean) / std
        self.count = len(network.locals)
        self.inputs, self.outputs, self.gathered = ([None] * self.count for _ in range(3))
        self.complete, self.finished = set(), set()
        self.owners = network.owners()
        # Unweighted losses by name, and the share of right answers.
        self.losses, self.accuracy = {}, None

    def run(self):
        window = max(term.window for term in self.network.terms)
        for i in range(self.count):
            yield from self.forward(i)
            self.gathered[i] = yield from self.run_terms(i, narrow=False)
            lowest = i - window + 1
            if lowest < 0:
                continue
            # The first `window` terms all end at module 0, so at i = window-1 they go on together.
            merging = lowest == 0
            pulled = self.gathered[i]
            for j in range(i, lowest, -1):
                below = j - 1
                if pulled is None:
                    pulled = self.gathered[below] if merging else None
                    continue
                # Where this is all that module j will ever get, the same pass pulls its parameters back.
                both = i == self.count - 1 and self.gathered[j] is pulled and not self.has_narrow(j)
                alone = not merging and below > lowest
                pulled, gradients = self.pull(j, pulled, inputs=True, parameters=both)
                if both:
                    self.finished.add(j)
                    yield f"module.{j}", gradients
                total = pulled if self.gathered[below] is None else self.gathered[below] + pulled
                self.gathered[below] = total
                pulled = pulled if alone else total
            for j in range(i, lowest, -1):
                yield from self.add_narrow(j)
            yield from self.finish(lowest)
        for j in range(self.count - 1, self.count - window, -1):
            yield from self.finish(j)

    def forward(self, index):
        network, last = self.network, index == self.count - 1
        module = network.locals[index]
        self.inputs[index] = self.features.detach().requires_grad_(index > 0)
        self.outputs[index] = module.forward(self.inputs[index])
        self.features = self.outputs[index].detach()
        if network.probe:
            yield self.probe_gradients(module)
        if last:
            h = self.features.detach().requires_grad_()
            logits = network.head(h)
            loss = F.cross_entropy(logits, self.labels)
            self.accuracy = (logits.argmax(1) == self.labels).float().mean().item()
            self.head_cotangent, *gradients = grad(loss, [h, *self.owners["head"]])
            mine = [term for term in network.terms if term.module == index]
            for term in mine:
                self.losses[f"{name_of(term, last=True)}.{index}.task"] = loss.item()
            total = sum(term_weights(network.config, term)[0] for term in mine)
            yield "head", [total * gradient for gradient in gradients]

    def probe_gradients(self, module):
        stage, block = map(str, module.last)
        probe = self.network.probe[stage][block]
        loss = F.cross_entropy(probe(self.features.mean((2, 3))), self.labels)
        self.losses[f"probe.{stage}.{block}"] = loss.item()
        return f"probe.{stage}.{block}", list(grad(loss, list(probe.parameters())))

    def has_narrow(self, index):
        return any(is_narrow(term) for term in self.network.terms if term.module == index)

    def run_terms(self, index, narrow):
        """The terms that end at a module; returns their cotangent at its output, or None."""
        total = None
        for term in self.network.terms:
            if term.module != index or is_narrow(term) != narrow:
                continue
            if index == self.count - 1:
                cotangent = term_weights(self.network.config, term)[0] * self.head_cotangent
            else:
                cotangent = yield from self.auxiliary_term(term)
            total = cotangent if total is None else total + cotangent
        return total

    def auxiliary_term(self, term):
        kind = name_of(term, last=False)
        auxiliary = getattr(self.network, kind)[str(term.module)]
        task_weight, reconstruction_weight = term_weights(self.network.config, term)
        name = f"{kind}.{term.module}"
        h = self.outputs[term.module].detach().requires_grad_()
        loss = auxiliary.task(h, self.labels)
        self.losses[f"{name}.task"] = loss.item()
        cotangent, *gradients = grad(task_weight * loss, [h, *auxiliary.classifier.parameters()])
        if term.reconstruct:
            decoder = auxiliary.decoder
            parameters = list(decoder.parameters())
            summed = [torch.zeros_like(p) for p in parameters]
            total = 0.0
            # A patch goes forward and back alone, and its activations are freed.
            for number in range(decoder.grid**2):
                loss = decoder(h, self.pixels, number)
                total += loss.item()
                at_h, *parts = grad(reconstruction_weight * loss, [h, *parameters], allow_unused=True)
                cotangent = cotangent + at_h
                summed = [a if b is None else a + b for a, b in zip(summed, parts)]
            self.losses[f"{name}.reconstruction"] = total
            gradients += summed
        yield name, gradients
        return cotangent

    def pull(self, index, cotangent, inputs, parameters):
        """Pulls a cotangent at the module's output back to its input, its parameters, or both."""
        wanted = ([self.inputs[index]] if inputs else []) + (self.owners[f"module.{index}"] if parameters else [])
        pulled = grad(self.outputs[index], wanted, cotangent, retain_graph=not parameters)
        if parameters:
            self.outputs[index] = None
        return (pulled[0], list(pulled[1:])) if inputs else (None, list(pulled))

    def add_narrow(self, index):
        if index in self.complete or index in self.finished:
            return
        self.complete.add(index)
        if self.has_narrow(index):
            cotangent = yield from self.run_terms(index, narrow=True)
            before = self.gathered[index]
            self.gathered[index] = cotangent if before is None else before + cotangent

    def finish(self, index):
        if index in self.finished:
            return
        yield from self.add_narrow(index)
        self.finished.add(index)
        cotangent = self.gathered[index]
        if cotangent is None:
            # Weight decay and momentum go on without a gradient.
            yield f"module.{index}", [torch.zeros_like(p) for p in self.owners[f"module.{index}"]]
        else:
            yield f"module.{index}", self.pull(index, cotangent, inputs=False, parameters=True)[1]


class LocalLearning:
    """A network with its optimisers: one step at a time, gradients averaged over shards and processes, owner by owner."""

    def __init__(self, network):
        self.network = network
        config = network.config
        self.owners = network.owners()
        self.optimisers = {
            name: torch.optim.SGD(
                parameters,
                lr=config["lr"],
                momentum=config["momentum"],
                nesterov=config["nesterov"] and config["momentum"] > 0,
                weight_decay=0.0 if name.startswith("probe.") else config["weight_decay"],
            )
            for name, parameters in self.owners.items()
        }
        self.optimiser_of = {p: self.optimisers[name] for name, parameters in self.owners.items() for p in parameters}

    def step(self, shards, learning_rate, watch=None):
        """
        shards: [(pixels, labels)], one or several equal parts of the batch, each with batch statistics of its own; running statistics
        are those of the first. watch(owner, gradients) sees what is about to be applied. Returns the Steps: losses and accuracy.
        """
        self.network.train()
        steps = [Step(self.network, pixels, labels) for pixels, labels in shards]
        runs = [step.run() for step in steps]
        for owner, gradients in runs[0]:
            # All shards reach the same point: an owner is updated when none of them needs its old parameters.
            for run in runs[1:]:
                with still_running_statistics(self.network):
                    name, others = next(run)
                assert name == owner
                gradients = [a + b for a, b in zip(gradients, others)]
            self.apply(owner, average(gradients, len(steps)), learning_rate, watch)
        return steps

    def apply(self, owner, gradients, learning_rate, watch):
        if watch is not None:
            watch(owner, gradients)
        for parameter, gradient in zip(self.owners[owner], gradients):
            parameter.grad = gradient
        optimiser = self.optimisers[owner]
        for group in optimiser.param_groups:
            group["lr"] = learning_rate
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)

    def tensors(self):
        """Weights, running statistics and `optimiser.NAME`, as weights.safetensors holds them."""
        state = {name: value for name, value in self.network.state_dict().items() if not name.endswith("num_batches_tracked")}
        velocities = {}
        for name, parameter in self.network.named_parameters():
            buffer = self.state_of(parameter).get("momentum_buffer")
            velocities[f"optimiser.{name}"] = torch.zeros_like(parameter) if buffer is None else buffer
        return {**state, **velocities}

    def load(self, tensors):
        """Takes over such tensors. Raises ValueError that lists every missing or misshapen one; nothing is changed then."""
        state = self.network.state_dict()
        wanted = {name: value for name, value in state.items() if not name.endswith("num_batches_tracked")}
        parameters = dict(self.network.named_parameters())
        problems = [f"{name} is missing" for name in wanted if name not in tensors]
        for name, tensor in tensors.items():
            value = wanted.get(name.replace("optimiser.", "", 1))
            if value is not None and value.shape != tensor.shape:
                problems.append(f"{name} is {list(tensor.shape)}, not {list(value.shape)}")
        if problems:
            raise ValueError("the weights do not fit: " + "; ".join(problems))
        self.network.load_state_dict({**state, **{name: tensors[name] for name in wanted}})
        for name, parameter in parameters.items():
            velocity = tensors.get(f"optimiser.{name}")
            if velocity is not None:
                self.state_of(parameter)["momentum_buffer"] = velocity.to(parameter.device, parameter.dtype)

    def state_of(self, parameter):
        return self.optimiser_of[parameter].state[parameter]


def norms_of(module):
    return [part for part in module.modules() if isinstance(part, nn.modules.batchnorm._BatchNorm)]


def is_narrow(term):
    """Terms of windows above 1 are wide; an independent loss never is."""
    return term.purpose == "independent"


def name_of(term, last):
    if term.purpose == "local":
        return "final" if last else "ian"
    return "can" if term.purpose == "cascade" else "ian"


def average(gradients, shards):
    """The mean over the shards of all processes: one all-reduce for one owner."""
    world = dist.get_world_size() if dist.is_available() and dist.is_initialized() else 1
    if world > 1:
        flat = torch.cat([gradient.reshape(-1) for gradient in gradients])
        dist.all_reduce(flat)
        parts = flat.split([gradient.numel() for gradient in gradients])
        gradients = [part.view_as(gradient) for part, gradient in zip(parts, gradients)]
    return gradients if world * shards == 1 else [gradient / (world * shards) for gradient in gradients]


@contextmanager
def still_running_statistics(network):
    """Batch statistics are used, running ones stay as they are."""
    norms = norms_of(network)
    before = [norm.momentum for norm in norms]
    for norm in norms:
        norm.momentum = 0.0
    yield
    for norm, momentum in zip(norms, before):
        norm.momentum = momentum
