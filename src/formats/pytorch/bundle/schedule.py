"""Learning rates of the playground's schedules."""
import math


def learning_rate_at(run, step, total_steps, steps_per_epoch):
    """The rate of the step about to run; `run`: learningRate, schedule and warmup of the experiment."""
    rate = run["learningRate"]
    if run["schedule"] == "constant":
        return rate
    if run["schedule"] == "steps":
        return rate * (1 if step < total_steps / 2 else 0.1 if step < total_steps * 0.75 else 0.01)
    if run["schedule"] == "cosine-step":
        return cosine(rate, step / total_steps) * min(1, step / math.ceil(0.05 * total_steps))
    # cosine-epoch, as released: the last epoch has rate 0.
    epochs = math.ceil(total_steps / steps_per_epoch)
    epoch = step // steps_per_epoch + 1
    warm = min(run["warmup"], epochs // 10)
    decayed = cosine(rate, epoch / epochs)
    return decayed if epoch > warm else decayed * (epoch - 1) / warm + 0.01 * (warm + 1 - epoch) / warm


def cosine(rate, share):
    return 0.5 * rate * (1 + math.cos(math.pi * share))
