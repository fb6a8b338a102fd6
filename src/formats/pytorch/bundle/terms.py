"""Methods as lists of loss terms: (module, auxiliary network or head, weights, window)."""
from collections import namedtuple

# purpose: independent, cascade or local (the only one without HiLo); the gradient reaches modules module-window+1..module.
Term = namedtuple("Term", "module purpose window reconstruct")


def terms_of(config):
    modules = len(config["splits"])
    last = modules - 1
    if config["method"] == "bp" or modules == 1:
        return [Term(last, "local", modules, False)]
    terms = []
    for module in range(modules):
        reconstruct = config["method"] == "infopro" and module < last
        if not config["hilo"]:
            terms.append(Term(module, "local", config["window"], reconstruct))
            continue
        if module > 0 or config["first_independent"]:
            terms.append(Term(module, "independent", 1, False))
        if module > 0:
            terms.append(Term(module, "cascade", config["window"], reconstruct))
    return terms


def term_weights(config, term):
    """Weights of the task's and the reconstruction's part."""
    modules = len(config["splits"])
    outer = {"independent": config["wx"], "cascade": config["wy"], "local": 1.0}[term.purpose]
    if config["method"] != "infopro" or term.module == modules - 1 or term.purpose == "independent":
        return outer, 0.0
    # Linear from module 0 to module K-2; for K = 2 the first pair.
    share = term.module / (modules - 2) if modules > 2 else 0.0
    task, reconstruction = (pair[0] + (pair[1] - pair[0]) * share for pair in (config["ixy"], config["ixx"]))
    return outer * task, outer * reconstruction


def running_momentum(times):
    """Momentum of running statistics that are moved `times` times a step by equal values."""
    return 1 - 0.9**times
